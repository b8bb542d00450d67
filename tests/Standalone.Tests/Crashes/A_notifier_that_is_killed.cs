using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Dapper;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Xunit.Abstractions;

namespace XilinIngest.Standalone.Tests.Crashes;

/// <summary>
/// SIGKILL at random moments while alerts are raised and cleared, with a receiver that is slow, away and silent now and then, and keeps a
/// notice once.
/// </summary>
public sealed class A_notifier_that_is_killed(ITestOutputHelper output)
{
    private const int Firms = 12;
    private static readonly int Kills = FromEnvironment("XILIN_KILLS", 3);
    private static readonly int Submissions = FromEnvironment("XILIN_SUBMISSIONS", 300);
    private static readonly int Seed = FromEnvironment("XILIN_SEED", Random.Shared.Next());

    [Fact]
    public async Task Tells_every_change_of_every_alert_once_and_in_order()
    {
        using var data = new TestFolder();
        using var catalogue = TestFolder.CopyOfCatalogue();
        await using var receiver = await NoticeReceiver.StartAsync();
        receiver.Answer = new UnreliableReceiver(Seed).AnswerAsync;
        var now = TimeProvider.System.GetUtcNow();
        CrashWorkload.OpenMonths(catalogue, now);
        var bodies = Prepare(catalogue, now);
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60 + 15 * Kills + Submissions / 20));
        using var life = new RestartingService(
            ["--data", data.Path, "--catalogue", catalogue.Path, "--port", "0"], "env", "Channels__duty__Kind=webhook",
            $"Channels__duty__Url={receiver.Url}", "Channels__duty__Secret=0123456789abcdef");
        await life.StartAsync();
        var (random, rounds) = (new Random(Seed), bodies.Chunk(Firms).ToList());
        for (var round = 0; round < rounds.Count; round++)
        {
            await new RetryingSender(rounds[round], () => life.Address, Seed + round).SendAllAsync(timeout.Token);
            if ((round + 1) * (Kills + 1) / rounds.Count != round * (Kills + 1) / rounds.Count && round + 1 < rounds.Count)
            {
                await Task.Delay(random.Next(150), timeout.Token);
                life.Kill();
                output.WriteLine($"killed after round {round + 1}: {receiver.Kept.Count} notices");
                await life.StartAsync();
                continue;
            }

            // The next round waits for this one's figures, or one step would take both, and no alert would change.
            await InProcessService.EventuallyAsync(() => Task.FromResult(IsApplied(data)), seconds: 30);
        }

        await InProcessService.EventuallyAsync(() => Task.FromResult(IsAllTold(data, receiver)), seconds: 40);
        await life.StopAsync();

        var published = Published(data);
        output.WriteLine($"seed {Seed}: {published.Count} alert events, {receiver.Kept.Count} notices, {receiver.Requests.Count} requests");
        Assert.True(published.Count > Submissions / 2, $"{published.Count} alert events are too few to show anything");
        foreach (var alert in published.GroupBy(change => change.Unit))
        {
            // A tail that ends where the receiver was told it stands has nothing to be told.
            var told = Told(receiver, alert.Key);
            Assert.Equal(Enumerable.Range(1, told.Count), told);
            Assert.True(
                told.Count == alert.Count() || alert.ElementAt(told.Count - 1).Colour == alert.Last().Colour,
                $"{alert.Key}: {told.Count} of {alert.Count()} versions were told, and the last one differs");
        }
    }

    // Each firm's months swing between far behind and on the plan.
    private static List<byte[]> Prepare(TestFolder catalogue, DateTimeOffset now)
    {
        var firms = ReferenceFiles.Rows(catalogue.In("units.csv"))
            .Where(row => row["kind"] == "enterprise" && row["registers"].Contains("industry", StringComparison.Ordinal)
                && row["valid_to"].Length == 0)
            .Select(row => row["code"]).Distinct().Take(Firms).ToList();
        var year = now.AddMonths(-2).Year;
        catalogue.Edit("targets.csv", text => text.Split('\n')[0] + "\n" + string.Concat(firms.Select(
            firm => string.Create(CultureInfo.InvariantCulture, $"{firm},INDUSTRIAL_OUTPUT,{year},amount,1200,\n"))));
        catalogue.Edit("colours.csv", text => text.Split('\n')[0] + "\nenterprise,pace,2,5,0,no\n");
        catalogue.Edit("rules.csv", text => text.Split('\n')[0] + "\n");
        File.WriteAllText(
            catalogue.In("routes.csv"), "route,unit,scope,indicators,level,channel,language,group,wait,interval,repeat,quiet,days\n"
            + "duty,,,,,duty,zh,alert,,,,,\n");
        return [.. Enumerable.Range(0, Submissions).Select(i => Encoding.UTF8.GetBytes(new JsonObject
        {
            ["submissionId"] = Guid.NewGuid().ToString(),
            ["unit"] = firms[i % firms.Count],
            ["period"] = string.Create(CultureInfo.InvariantCulture, $"{year}-02"),
            ["revision"] = i + 1,
            ["submittedAt"] = now.AddSeconds(i - 100_000).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture),
            ["values"] = new JsonArray(new JsonObject
            {
                ["indicator"] = "INDUSTRIAL_OUTPUT",
                ["value"] = i / firms.Count % 2 == 0 ? 1 : 200,
                ["unit"] = "万元",
            }),
        }.ToJsonString()))];
    }

    private static bool IsApplied(TestFolder data)
    {
        using var cube = Open(data.In("cube.db"));
        using var ledger = Open(data.In("ledger.db"));
        return cube.QuerySingle<long>("SELECT applied_through FROM cube_state")
            == ledger.QuerySingle<long>("SELECT MAX(sequence) FROM ledger_entry");
    }

    private static bool IsAllTold(TestFolder data, NoticeReceiver receiver) =>
        IsApplied(data) && Published(data).GroupBy(change => change.Unit).All(
            alert => Told(receiver, alert.Key) is { Count: > 0 } told
            && told.Count <= alert.Count() && alert.ElementAt(told.Count - 1).Colour == alert.Last().Colour);

    // The versions in the order in which the receiver kept them.
    private static List<int> Told(NoticeReceiver receiver, string unit) =>
        [.. receiver.Kept.SelectMany(notice => notice.Json["alerts"]!.AsArray()).Where(alert => (string?)alert!["unit"] == unit)
            .SelectMany(alert => alert!["versions"]!.AsArray().Select(version => (int)version!))];

    private static List<(string Unit, string Colour)> Published(TestFolder data)
    {
        using var cube = Open(data.In("cube.db"));
        return [.. cube.Query<string>("SELECT payload FROM publication WHERE kind = 'alert' ORDER BY id")
            .Select(text => JsonNode.Parse(text)!).Select(alert => ((string)alert["unit"]!, (string)alert["colour"]!))];
    }

    private static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection($"Data Source={path};Mode=ReadOnly;Pooling=False");
        connection.Open();
        return connection;
    }

    private static int FromEnvironment(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value : otherwise;

    /// <summary>Takes most notices at once, some late, refuses some for a while, and hangs up on some after it has kept them.</summary>
    private sealed class UnreliableReceiver(int seed)
    {
        private readonly Random _random = new(seed);

        public async Task<int> AnswerAsync(ReceivedNotice notice, HttpContext context)
        {
            int draw;
            lock (_random)
            {
                draw = _random.Next(100);
            }

            if (draw < 4)
            {
                return StatusCodes.Status503ServiceUnavailable;
            }

            if (draw < 8)
            {
                // Kept, and the sender does not hear of it.
                context.Abort();
            }
            else if (draw < 30)
            {
                await Task.Delay(draw);
            }

            return StatusCodes.Status204NoContent;
        }
    }
}
