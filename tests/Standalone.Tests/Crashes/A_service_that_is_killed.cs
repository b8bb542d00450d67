using System.Globalization;
using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Data.Sqlite;
using Xunit.Abstractions;

namespace XilinIngest.Standalone.Tests.Crashes;

/// <summary>
/// SIGKILL at random moments, under load and while starting, of a service that was frozen before, or whose databases were taken away for a
/// while. The normal suite runs a short form; <c>./crash.sh</c> the full one.
/// </summary>
public sealed class A_service_that_is_killed(ITestOutputHelper output)
{
    private static readonly int Kills = FromEnvironment("XILIN_KILLS", 4);
    private static readonly int Submissions = FromEnvironment("XILIN_SUBMISSIONS", 600);
    private static readonly int Seed = FromEnvironment("XILIN_SEED", Random.Shared.Next());
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60 + 15 * Kills + Submissions / 20);

    [Fact]
    public async Task Keeps_every_receipt_once_and_publishes_all_it_committed()
    {
        using var data = new TestFolder();
        using var catalogue = TestFolder.CopyOfCatalogue();
        using var timeout = new CancellationTokenSource(Patience);
        var now = TimeProvider.System.GetUtcNow();
        CrashWorkload.OpenMonths(catalogue, now);
        CrashWorkload.SetTargets(catalogue, now);
        var random = new Random(Seed);
        using var life = new RestartingService(["--data", data.Path, "--catalogue", catalogue.Path, "--port", "0"]);
        await life.StartAsync();
        var sender = new RetryingSender(CrashWorkload.Generate(Submissions, now, random), () => life.Address, Seed);
        var follower = new FeedFollower(() => life.Address);
        var following = follower.FollowAsync(timeout.Token);
        var sending = sender.SendAllAsync(timeout.Token);

        await KillAsync(life, data, sender, sending, random, timeout.Token);
        await sending;
        Say($"seed {Seed}: {Kills} kills, {Submissions} submissions, {sender.SentAgain} sent twice, {sender.Retried} tries without an "
            + $"answer, {follower.Connections} connections of the follower.");
        await InProcessService.EventuallyAsync(() => Task.FromResult(IsAllPublished(data, follower.Last)));
        await timeout.CancelAsync();
        await following;
        await life.StopAsync();

        Assert.Empty(sender.Contradictions);
        AssertEveryReceiptIsInTheLedgerOnce(data, sender);
        AssertEveryResultWasSeenOnce(data, follower);
        await AssertVerifiedAsync(data, catalogue);
    }

    private async Task KillAsync(
        RestartingService life, TestFolder data, RetryingSender sender, Task sending, Random random, CancellationToken cancellationToken)
    {
        for (var kill = 1; kill <= Kills; kill++)
        {
            // Two in three at a moment of the load, spread over it; one in three soon after a start, while it loads and replays.
            if (kill % 3 == 0)
            {
                await Task.Delay(random.Next(2_000), cancellationToken);
            }
            else
            {
                while (sender.Receipts.Count < (long)Submissions * kill / (Kills + 1) && !sending.IsCompleted)
                {
                    await Task.Delay(1, cancellationToken);
                }

                await Task.Delay(random.Next(40), cancellationToken);
            }

            await DisturbAsync(life, data, kill, random);
            life.Kill();
            Say($"kill {kill}: {sender.Receipts.Count} receipts");
            await (kill % 3 == 2 ? life.StartWithoutWaitingAsync() : life.StartAsync());
        }

        await life.WaitUntilServingAsync();
    }

    // One in four is frozen first, and of one in four a database is taken away for a while.
    private async Task DisturbAsync(RestartingService life, TestFolder data, int kill, Random random)
    {
        var time = TimeSpan.FromMilliseconds(random.Next(3_000));
        if (kill % 4 == 1)
        {
            Say($"frozen for {time.TotalSeconds:0.0} s");
            await life.FreezeAsync(time);
        }
        else if (kill % 4 == 2)
        {
            // One that only starts would take the folder for a new one, and make the file.
            await life.WaitUntilServingAsync();
            var file = data.In(kill % 8 == 2 ? "ledger.db" : "cube.db");
            Say($"{Path.GetFileName(file)} away for {time.TotalSeconds:0.0} s");
            File.Move(file, $"{file}.away");
            await Task.Delay(time);
            File.Move($"{file}.away", file);
        }
    }

    private static bool IsAllPublished(TestFolder data, long seen)
    {
        using var cube = Open(data.In("cube.db"));
        using var ledger = Open(data.In("ledger.db"));
        var state = cube.QuerySingle<(long Applied, long Published, long Last)>(
            "SELECT applied_through, published_through, (SELECT COALESCE(MAX(id), 0) FROM publication) FROM cube_state");
        return state.Applied == ledger.QuerySingle<long>("SELECT MAX(sequence) FROM ledger_entry") && state.Published == state.Last
            && seen == state.Last;
    }

    private static void AssertEveryReceiptIsInTheLedgerOnce(TestFolder data, RetryingSender sender)
    {
        using var ledger = Open(data.In("ledger.db"));
        var rows = ledger.Query<(long Sequence, byte[] Body, byte[] LeafHash, string Verdict)>(
            "SELECT sequence, body, leaf_hash, verdict FROM ledger_entry ORDER BY sequence").ToList();
        Assert.Equal(Submissions, sender.Receipts.Count);
        Assert.Equal(Enumerable.Range(1, Submissions).Select(i => (long)i), rows.Select(row => row.Sequence));
        var byBody = rows.ToDictionary(row => CrashWorkload.IdOf(row.Body));
        foreach (var (id, text) in sender.Receipts)
        {
            var receipt = JsonNode.Parse(text)!;
            var row = byBody[id];
            Assert.Equal((row.Sequence, Convert.ToHexStringLower(row.LeafHash), row.Verdict),
                ((long)receipt["sequence"]!, (string)receipt["leafHash"]!, (string)receipt["verdict"]!));
        }

        Assert.True(rows.Count(row => row.Verdict == "accepted") > Submissions / 2, "most are to be accepted, or the run shows nothing");
        Assert.Contains(rows, row => row.Verdict == "refused");
    }

    private static void AssertEveryResultWasSeenOnce(TestFolder data, FeedFollower follower)
    {
        using var cube = Open(data.In("cube.db"));
        var last = cube.QuerySingle<long>("SELECT MAX(id) FROM publication");
        Assert.Equal(Enumerable.Range(1, (int)last).Select(i => (long)i), follower.Ids);
    }

    private async Task AssertVerifiedAsync(TestFolder data, TestFolder catalogue)
    {
        using var verify = new StandaloneProcess("verify", "--data", data.Path, "--catalogue", catalogue.Path, "--lang", "en");
        var exit = await verify.ExitAsync(seconds: 120);
        Say(verify.Output);
        Assert.True(exit == 0, verify.Output + verify.Errors);
    }

    private static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection($"Data Source={path};Mode=ReadOnly;Pooling=False");
        connection.Open();
        return connection;
    }

    // Into a file that crash.sh follows, for a test's own output is shown only at its end.
    private void Say(string text)
    {
        output.WriteLine(text);
        if (Environment.GetEnvironmentVariable("XILIN_PROGRESS") is { Length: > 0 } file)
        {
            File.AppendAllText(file, text + "\n");
        }
    }

    private static int FromEnvironment(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value : otherwise;
}
