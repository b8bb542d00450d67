using System.Diagnostics;
using XilinIngest.Broker;
using XilinIngest.Wire.Tests.Services;
using Xunit.Abstractions;

namespace XilinIngest.Wire.Tests.Outages;

/// <summary>Three nodes, all of them named to the services; the one that leads the intake queue dies in the middle of the load.</summary>
[Trait("suite", "long")]
public sealed class A_cluster_that_loses_a_node(ITestOutputHelper output)
{
    private const int Nodes = 3;
    private const int Submissions = 2_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    [Fact]
    public async Task Loses_nothing_and_goes_on_without_it()
    {
        var running = Stopwatch.StartNew();
        await using var wire = new Deployment { StartBroker = () => TestBroker.StartClusterAsync(Nodes) };
        await wire.InitializeAsync();
        var listener = new ResultsListener(wire.Broker);
        await listener.DeclareAsync();
        await Task.Delay(TestBroker.QueuesSettleIn);
        var killLeader = await wire.Broker.FindLeaderAsync("xilin.worker.intake");
        output.WriteLine($"{running.Elapsed.TotalSeconds:0} s: {Nodes} nodes and the services are ready.");

        var random = new Random(3);
        var letters = Workload.Of(Submissions, random);
        var offices = letters.GroupBy(letter => letter.Office).Select((sent, i) => new PersistentOffice(wire.Broker, sent.Key, [.. sent], 50, i)).ToList();
        using var patience = new CancellationTokenSource(Patience);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(patience.Token);
        var reading = Task.WhenAll(offices.Select(office => office.ReceiveAsync(ends.Token)).Append(listener.ListenAsync(ends.Token)));
        var sending = Task.WhenAll(offices.Select(office => office.SendAsync(patience.Token)));

        await Eventually.IsTrueAsync(() => Task.FromResult(Received() > Submissions / 3), () => wire.Worker.Said);
        await killLeader();
        var (killed, before) = (Stopwatch.StartNew(), Received());
        Assert.False(sending.IsCompleted, "The load ended before the kill.");
        await Eventually.IsTrueAsync(() => Task.FromResult(Received() > before + 200), () => wire.Worker.Said);
        output.WriteLine($"{running.Elapsed.TotalSeconds:0} s: its leader was killed after {before} receipts; 200 more had come {killed.Elapsed.TotalSeconds:0.0} s later.");

        await sending;
        await Eventually.IsTrueAsync(() => Task.FromResult(Received() == Submissions && Losses.IsAllHeard(wire, Submissions, listener)),
            () => $"{Received()} receipts, {listener.Results.Count} results heard.\n{wire.Worker.Said}\n{wire.Aggregator.Said}", seconds: 60);
        await ends.CancelAsync();
        await reading;
        Losses.AssertEveryReceiptIsInTheLedgerOnce(wire, offices);
        Losses.AssertEveryResultWasHeard(wire, listener);
        Losses.AssertTheHighestRevisionsAddUp(offices, listener);
        await Losses.AssertParkedAreExactlyTheUnreadableOnesAsync(wire, offices);
        output.WriteLine($"{running.Elapsed.TotalSeconds:0} s: {await wire.VerifyAsync()}");

        int Received() => offices.Sum(office => office.Receipts.Count);
    }
}
