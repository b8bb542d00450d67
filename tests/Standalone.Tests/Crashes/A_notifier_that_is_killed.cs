using System.Globalization;
using System.Text;
using Xunit.Abstractions;

namespace XilinIngest.Standalone.Tests.Crashes;

/// <summary>
/// SIGKILL at random moments while alerts are raised and cleared, with a receiver that is slow, away and silent now and then, and keeps a
/// notice once.
/// </summary>
public sealed class A_notifier_that_is_killed(ITestOutputHelper output)
{
    private static readonly int Kills = FromEnvironment("XILIN_KILLS", 3);
    private static readonly int Submissions = FromEnvironment("XILIN_SUBMISSIONS", 300);
    private static readonly int Seed = FromEnvironment("XILIN_SEED", Random.Shared.Next());

    [Fact, Trait("suite", "long")]
    public async Task Tells_every_change_of_every_alert_once_and_in_order()
    {
        using var data = new TestFolder();
        using var catalogue = TestFolder.CopyOfCatalogue();
        await using var receiver = await NoticeReceiver.StartAsync();
        receiver.Answer = new UnreliableReceiver(Seed).AnswerAsync;
        var now = TimeProvider.System.GetUtcNow();
        CrashWorkload.OpenMonths(catalogue, now);
        var bodies = SwingingAlerts.Prepare(catalogue, now.AddMonths(-2).Year, now.AddHours(-1), Submissions).Submissions
            .Select(sheet => Encoding.UTF8.GetBytes(sheet.ToJsonString()));
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60 + 15 * Kills + Submissions / 20));
        using var life = new RestartingService(
            ["--data", data.Path, "--catalogue", catalogue.Path, "--port", "0"], "env", "Channels__duty__Kind=webhook",
            $"Channels__duty__Url={receiver.Url}", "Channels__duty__Secret=0123456789abcdef");
        await life.StartAsync();
        var (random, rounds) = (new Random(Seed), bodies.Chunk(SwingingAlerts.Firms).ToList());
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
            await InProcessService.EventuallyAsync(() => Task.FromResult(SwingingAlerts.AreApplied(data.Path)), seconds: 30);
        }

        await InProcessService.EventuallyAsync(() => SwingingAlerts.AreAllToldAsync(data.Path, receiver), seconds: 40);
        await life.StopAsync();

        var published = SwingingAlerts.Published(data.Path).Count;
        output.WriteLine($"seed {Seed}: {published} alert events, {receiver.Kept.Count} notices, {receiver.Requests.Count} requests");
        Assert.True(published > Submissions / 2, $"{published} alert events are too few to show anything");
        SwingingAlerts.AssertToldOnceAndInOrder(data.Path, receiver);
    }

    private static int FromEnvironment(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value : otherwise;
}
