using System.Diagnostics;
using XilinIngest.TestBrokers;
using Xunit.Abstractions;
using static XilinIngest.TestServices.WireDeployment;

namespace XilinIngest.Wire.Tests.Outages;

/// <summary>
/// Nothing is closed and nothing fails: the broker blocks, a line carries nothing, a process is frozen. Each is said in time, and passes.
/// </summary>
public sealed class An_end_that_falls_silent(WireDeployment wire, ITestOutputHelper output) : IClassFixture<WireDeployment>
{
    private int _value;

    [Fact]
    public async Task As_a_broker_that_blocks_us_is_said_at_both_ends_and_to_who_submits_and_all_goes_on_when_it_ends()
    {
        var last = await SubmitAsync();
        const string Blocked = "takes no messages from us (low on memory)";
        await wire.Broker.SetAlarmAsync(isOn: true);

        // From here on: the broker's command starts a virtual machine of its own, which takes seconds on a busy machine.
        var since = Stopwatch.StartNew();
        try
        {
            await Task.WhenAll(
                OutageAssertions.AssertHealthReportsAsync(output, wire.Worker, "bus", Blocked, since),
                OutageAssertions.AssertHealthReportsAsync(output, wire.Aggregator, "bus", Blocked, since));
            await OutageAssertions.AssertUnavailableAsync(output, wire.Worker, XilinSubmissions.Visits(Village, 1), because: "暂停接收消息");
            await OutageAssertions.AssertHealthReportsAsync(output, wire.Aggregator, "cube", "publishing results for", since: Later(since));
        }
        finally
        {
            // The tests after this one need the broker too.
            since.Restart();
            await wire.Broker.SetAlarmAsync(isOn: false);
        }

        await wire.Worker.WaitUntilReadyAsync();
        Assert.Equal(last + 1, await SubmitAsync());
        await OutageAssertions.AssertRecoveredAsync(output, wire.Aggregator, last + 1, since);
        Assert.Single(wire.Worker.Output.Split('\n'), line => line.Contains("takes no messages from us", StringComparison.Ordinal));
    }

    [Fact, Trait("suite", "long")]
    public async Task As_a_workers_line_that_carries_nothing_is_said_and_what_was_committed_reaches_the_results_after_it_is_cut()
    {
        await using var proxy = TcpProxy.InFrontOf(wire.Broker.Address);
        using var worker = wire.StartWorker(wire.ProxySetting(proxy, OfficeDefinitions.Worker));
        await worker.WaitUntilReadyAsync();
        var last = await SubmitAsync();
        wire.Worker.Kill();

        proxy.Stall();
        var since = Stopwatch.StartNew();
        await OutageAssertions.AssertHealthReportsAsync(output, worker, "bus", "has confirmed nothing", since);
        await OutageAssertions.AssertHealthReportsAsync(output, wire.Aggregator, "cube", "The ledger has not answered for", since);
        await OutageAssertions.AssertUnavailableAsync(output, worker, XilinSubmissions.Visits(Village, 1), because: "没有确认任何消息");

        since.Restart();
        proxy.Cut();
        await worker.WaitUntilReadyAsync();
        OutageAssertions.Print(output, "the worker is back", since.Elapsed);
        worker.Kill();
        wire.Worker = wire.StartWorker();
        await wire.Worker.WaitUntilReadyAsync();
        Assert.Equal(last + 1, await SubmitAsync());
        await OutageAssertions.AssertRecoveredAsync(output, wire.Aggregator, last + 1, since);
    }

    [Fact, Trait("suite", "long")]
    public async Task As_an_aggregators_line_that_carries_nothing_is_said_and_the_results_come_after_it_by_themselves()
    {
        await using var proxy = TcpProxy.InFrontOf(wire.Broker.Address);
        wire.Aggregator.Kill();
        using var aggregator = wire.StartAggregator(wire.ProxySetting(proxy, OfficeDefinitions.Aggregator));
        await aggregator.WaitUntilReadyAsync();
        var last = await SubmitAsync();
        await WaitUntilAppliedAsync(aggregator, last);

        proxy.Stall();
        var since = Stopwatch.StartNew();
        last = await SubmitAsync();
        await OutageAssertions.AssertHealthReportsAsync(output, aggregator, "bus", "has confirmed nothing", since);
        await OutageAssertions.AssertHealthReportsAsync(output, aggregator, "cube", "the results are not updated", since);

        // Not cut: that the line is dead is for the service to find out.
        since.Restart();
        await Eventually.IsTrueAsync(
            async () => (await aggregator.HealthAsync("bus")).Contains("the bus is not ready", StringComparison.Ordinal),
            () => aggregator.Output);
        OutageAssertions.Print(output, "the line is given up", since.Elapsed);
        proxy.Cut();
        await OutageAssertions.AssertRecoveredAsync(output, aggregator, last, since);
        aggregator.Kill();
        wire.Aggregator = wire.StartAggregator();
        await wire.Aggregator.WaitUntilReadyAsync();
    }

    [Fact]
    public async Task As_a_frozen_worker_is_said_by_the_aggregator_which_goes_on_when_it_is_back()
    {
        var last = await SubmitAsync();
        await WaitUntilAppliedAsync(wire.Aggregator, last);
        wire.Worker.Freeze();
        await OutageAssertions.AssertHealthReportsAsync(output, wire.Aggregator, "cube", "The ledger has not answered for",
            Stopwatch.StartNew());
        wire.Worker.Thaw();
        await OutageAssertions.AssertRecoveredAsync(output, wire.Aggregator, last, Stopwatch.StartNew());
        await wire.Worker.WaitUntilReadyAsync();
        Assert.Equal(last + 1, await SubmitAsync());
    }

    [Fact, Trait("suite", "long")]
    public async Task As_a_frozen_aggregator_is_said_by_the_one_that_stands_by_and_never_works_beside_it()
    {
        using var standby = wire.StartAggregator();
        await Eventually.IsTrueAsync(async () => (await standby.HealthAsync("cube")).Contains("standby", StringComparison.Ordinal),
            () => standby.Output);
        wire.Aggregator.Freeze();
        await OutageAssertions.AssertHealthReportsAsync(output, standby, "cube", "has shown no sign of life", Stopwatch.StartNew());
        Assert.Contains("standby", await standby.HealthAsync("cube"), StringComparison.Ordinal);

        // The lock's file removed, as someone may who wants the other to take over: both could now have one.
        File.Delete(Path.Combine(wire.Data.Path, "cube.db.lock"));
        var since = Stopwatch.StartNew();
        await Eventually.IsTrueAsync(async () => !(await standby.HealthAsync("cube")).Contains("standby", StringComparison.Ordinal),
            () => standby.Output);
        OutageAssertions.Print(output, "the standby works", since.Elapsed);
        wire.Aggregator.Thaw();
        Assert.Equal(1, await wire.Aggregator.ExitAsync());
        Assert.Contains("Another aggregator has taken", wire.Aggregator.Output, StringComparison.Ordinal);

        var last = await SubmitAsync();
        await OutageAssertions.AssertRecoveredAsync(output, standby, last, since);
        standby.Kill();
        wire.Aggregator = wire.StartAggregator();
        await wire.Aggregator.WaitUntilReadyAsync();
    }

    // What shows only a while after the fault that it comes from.
    private static Stopwatch Later(Stopwatch since)
    {
        since.Restart();
        return since;
    }

    private async Task<long> SubmitAsync()
    {
        var (status, receipt, _) =
            await wire.Worker.SubmitAsync(
                XilinSubmissions.Visits(Village, ++_value, revision: 1 + (int)(Stopwatch.GetTimestamp() / Stopwatch.Frequency % 9_000)));
        Assert.True(receipt!["sequence"] is not null, $"{status} {receipt}");
        return (long)receipt["sequence"]!;
    }
}
