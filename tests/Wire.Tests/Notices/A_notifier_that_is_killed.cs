using System.Globalization;
using System.Text.Json.Nodes;
using Xunit.Abstractions;

namespace XilinIngest.Wire.Tests.Notices;

/// <summary>
/// A worker, an aggregator and a notifier on a broker. The notifier is killed with SIGKILL while alerts are raised and cleared, once its
/// queue is purged while it is away, and the receiver is slow, away and silent now and then, and keeps a notice once.
/// </summary>
public sealed class A_notifier_that_is_killed(ITestOutputHelper output)
{
    // Alerts change while it starts, and then while it works.
    private const int RoundsWithoutNotifier = 2;
    private static readonly int Kills = FromEnvironment("XILIN_NOTIFIER_KILLS", 3);
    private static readonly int Submissions = FromEnvironment("XILIN_NOTIFIER_SUBMISSIONS", 300);
    private static readonly int Seed = FromEnvironment("XILIN_SEED", Random.Shared.Next());

    [Fact, Trait("suite", "long")]
    public Task Tells_every_change_of_every_alert_once_and_in_order() => RunAsync("MassTransit");

    [Fact, Trait("suite", "long")]
    public Task Tells_every_change_once_by_RabbitMQ_Client_alone_too() => RunAsync("RabbitMQ.Client");

    private async Task RunAsync(string library)
    {
        await using var receiver = await NoticeReceiver.StartAsync();
        receiver.Answer = new UnreliableReceiver(Seed).AnswerAsync;
        await using var wire = new WireDeployment { Library = library };
        var alerts = SwingingAlerts.Prepare(
            wire.Data.CatalogueFolder, 2022, new DateTimeOffset(2022, 8, 1, 9, 0, 0, TimeSpan.FromHours(8)), Submissions);
        await wire.InitializeAsync();
        var aggregators = $"http://127.0.0.1:1;{await wire.Aggregator.ServingAsync()}";
        var start = () => wire.StartNotifier(aggregators, ("Channels__duty__Kind", "webhook"),
            ("Channels__duty__Url", receiver.Url.ToString()), ("Channels__duty__Secret", "0123456789abcdef"));
        var notifier = start();
        await notifier.WaitUntilReadyAsync();
        var startedAt = 0;
        var (random, rounds) = (new Random(Seed), alerts.Submissions.Chunk(SwingingAlerts.Firms).ToList());
        for (var round = 0; round < rounds.Count; round++)
        {
            await Task.WhenAll(rounds[round].Select(sheet => SubmitAsync(wire, sheet)));

            if (round == startedAt + RoundsWithoutNotifier)
            {
                await notifier.WaitUntilReadyAsync();
            }

            // The next round waits for this one's figures, or one step would take both, and no alert would change.
            await Eventually.IsTrueAsync(
                () => Task.FromResult(SwingingAlerts.AreApplied(wire.Data.Path)), () => wire.Aggregator.Output);
            if ((round + 1) * (Kills + 1) / rounds.Count != round * (Kills + 1) / rounds.Count && round + 1 < rounds.Count)
            {
                await Task.Delay(random.Next(150));
                notifier.Dispose();
                output.WriteLine($"killed after round {round + 1}: {receiver.Kept.Count} notices");
                if (random.Next(2) == 0)
                {
                    await PurgeAsync(wire);
                }

                (notifier, startedAt) = (start(), round);
            }
        }

        await Eventually.IsTrueAsync(
            () => SwingingAlerts.AreAllToldAsync(wire.Data.Path, receiver), () => notifier.Output, seconds: 60);
        Assert.Equal("Healthy: ", await notifier.HealthAsync("notices"));
        notifier.Terminate();
        Assert.Equal(0, await notifier.ExitAsync());

        var published = SwingingAlerts.Published(wire.Data.Path).Count;
        output.WriteLine($"seed {Seed}: {published} alert events, {receiver.Kept.Count} notices, {receiver.Requests.Count} requests");
        Assert.True(published > Submissions / 2, $"{published} alert events are too few to show anything");
        SwingingAlerts.AssertToldOnceAndInOrder(wire.Data.Path, receiver);
    }

    private static async Task SubmitAsync(WireDeployment wire, JsonObject sheet)
    {
        var receipt = (await wire.Worker.SubmitAsync(sheet)).Answer!;
        Assert.True((string?)receipt["verdict"] == "accepted", receipt.ToJsonString());
    }

    // What the broker has lost, the notifier reads from the published alerts.
    private static async Task PurgeAsync(WireDeployment wire)
    {
        await using var admin = await wire.Broker.ConnectAsync("purge");
        await using var channel = await admin.CreateChannelAsync();
        await channel.QueuePurgeAsync("xilin.notifier");
    }

    private static int FromEnvironment(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value : otherwise;
}
