using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Data.Sqlite;
using XilinIngest.Standalone.Tests.Api;
using Xunit.Abstractions;

namespace XilinIngest.Standalone.Tests.Partitions;

/// <summary>
/// The sample years in one service whose district, eight streets and one village have a ledger and a cube each, beside the same years in a
/// service with one of both.
/// </summary>
[Collection(SampleYearsCollection.Name)]
public sealed class A_district_with_a_ledger_for_each_street(SampleService whole, PartitionedSample split, ITestOutputHelper output)
{
    private const string District = "320404000000";
    private const string Street = "320404004000";
    private const string Village = XilinSubmissions.Dongdai;

    // What is numbered by ledger, cube or publication, and differs with the way of the rows.
    private static readonly HashSet<string> Positions =
    [
        "version", "cause", "publishedAt", "sequence", "partition", "partitions", "through", "throughOf", "appliedThrough", "now",
        "catalogueVersion", "releasedAt", "ledgerThrough", "ledgerHash", "monthRow", "checkpoint", "number", "at",
    ];

    public static TheoryData<string> Questions =>
    [
        .. new[] { District, Street, Village }.SelectMany(unit => new[]
        {
            $"/api/totals?unit={unit}&period=2022-07",
            $"/api/totals?unit={unit}&period=2022-12",
            $"/api/overview?unit={unit}&period=2022-12",
            $"/api/completeness?unit={unit}&period=2022-12",
            $"/api/reviews?unit={unit}&period=2022-12",
            $"/api/report/2022?unit={unit}",
            $"/api/shortfalls?unit={unit}&period=2022-11",
            $"/api/lineage?unit={unit}&indicator=RETAIL_SALES&period=2022-12&take=2000",
            $"/api/lineage?unit={unit}&indicator=RETAIL_SALES&period=2022-12&skip=1&take=2",
            $"/api/series?unit={unit}&indicator=PUBLIC_BUDGET_REVENUE&year=2022",
        }),
        $"/api/rankings/table?parent={District}&period=2022-12",
        $"/api/rankings/table?parent={Street}&period=2022-12",
        $"/api/children?unit={District}&indicator=RETAIL_SALES&period=2022-12",
        $"/api/children?unit={Street}&indicator=RETAIL_SALES&period=2022-12",
        $"/api/form?unit={Village}&period=2022-12",
        "/api/alerts?year=2022",
        "/api/begin",
        "/api/months?year=2022",
        "/api/releases?year=2022",
    ];

    [Theory]
    [MemberData(nameof(Questions))]
    public async Task Answers_as_one_with_one_ledger(string question)
    {
        // The cubes tell each other a moment later.
        var expected = await AskAsync(whole.Service, question);
        var answer = await AskAsync(split.Service, question);
        for (var i = 0; i < 500 && answer != expected; i++)
        {
            await Task.Delay(10);
            answer = await AskAsync(split.Service, question);
        }

        Assert.Equal(expected, answer);
    }

    [Fact]
    public async Task Names_the_ledger_of_each_row_that_a_figure_of_the_district_is_made_of()
    {
        var why = await split.Service.GetAsync($"/api/lineage?unit={District}&indicator=RETAIL_SALES&period=2022-12&take=2000");
        var parts = why["parts"]!;
        Assert.All(parts.AsArray(), part => Assert.StartsWith("32.04.04.", (string?)part!["partition"]));
        Assert.Equal(9, parts.AsArray().Select(part => (string?)part!["partition"]).Distinct().Count());
    }

    [Fact]
    public async Task Moves_the_districts_ranking_within_a_second_of_a_streets_report_and_answers_so_after_a_restart()
    {
        // The last one is what the street had reported, so that the other questions have their answers.
        var question = $"/api/rankings?parent={District}&indicator=PUBLIC_BUDGET_REVENUE&period=2022-12";
        var times = new List<TimeSpan>();
        foreach (var (budget, revision) in new[] { (3_500m, 2), (3_300m, 3), (3_400m, 4), (3_154.49m, 5) })
        {
            times.Add(await MoveRankingAsync(question, budget, revision));
        }

        output.WriteLine("The ranking of the district moved after a street's report was sent: "
            + string.Join(", ", times.Select(time => $"{time.TotalMilliseconds:0} ms")));
        Assert.InRange(times.Min(), TimeSpan.Zero, TimeSpan.FromSeconds(1));

        var before = await AskAsync(split.Service, question);
        await split.RestartAsync();
        Assert.Equal(before, await AskAsync(split.Service, question));
    }

    [Fact, Trait("suite", "long")]
    public async Task Is_verified_and_a_result_that_is_altered_is_named_with_its_partition()
    {
        // A second after a row all cubes know that the others have it.
        var lines = await split.VerifyAsync();
        for (var i = 0; i < 5 && lines.Exists(IsPending); i++)
        {
            await Task.Delay(1_000);
            lines = await split.VerifyAsync();
        }

        Assert.Equal("✓ Verified.", lines[^1]);
        Assert.Matches(
            "^✓ Results through [0-9]+ rows of 10 ledgers: [0-9]+ totals, [0-9]+ rankings, [0-9]+ alerts: no fault.$", lines[^2]);

        split.Alter("\"rank\":1,", "\"rank\":77,");
        Assert.Contains(await split.VerifyAsync(), line => line.StartsWith("  32.04.04: ", StringComparison.Ordinal));
        split.Alter("\"rank\":77,", "\"rank\":1,");

        // Where nothing could be compared, nothing is verified.
        split.AlterSums("\"hasWholes\":true", "\"hasWholes\":false");
        Assert.StartsWith("✓ The log is verified. The results of 1 partitions could not be compared yet:",
            (await split.VerifyAsync())[^1], StringComparison.Ordinal);
        split.AlterSums("\"hasWholes\":false", "\"hasWholes\":true");

        static bool IsPending(string line) => line.Contains("newest sums", StringComparison.Ordinal);
    }

    private async Task<TimeSpan> MoveRankingAsync(string question, decimal budget, int revision)
    {
        var before = await AskAsync(split.Service, question);
        var since = TimeProvider.System.GetTimestamp();
        var (_, receipt) = await split.Service.PostAsync(
            TestSubmissions.NewSubmission("320404005000", "2022-12", XilinSubmissions.Budget(budget))
                .Set("revision", revision).Set("submittedAt", "2023-01-12T16:00:00+08:00").Body());
        Assert.True((string?)receipt["verdict"] == "accepted", receipt.ToJsonString());
        await InProcessService.EventuallyAsync(async () => await AskAsync(split.Service, question) != before);
        return TimeProvider.System.GetElapsedTime(since);
    }

    private static async Task<string> AskAsync(InProcessService service, string question) =>
        WithoutPositions(await service.GetAsync(question)).ToJsonString();

    private static JsonNode WithoutPositions(JsonNode node)
    {
        foreach (var child in node is JsonObject whole ? whole.Select(each => each.Value).ToList() : [.. (node as JsonArray ?? [])])
        {
            _ = child is null ? null : WithoutPositions(child);
        }

        foreach (var name in (node as JsonObject)?.Select(each => each.Key).Where(Positions.Contains).ToList() ?? [])
        {
            node.AsObject().Remove(name);
        }

        return node;
    }
}

/// <summary>The sample years in partitions: the district, its eight streets, and a village within one of them.</summary>
#pragma warning disable CA1001 // xunit disposes of it through IAsyncLifetime.
public sealed class PartitionedSample : IAsyncLifetime
#pragma warning restore CA1001
{
    private static readonly string[] Paths =
    [
        "32.04.04", .. new[] { "001", "002", "003", "004", "005", "006", "007", "116" }.Select(street => $"32.04.04.{street}"),
        "32.04.04.004.202",
    ];

    private readonly TestFolder _catalogue = TestFolder.CopyOfCatalogue();
    private readonly TestFolder _data = new();
    private SampleService _sample = null!;

    internal InProcessService Service { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        File.WriteAllLines(_catalogue.In("partitions.csv"), ["path,connection", .. Paths.Select(path => $"{path},")]);
        _sample = new SampleService(Service = new InProcessService(_catalogue.Path, _data));
        await _sample.InitializeAsync();
    }

    /// <summary>The process ends, and another one starts on the same files.</summary>
    internal async Task RestartAsync()
    {
        var now = Service.Clock.GetUtcNow();
        await Service.DisposeAsync();
        Service = new InProcessService(_catalogue.Path, _data);
        Service.Clock.Set(now);
        await Service.InitializeAsync();
    }

    internal async Task<List<string>> VerifyAsync()
    {
        using var verify = new StandaloneProcess("verify", "--data", _data.Path, "--catalogue", _catalogue.Path, "--lang", "en");
        await verify.ExitAsync();
        Assert.Empty(verify.Errors.Trim());
        return [.. verify.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd('\r'))];
    }

    /// <summary>Alters the stored rankings of the district's cube by hand.</summary>
    internal void Alter(string before, string after) =>
        Alter("UPDATE publication SET payload = replace(payload, @before, @after) WHERE kind = 'ranking'", before, after);

    /// <summary>Alters what the district's cube knows of the others.</summary>
    internal void AlterSums(string before, string after) =>
        Alter("UPDATE cube_roll_up_sender SET data = CAST(replace(CAST(data AS TEXT), @before, @after) AS BLOB)", before, after);

    private void Alter(string statement, string before, string after)
    {
        using var connection = new SqliteConnection($"Data Source={_data.In("cube-32.04.04.db")};Pooling=False");
        connection.Execute(statement, new { before, after });
    }

    public async Task DisposeAsync()
    {
        await Service.DisposeAsync();
        _data.Dispose();
        _catalogue.Dispose();
    }
}
