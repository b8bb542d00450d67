using System.Diagnostics;
using XilinIngest.TestBrokers;
using Xunit.Abstractions;

namespace XilinIngest.Wire.Tests.Outages;

/// <summary>
/// Three nodes, all of them named to the services; the one that leads the intake queue, or has the aggregator's own, dies in the middle of
/// the load.
/// </summary>
[Trait("suite", "long")]
public sealed class A_cluster_that_loses_a_node(ITestOutputHelper output)
{
    private const int Nodes = 3;
    private const int Submissions = 2_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    [Theory]
    [InlineData("xilin.worker.intake")]
    [InlineData("xilin.aggregator")]
    public async Task Loses_nothing_and_goes_on_without_it(string queue)
    {
        var running = Stopwatch.StartNew();
        await using var wire = new WireDeployment { StartBroker = () => TestBroker.StartClusterAsync(Nodes) };
        await wire.InitializeAsync();
        var listener = new ResultsListener(wire.Broker);
        await listener.DeclareAsync();
        await Task.Delay(TestBroker.QueueRecoveryTime);
        var own = await wire.Broker.FindOwnQueuesAsync(queue);
        var killLeader = await wire.Broker.FindLeaderAsync(own.Count > 0 ? own[^1] : queue);
        output.WriteLine($"{running.Elapsed.TotalSeconds:0} s: {Nodes} nodes and the services are ready.");

        var random = new Random(3);
        var letters = OutageWorkload.Generate(Submissions, random);
        var offices =
            letters.GroupBy(letter => letter.Office)
            .Select((sent, i) => new RetryingOffice(wire.Broker, sent.Key, [.. sent], 50, i)).ToList();
        using var timeout = new CancellationTokenSource(Patience);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token);
        var reading = Task.WhenAll(offices.Select(office => office.ReceiveAsync(ends.Token)).Append(listener.ListenAsync(ends.Token)));
        var sending = Task.WhenAll(offices.Select(office => office.SendAsync(timeout.Token)));

        await Eventually.IsTrueAsync(() => Task.FromResult(Received() > Submissions / 3), () => wire.Worker.Output);
        await killLeader();
        var (killed, before) = (Stopwatch.StartNew(), Received());
        Assert.False(sending.IsCompleted, "The load ended before the kill.");
        await Eventually.IsTrueAsync(() => Task.FromResult(Received() > before + 200), () => wire.Worker.Output);
        output.WriteLine(
            $"{running.Elapsed.TotalSeconds:0} s: its leader was killed after {before} receipts; 200 more had "
            + $"come {killed.Elapsed.TotalSeconds:0.0} s later.");

        await sending;
        await Eventually.IsTrueAsync(
            () => Task.FromResult(Received() == Submissions && LossAssertions.HasReceivedEverything(wire, Submissions, listener)),
            () => $"{Received()} receipts, {listener.Results.Count} results heard.\n{wire.Worker.Output}\n{wire.Aggregator.Output}\n"
                + wire.Broker.ControlAsync("list_queues", "name", "leader", "members", "online", "messages").Result,
            seconds: 60);
        await ends.CancelAsync();
        await reading;
        LossAssertions.AssertEveryReceiptIsInTheLedgerOnce(wire, offices);
        LossAssertions.AssertEveryResultWasReceived(wire, listener);
        LossAssertions.AssertTheHighestRevisionsAddUp(offices, listener);
        await LossAssertions.AssertDeadLettersAreTheUnreadableOnesAsync(wire, offices);
        output.WriteLine($"{running.Elapsed.TotalSeconds:0} s: {await wire.VerifyAsync()}");

        int Received() => offices.Sum(office => office.Receipts.Count);
    }
}
