using System.Diagnostics;
using Dapper;
using XilinIngest.TestBrokers;
using Xunit.Abstractions;
using static XilinIngest.TestServices.WireDeployment;

namespace XilinIngest.Wire.Tests.Outages;

/// <summary>
/// Rows that are in the ledger and whose packs never reach the aggregator. No one submits afterwards: what heals must heal by itself.
/// </summary>
public sealed class Packs_that_are_lost(WireDeployment wire, ITestOutputHelper output) : IClassFixture<WireDeployment>
{
    // More than the aggregator is handed at once: the rest is in the queue, where it can be purged.
    private const int MoreThanAtOnce = 70;

    [Fact]
    public async Task By_a_purge_of_the_queue_are_in_the_results_seconds_later()
    {
        await using var office = await wire.OfficeAsync(Street);
        var last = (long)(await office.SubmitAsync(XilinSubmissions.Visits(Village, 1)))["sequence"]!;
        await WaitUntilAppliedAsync(wire.Aggregator, last);
        wire.Aggregator.Freeze();
        for (var i = 0; i < MoreThanAtOnce; i++)
        {
            last = (long)(await office.SubmitAsync(XilinSubmissions.Visits(Village, 1, $"2022-{i % 12 + 1:00}", 100 + i)))["sequence"]!;
        }

        Assert.True(await wire.Broker.PurgeOwnQueuesAsync("xilin.aggregator") > 0);
        var since = Stopwatch.StartNew();
        wire.Aggregator.Thaw();
        await OutageAssertions.AssertRecoveredAsync(output, wire.Aggregator, last, since, seconds: 10);
    }

    [Fact, Trait("suite", "long")]
    public async Task With_a_worker_killed_between_commit_and_publication_are_in_the_results_once_a_worker_runs()
    {
        await using var proxy = TcpProxy.InFrontOf(wire.Broker.Address);
        using var worker = wire.StartWorker(wire.ProxySetting(proxy, OfficeDefinitions.Worker));
        await worker.WaitUntilReadyAsync();
        wire.Worker.Kill();
        var rows = Rows();
        proxy.Stall();
        await OutageAssertions.AssertUnavailableAsync(output, worker, XilinSubmissions.Visits(OtherVillage, 2), because: "消息服务器");
        await OutageAssertions.AssertHealthReportsAsync(output, worker, "bus", "has confirmed nothing", Stopwatch.StartNew());
        Assert.Equal(rows + 1, Rows());
        worker.Kill();

        wire.Worker = wire.StartWorker();
        await wire.Worker.WaitUntilReadyAsync();
        await OutageAssertions.AssertRecoveredAsync(output, wire.Aggregator, rows + 1, Stopwatch.StartNew(), seconds: 10);
    }

    private long Rows()
    {
        using var ledger = wire.OpenLedger();
        return ledger.QuerySingle<long>("SELECT COALESCE(MAX(sequence), 0) FROM ledger_entry");
    }
}
