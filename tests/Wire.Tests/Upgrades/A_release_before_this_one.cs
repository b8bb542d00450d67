namespace XilinIngest.Wire.Tests.Upgrades;

/// <summary>The rolling upgrade of docs/upgrade.md: aggregators first, then workers, while offices send.</summary>
[Trait("suite", "long")]
public sealed class A_release_before_this_one
{
    [OnThePreviousReleaseFact]
    public async Task Is_replaced_aggregator_first_and_then_worker_and_loses_nothing()
    {
        using var previous = new PreviousRelease();
        await using var wire = new WireDeployment { ProgramOf = previous.ProgramOf };
        await wire.InitializeAsync();
        await using var office = await wire.OfficeAsync(WireDeployment.Village);
        await SubmitAsync(wire, office, revision: 3, visits: 3);

        // This aggregator with the worker of before.
        wire.ProgramOf = null;
        await StopAsync(wire.Aggregator);
        wire.Aggregator = wire.StartAggregator();
        await wire.Aggregator.WaitUntilReadyAsync();
        await SubmitAsync(wire, office, revision: 4, visits: 4);

        // And with this worker, on the ledger of before.
        await StopAsync(wire.Worker);
        wire.Worker = wire.StartWorker();
        await wire.Worker.WaitUntilReadyAsync();
        await SubmitAsync(wire, office, revision: 5, visits: 5);
        await wire.VerifyAsync();
    }

    [OnThePreviousReleaseFact]
    public async Task Sends_what_its_worker_recorded_to_an_aggregator_of_this_one_with_an_empty_cube()
    {
        using var previous = new PreviousRelease();
        await using var wire = new WireDeployment { ProgramOf = previous.ProgramOf };
        await wire.InitializeAsync();
        await using var office = await wire.OfficeAsync(WireDeployment.Village);
        var recorded = await SubmitAsync(wire, office, revision: 3, visits: 3);

        wire.ProgramOf = null;
        await StopAsync(wire.Aggregator);
        foreach (var file in Directory.GetFiles(wire.Data.Path, "cube.db*"))
        {
            File.Delete(file);
        }

        wire.Aggregator = wire.StartAggregator();
        await WireDeployment.WaitUntilAppliedAsync(wire.Aggregator, recorded);
        await AssertVisitsAsync(wire, 3);
    }

    private static async Task StopAsync(ServiceProcess service)
    {
        service.Terminate();
        Assert.Equal(0, await service.ExitAsync());
    }

    private static async Task<long> SubmitAsync(WireDeployment wire, AmqpOffice office, int revision, int visits)
    {
        var receipt = await office.SubmitAsync(XilinSubmissions.Visits(WireDeployment.Village, visits, "2022-01", revision: revision));
        Assert.True((string?)receipt["verdict"] == "accepted", receipt.ToJsonString());
        var recorded = (long)receipt["sequence"]!;
        await WireDeployment.WaitUntilAppliedAsync(wire.Aggregator, recorded);
        await AssertVisitsAsync(wire, visits);
        return recorded;
    }

    private static async Task AssertVisitsAsync(WireDeployment wire, int visits)
    {
        var (_, totals) = await wire.Aggregator.GetAsync($"/api/totals?unit={WireDeployment.Village}&period=2022-01");
        Assert.Equal(visits, (decimal)totals!.AsArray().Single(total => (string?)total!["indicator"] == "ENTERPRISE_VISITS")!["month"]!);
    }
}
