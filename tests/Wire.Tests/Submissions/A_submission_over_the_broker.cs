namespace XilinIngest.Wire.Tests.Submissions;

[Collection(nameof(WireDeployment))]
public class A_submission_over_the_broker(WireDeployment wire)
{
    [Fact]
    public async Task Is_answered_and_stands_in_the_ranking()
    {
        await using var office = await wire.OfficeAsync(WireDeployment.Village);
        var receipt = await office.SubmitAsync(XilinSubmissions.Visits(WireDeployment.Village, 3, "2022-01", revision: 3));

        Assert.Equal("accepted", (string?)receipt["verdict"]);
        await WireDeployment.WaitUntilAppliedAsync(wire.Aggregator, (long)receipt["sequence"]!);
        var (_, totals) = await wire.Aggregator.GetAsync($"/api/totals?unit={WireDeployment.Village}&period=2022-01");
        Assert.Equal(3, (decimal)totals!.AsArray().Single(total => (string?)total!["indicator"] == "ENTERPRISE_VISITS")!["month"]!);
    }
}
