using System.Net;
using System.Text.Json;
using XilinIngest.Contracts;
using XilinIngest.Hosting;

namespace XilinIngest.Admin.Tests.Federation;

/// <summary>
/// Two watches at once, while revisions arrive below and everything is killed in turns: the watches, the lower and the upper installation.
/// </summary>
public sealed class A_report_that_is_interrupted
{
    private const int Rounds = 12;
    private static readonly string[] Months = ["2022-07", "2022-08", "2022-09"];

    [Fact, Trait("suite", "long")]
    public async Task Loses_nothing_and_reports_nothing_twice()
    {
        using var lowerCatalogue = TestFolder.CatalogueWithOpenMonths();
        using var upperCatalogue = TwoInstallations.UpperCatalogueFolder();
        using var data = new TestFolder();
        var lower = Start("lower", lowerCatalogue, 0);
        var upper = Start("upper", upperCatalogue, 0);
        List<RunningProgram> watches = [];
        try
        {
            var (lowerPort, upperPort) = ((await lower.ServingAsync()).Port, (await upper.ServingAsync()).Port);
            watches = [Watch(), Watch()];
            var random = new Random(7);
            for (var round = 1; round <= Rounds; round++)
            {
                var (revision, month) = (round, Months[random.Next(Months.Length)]);
                await Eventually.IsTrueAsync(
                    async () => (await lower.SubmitAsync(
                        XilinSubmissions.Visits(XilinSubmissions.Dongdai, revision * 10, month, revision))).Status == HttpStatusCode.OK,
                    () => lower.Output);
                await Task.Delay(random.Next(1500));
                switch (round % 3)
                {
                    case 0:
                        watches[round % 2].Dispose();
                        watches[round % 2] = Watch();
                        break;
                    case 1:
                        upper.Kill();
                        upper.Dispose();
                        upper = Start("upper", upperCatalogue, upperPort);
                        break;
                    default:
                        lower.Kill();
                        lower.Dispose();
                        lower = Start("lower", lowerCatalogue, lowerPort);
                        break;
                }
            }

            await Eventually.IsTrueAsync(async () =>
            {
                foreach (var month in Months)
                {
                    var (below, above) = (await VisitsAsync(lower, month), await VisitsAsync(upper, month));
                    if (below != above || below < 0)
                    {
                        return false;
                    }
                }

                return true;
            }, () => string.Join("\n---\n", watches.Select(watch => watch.Output)), seconds: 90);

            Assert.All(watches, watch => Assert.False(watch.HasExited, watch.Output));
            await AssertNothingIsThereTwiceAsync(upper);

            RunningProgram Watch() => new(
                [AdminProgram.Program, "federate", "--watch", "--lang", "en", "--from", $"http://127.0.0.1:{lowerPort}",
                    "--to", $"http://127.0.0.1:{upperPort}", "--unit", XilinSubmissions.Xilin, "--periods", "2022-07..2022-09",
                    "--provisional"],
                [("Federation__Source", "西林街道")]);
        }
        finally
        {
            watches.ForEach(watch => watch.Dispose());
            lower.Dispose();
            upper.Dispose();
        }

        ServiceProcess Start(string name, TestFolder catalogue, int port) =>
            new("Standalone", ["--data", data.In(name), "--catalogue", catalogue.Path, "--port", $"{port}"]);
    }

    // Each row says something else than the one before it of the same month.
    private static async Task AssertNothingIsThereTwiceAsync(ServiceProcess upper)
    {
        var rows = (await upper.GetAsync($"/api/submissions?unit={XilinSubmissions.Xilin}&limit=500")).Answer!.AsArray();
        List<(string Period, string Values)> said = [];
        foreach (var row in rows.OrderBy(row => (long)row!["sequence"]!))
        {
            var body = (string)(await upper.GetAsync($"/api/submissions/{row!["sequence"]}")).Answer!["body"]!;
            var submission = JsonSerializer.Deserialize<SubmitIndicators>(body, WireFormat.Options)!;
            said.Add((submission.Period, string.Join(' ', submission.Values)));
        }

        Assert.NotEmpty(said);
        Assert.All(said.GroupBy(row => row.Period), month =>
            Assert.DoesNotContain(month.Zip(month.Skip(1)), pair => pair.First.Values == pair.Second.Values));
    }

    // Below zero while the service is loading.
    private static async Task<decimal?> VisitsAsync(ServiceProcess service, string period)
    {
        var (status, answer) = await service.GetAsync($"/api/totals?unit={XilinSubmissions.Xilin}&period={period}");
        return status != HttpStatusCode.OK ? -1
            : answer!.Deserialize<List<IndicatorTotal>>(ApiJson.Options)!
            .FirstOrDefault(total => total.Indicator == "ENTERPRISE_VISITS")?.YearToDate;
    }
}
