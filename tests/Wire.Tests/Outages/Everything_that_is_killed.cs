using System.Diagnostics;
using System.Text.Json.Nodes;
using XilinIngest.Broker;
using XilinIngest.Contracts;
using XilinIngest.Tests;
using XilinIngest.Wire.Tests.Services;
using static XilinIngest.Wire.Tests.Services.Deployment;

namespace XilinIngest.Wire.Tests.Outages;

public class Everything_that_is_killed
{
    private const int Count = 400;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Loses_nothing_and_comes_back_by_itself()
    {
        await using var wire = new Deployment();
        await wire.InitializeAsync();
        using var standby = wire.StartAggregator();
        await standby.HealthyAsync();
        Assert.Contains("standby", await standby.HealthAsync("cube"), StringComparison.Ordinal);
        await Task.Delay(TestBroker.QueuesSettleIn);

        await using var office = new PersistentOffice(wire.Broker.AddressFor(Street, Definitions.Password), Street);
        var sheets = Sheets().ToList();
        using var ends = new CancellationTokenSource(Patience);
        var sending = office.SendAsync(sheets, TimeSpan.FromMilliseconds(40), ends.Token);
        using var second = wire.StartWorker();

        await Task.Delay(1_500);
        wire.Worker.Kill();
        using var third = wire.StartWorker();

        await Task.Delay(1_500);
        await wire.Broker.KillAsync();
        await IsCalmAsync(second);
        await wire.Broker.RestartAsync();

        await Task.Delay(1_000);
        wire.Aggregator.Kill();
        var killed = Stopwatch.StartNew();
        await Eventually.IsTrueAsync(async () => !(await standby.HealthAsync("cube")).Contains("standby", StringComparison.Ordinal), () => standby.Said);
        Assert.True(killed.Elapsed < TimeSpan.FromSeconds(2), $"The standby took over after {killed.Elapsed}.");

        await sending;
        var receipts = await office.ReceiptsAsync(Count, Patience);
        Assert.All(receipts, same => Assert.Single(same.Select(receipt => receipt.ToJsonString()).Distinct()));
        Assert.Equal(sheets.Select(sheet => (string)sheet["submissionId"]!).Order(), receipts.Select(same => same.Key).Order());
        Assert.Equal(Enumerable.Range(1, Count).Select(i => (long)i), receipts.Select(same => (long)same.First()["sequence"]!).Order());
        await AppliedAsync(standby, Count);
        await standby.HealthyAsync();
        Assert.Equal(Verdicts.Accepted, (string?)receipts[(string)sheets[0]["submissionId"]!].First()["verdict"]);
        await wire.VerifyAsync();
    }

    // Months of the villages and firms, then revisions of them.
    private static IEnumerable<JsonObject> Sheets() => Enumerable.Range(0, Count).Select(i =>
    {
        var (period, revision) = ($"2022-{i / 4 % 12 + 1:00}", i / 48 + 1);
        return (i % 4) switch
        {
            0 => Sheet.Visits(Village, i % 7, period, revision),
            1 => Sheet.Visits(OtherVillage, i % 5, period, revision),
            2 => Sheet.Output(Firm, 100 + i % 3, period, revision),
            _ => Sheet.Output(FirmOfOtherVillage, 100 + i % 4, period, revision),
        };
    });

    // With the broker away: unhealthy, and idle.
    private static async Task IsCalmAsync(ServiceProcess service)
    {
        await Eventually.IsTrueAsync(async () => (await service.HealthAsync("bus")).StartsWith("Unhealthy", StringComparison.Ordinal), () => service.Said);

        // The break itself costs a second of exceptions, each thrown for the first time in this process.
        await Task.Delay(3_000);
        var before = service.ProcessorTime;
        await Task.Delay(2_000);
        var spent = service.ProcessorTime - before;
        Assert.True(spent < TimeSpan.FromSeconds(0.5), $"Waiting for the broker cost {spent} of the processor in 2 s.\n{service.Said}");
    }
}
