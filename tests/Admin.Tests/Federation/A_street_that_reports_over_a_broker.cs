using System.Runtime.Versioning;
using XilinIngest.Admin.Tests.Clients;

namespace XilinIngest.Admin.Tests.Federation;

/// <summary>
/// The upper installation as services apart on a broker: submissions go to the broker, questions to the worker and the aggregator.
/// </summary>
[UnsupportedOSPlatform("windows")]
public sealed class A_street_that_reports_over_a_broker(BrokerWithWorker upper) : IClassFixture<BrokerWithWorker>
{
    [Fact, Trait("suite", "long")]
    public async Task Sends_each_month_once_and_is_told_the_row()
    {
        using var catalogue = TestFolder.CatalogueWithOpenMonths();
        using var data = new TestFolder();
        using var lower = new ServiceProcess("Standalone", ["--data", data.In("lower"), "--catalogue", catalogue.Path, "--port", "0"]);
        using var aggregator = new ServiceProcess("Aggregator",
            ("ConnectionStrings__Bus", upper.Broker.AddressOf("xilin-aggregator").AbsoluteUri),
            ("ConnectionStrings__Cube", $"Data Source={data.In("cube.db")}"), ("Catalogue__Folder", catalogue.Path));
        foreach (var month in new[] { "2022-07", "2022-08" })
        {
            await lower.SubmitAsync(TestSubmissions.NewSubmission(XilinSubmissions.Wuxing, month, XilinSubmissions.Budget(1500)));
        }

        await Eventually.IsTrueAsync(async () =>
            (await lower.GetAsync($"/api/totals?unit={XilinSubmissions.Wuxing}&period=2022-08")).Answer is System.Text.Json.Nodes.JsonArray
            { Count: > 0 }, () => lower.Output);

        // July is provisional without the months before it.
        var first = await FederateAsync();
        Assert.Contains("Reported 2, not taken 0", first.AssertSucceeded().Output, StringComparison.Ordinal);
        Assert.Contains("reported, row ", first.Output, StringComparison.Ordinal);
        Assert.Contains("Reported 0, not taken 0", (await FederateAsync()).AssertSucceeded().Output, StringComparison.Ordinal);

        async Task<ProgramResult> FederateAsync() => await AdminProgram.RunAdminAsync(
            [
                ("Federation__Source", "五星街道"), ("Federation__ToWorker", $"{await upper.Worker.ServingAsync()}"),
                ("Federation__Bus", upper.Broker.AddressOf(XilinSubmissions.Wuxing).AbsoluteUri),
            ],
            "federate", "--from", $"{await lower.ServingAsync()}", "--to", $"{await aggregator.ServingAsync()}", "--unit",
            XilinSubmissions.Wuxing, "--periods", "2022-07..2022-08", "--provisional", "--lang", "en");
    }
}
