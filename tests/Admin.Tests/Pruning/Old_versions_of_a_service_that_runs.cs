using System.Net;
using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Data.Sqlite;
using XilinIngest.Storage;

namespace XilinIngest.Admin.Tests.Pruning;

/// <summary>xilin-admin prune, given today beside a service whose results are of 2022.</summary>
public sealed class Old_versions_of_a_service_that_runs
{
    private const string Street = XilinSubmissions.Xilin;
    private const string OfRanking = $"{Street}&indicator=SENIOR_VACCINATION_RATE&period=2022-07";
    private const string OfVisits = $"unit={Street}&indicator=ENTERPRISE_VISITS&period=2022-07";

    // What is answered from newest versions, releases, cube and ledger.
    private static readonly string[] Questions =
    [
        $"/api/totals?unit={Street}&period=2022-07", $"/api/totals?unit={Street}&period=2022-07&release=1",
        $"/api/totals?unit={Street}&period=2022-07&release=2", "/api/releases?year=2022",
        $"/api/releases/changes?unit={Street}&period=2022-07&from=1", $"/api/releases/changes?unit={Street}&period=2022-07&from=1&to=2",
        $"/api/rankings?parent={OfRanking}",
        $"/api/rankings?parent={OfRanking}&release=1",
        $"/api/report/2022?unit={Street}&month=7&release=1", $"/api/report/2022?unit={Street}&month=7",
        $"/api/lineage?{OfVisits}", $"/api/overview?unit={Street}&period=2022-07", "/api/alerts?year=2022", "/api/alerts/history?year=2022",
        $"/api/series?unit={Street}&indicator=ENTERPRISE_VISITS&year=2022",
    ];

    private static readonly string[] Pages =
    [
        "/", $"/rankings?unit={OfRanking}&version=1",
        $"/why?unit={Street}&period=2022-07&indicator=ENTERPRISE_VISITS", $"/report/2022-07?unit={Street}&release=1",
        $"/releases?unit={Street}&period=2022-07",
    ];

    [Fact, Trait("suite", "long")]
    public Task Lose_their_figures_in_one_cube_and_nothing_else_changes() => LoseTheirFiguresAsync();

    [Fact, Trait("suite", "long")]
    public Task Lose_their_figures_in_the_cubes_of_partitions_and_nothing_else_changes() =>
        LoseTheirFiguresAsync("32.04.04", "32.04.04.004");

    [Fact, Trait("suite", "long")]
    public async Task Are_pruned_by_two_at_once_while_further_ones_are_made()
    {
        await using var pruned = await PrunedService.StartAsync();
        await pruned.FillAsync();
        using var ended = new CancellationTokenSource();
        var sending = Task.Run(async () =>
        {
            var sent = 0;
            for (; !ended.IsCancellationRequested; sent++)
            {
                await pruned.SendAsync(100 + sent, isCorrection: true);
            }

            return sent;
        });

        for (var round = 0; round < 3; round++)
        {
            var runs = await Task.WhenAll(
                pruned.PruneAsync("--without-archive", "--yes"), pruned.PruneAsync("--without-archive", "--yes"));
            Assert.All(runs, run => run.AssertSucceeded());
        }

        await ended.CancelAsync();
        Assert.True(await sending > 3);
        (await pruned.PruneAsync("--without-archive", "--yes")).AssertSucceeded();
        Assert.Equal(
            pruned.Sum("SELECT SUM(totals + rankings) FROM pruning"),
            pruned.Sum("SELECT COUNT(*) FROM publication WHERE event IN ('TotalsPruned', 'RankingPruned')"));
        Assert.Equal(0, pruned.Sum("SELECT COUNT(*) FROM pruning WHERE ended_at IS NULL"));
        await pruned.StopAsync();
        (await pruned.VerifyAsync()).AssertSucceeded();
        var compact = (await pruned.PruneAsync("--without-archive", "--yes", "--compact")).AssertSucceeded();
        Assert.Matches("cube.db: compacted from [0-9.]+ MB to [0-9.]+ MB", compact.Output);
        (await pruned.VerifyAsync()).AssertSucceeded();
    }

    [Fact]
    public async Task Are_pruned_to_the_end_by_the_next_run_where_one_was_killed()
    {
        await using var pruned = await PrunedService.StartAsync();
        await pruned.FillAsync();
        for (var i = 0; i < 40; i++)
        {
            await pruned.SendAsync(10 + i, isCorrection: true);
        }

        await using (var holder = new SqliteConnection($"Data Source={pruned.In("cube.db")}"))
        {
            // The second batch waits for this transaction, and the command is killed as it waits.
            await holder.OpenAsync();
            using var killed = pruned.StartPruning();
            await InProcessService.EventuallyAsync(() => Task.FromResult(pruned.Sum("SELECT COUNT(*) FROM pruning") == 1));
            await using var transaction = holder.BeginTransaction(deferred: false);
            await Task.Delay(200);
            Assert.False(killed.HasExited, killed.Output);
            killed.Kill();
        }

        var left = pruned.Sum("SELECT COUNT(*) FROM publication WHERE event IN ('TotalsPublished', 'RankingPublished')");
        Assert.Equal(100, pruned.Sum("SELECT totals + rankings FROM pruning"));
        var told = (await pruned.VerifyAsync()).AssertSucceeded().Output;
        Assert.Contains("The last pruning has not ended", told, StringComparison.Ordinal);
        Assert.Contains("The last run has not ended", (await pruned.AdminAsync("doctor")).Output, StringComparison.Ordinal);

        (await pruned.PruneAsync("--without-archive", "--yes")).AssertSucceeded();

        Assert.True(pruned.Sum("SELECT COUNT(*) FROM publication WHERE event IN ('TotalsPublished', 'RankingPublished')") < left);
        Assert.Contains("Pruned 2 times", (await pruned.VerifyAsync()).AssertSucceeded().Output, StringComparison.Ordinal);

        // A record that was altered is found.
        await using (var cube = new Database(pruned.In("cube.db")).Open())
        {
            await cube.ExecuteAsync("UPDATE pruning SET totals = totals - 1 WHERE number = 1");
        }

        var altered = await pruned.VerifyAsync();
        Assert.Equal(1, altered.ExitCode);
        Assert.Contains("lost their figures by no recorded pruning", altered.Output + altered.Errors, StringComparison.Ordinal);
    }

    private static async Task LoseTheirFiguresAsync(params string[] partitions)
    {
        await using var pruned = await PrunedService.StartAsync(partitions);
        await pruned.FillAsync();
        var before = await AnswersAsync(pruned.Service);
        var versions = await VersionsAsync(pruned.Service);
        Assert.Contains(before[4].AsArrayOf("changes"), change => change["cause"]!.AsArray().Count > 1);

        var plan = (await pruned.PruneAsync("--dry-run")).AssertSucceeded();
        Assert.Matches("2022: [0-9]+ messages of totals, [0-9]+ rankings, ", plan.Output);
        Assert.Contains("Only shown; nothing was changed.", plan.Output, StringComparison.Ordinal);
        await AssertIsRefusedAsync(pruned, "Name the folder of archives with --archive", "--yes");
        await AssertIsRefusedAsync(
            pruned, $"has no whole archive of 2022. Run xilin-admin archive 2022 --to {pruned.Archives} first", "--yes", "--archive",
            pruned.Archives);
        (await pruned.AdminAsync("archive", "2022", "--to", pruned.Archives)).AssertSucceeded();
        await AssertIsRefusedAsync(pruned, "confirm it with --yes", "--archive", pruned.Archives);
        await AssertIsRefusedAsync(pruned, "is in use: stop the services", "--archive", pruned.Archives, "--yes", "--compact");
        Assert.Equal(0, pruned.Sum("SELECT COUNT(*) FROM pruning"));

        var done = (await pruned.PruneAsync("--archive", pruned.Archives, "--yes")).AssertSucceeded();

        Assert.Matches("Pruned the old versions of [0-9]+ messages", done.Output);
        Assert.Contains("The files keep their size", done.Output, StringComparison.Ordinal);
        Assert.Equal(before.Select(Text), (await AnswersAsync(pruned.Service)).Select(Text));
        AssertHaveLostTheirFigures(versions, await VersionsAsync(pruned.Service));
        await AssertIsToldAsync(pruned.Service);
        Assert.Contains("There is nothing to prune", (await pruned.PruneAsync("--yes", "--archive", pruned.Archives)).Output,
            StringComparison.Ordinal);

        await AssertIsRecordedAsync(pruned);
        await pruned.RestartAsync();
        Assert.Equal(before.Select(Text), (await AnswersAsync(pruned.Service)).Select(Text));
        await pruned.SendAsync(12, isCorrection: true);
        Assert.StartsWith("✓ Verified.", (await pruned.VerifyAsync()).AssertSucceeded().Output.Split('\n')[^2], StringComparison.Ordinal);
    }

    private static async Task AssertIsRefusedAsync(PrunedService pruned, string words, params string[] arguments)
    {
        var refused = await pruned.PruneAsync(arguments);
        Assert.Equal((1, true), (refused.ExitCode, refused.Errors.Contains(words, StringComparison.Ordinal)));
    }

    private static void AssertHaveLostTheirFigures(IReadOnlyList<JsonNode> before, IReadOnlyList<JsonNode> after)
    {
        Assert.Equal(before.Select(VersionOf), after.Select(VersionOf));
        Assert.Equal(before.Select(version => Text(Of(version)["cause"]!)), after.Select(version => Text(Of(version)["cause"]!)));
        var (kept, gone) = (after.Where(version => version["prunedAt"] is null).ToList(),
            after.Where(version => version["prunedAt"] is not null).ToList());

        // Two releases and the newest one, of totals and of rankings.
        Assert.Equal((6, true), (kept.Count, gone.Count >= 8));
        Assert.All(kept, version => Assert.Contains(Text(version), before.Select(Text)));
        Assert.All(gone, version => Assert.True(
            Of(version)["yearToDate"] is null && (version["units"] is null || version["units"]!.AsArray().Count == 0)));
    }

    private static async Task AssertIsToldAsync(InProcessService service)
    {
        using var gone = await service.Client.GetAsync(
            $"/api/rankings?parent={OfRanking}&version=1");
        var problem = JsonNode.Parse(await gone.Content.ReadAsStringAsync())!;
        Assert.Equal((HttpStatusCode.Gone, "已清理 / Gone"), (gone.StatusCode, (string?)problem["title"]));
        Assert.Contains("第 1 版的数字已于", (string?)problem["detail"], StringComparison.Ordinal);
        var events = await ReadEventsAsync(service);
        Assert.Subset(events.ToHashSet(), new HashSet<string> { "RankingPruned", "RankingPublished", "TotalsPruned", "TotalsPublished" });
        foreach (var page in Pages)
        {
            using var answer = await service.Client.GetAsync(page);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{page}: {(int)answer.StatusCode}");
            if (page.EndsWith("version=1", StringComparison.Ordinal))
            {
                var html = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
                Assert.Contains("按保存期限清理，下面只有现行一版", html, StringComparison.Ordinal);
            }
        }
    }

    // What a reader gets that resumes from the beginning, through the last publication before it began.
    private static async Task<IReadOnlyList<string>> ReadEventsAsync(InProcessService service)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/results/stream");
        request.Headers.Add("Last-Event-ID", "0");
        using var answer = await service.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync());
        var events = new List<string>();
        while (await lines.ReadLineAsync() is { } line && line != ": ping")
        {
            events.AddRange(line.StartsWith("event: ", StringComparison.Ordinal) ? [line["event: ".Length..]] : []);
        }

        return events;
    }

    private static async Task AssertIsRecordedAsync(PrunedService pruned)
    {
        var told = (await pruned.VerifyAsync()).AssertSucceeded().Output;
        Assert.Contains($"last by {Environment.UserName}@{Environment.MachineName}", told, StringComparison.Ordinal);
        var doctor = (await pruned.AdminAsync("doctor")).Output;
        Assert.Contains("messages with old versions from before", doctor, StringComparison.Ordinal);
        await using var notices = new Database(pruned.In("notices.db"), readOnly: true).Open();
        Assert.Equal(0, await notices.QuerySingleAsync<long>("SELECT COUNT(*) FROM reminder_run"));
        Assert.Equal(1, await notices.QuerySingleAsync<long>("SELECT reminder_runs FROM pruning WHERE ended_at IS NOT NULL"));
    }

    private static async Task<IReadOnlyList<JsonNode>> AnswersAsync(InProcessService service)
    {
        var answers = new List<JsonNode>();
        foreach (var question in Questions)
        {
            answers.Add(await service.GetAsync(question));
        }

        return answers;
    }

    private static async Task<IReadOnlyList<JsonNode>> VersionsAsync(InProcessService service) =>
    [
        .. (await service.GetAsync($"/api/totals/versions?{OfVisits}&limit=500")).AsArray().OfType<JsonNode>(),
        .. (await service.GetAsync($"/api/rankings/versions?parent={OfRanking}&limit=500")).AsArray().OfType<JsonNode>(),
    ];

    private static JsonNode Of(JsonNode version) => version["totals"]?[0] ?? version;

    private static long VersionOf(JsonNode version) => (long)Of(version)["version"]!;

    private static string Text(JsonNode answer) => answer.ToJsonString();
}

file static class JsonNodeExtensions
{
    public static IEnumerable<JsonNode> AsArrayOf(this JsonNode answer, string name) => answer[name]!.AsArray().OfType<JsonNode>();
}
