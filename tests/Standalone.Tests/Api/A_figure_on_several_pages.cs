using System.Text.Json.Nodes;

namespace XilinIngest.Standalone.Tests.Api;

/// <summary>One total in overview, report, series, children and rankings, beside the published total, while submissions come.</summary>
public sealed class A_figure_on_several_pages(InProcessService service) : IClassFixture<InProcessService>
{
    private const string Village = $"unit={XilinSubmissions.Dongdai}&period=2022-07";
    private const string Street = $"unit={XilinSubmissions.Wuxing}&period=2022-07";
    private const int Revisions = 150;

    [Fact, Trait("suite", "long")]
    public async Task Is_the_published_one_everywhere_while_it_is_revised()
    {
        await service.SubmitAndApplyAsync(TestSubmissions.NewSubmission(XilinSubmissions.Dongdai, "2022-07", XilinSubmissions.Visits(1)));
        await service.SubmitAndApplyAsync(
            TestSubmissions.NewSubmission(XilinSubmissions.Wuxing, "2022-07", XilinSubmissions.Budget(1_000)));
        using var done = new CancellationTokenSource();
        var readers = new[] { Village, Street, Village, Street }.Select(unit => CompareUntilAsync(unit, done.Token)).ToList();
        for (var revision = 2; revision <= Revisions; revision++)
        {
            await PostAsync(
                TestSubmissions.NewSubmission(XilinSubmissions.Dongdai, "2022-07", XilinSubmissions.Visits(revision))
                .Set("revision", revision));
            await PostAsync(
                TestSubmissions.NewSubmission(XilinSubmissions.Wuxing, "2022-07", XilinSubmissions.Budget(1_000 + revision))
                .Set("revision", revision));
        }

        await done.CancelAsync();
        var compared = await Task.WhenAll(readers);
        Assert.All(compared,
            seen => Assert.True(seen.Comparisons > 3 && seen.Versions > 1,
                $"{seen.Comparisons} comparisons of {seen.Versions} versions show nothing"));
    }

    private async Task PostAsync(JsonObject submission)
    {
        var (_, receipt) = await service.PostAsync(submission.Body());
        Assert.True((string?)receipt["verdict"] == "accepted", receipt.ToJsonString());
    }

    // Between two equal answers of published totals, all other answers have the figures of these.
    private async Task<(int Comparisons, int Versions)> CompareUntilAsync(string unit, CancellationToken cancellationToken)
    {
        var (comparisons, versions) = (0, new HashSet<string>());
        while (!cancellationToken.IsCancellationRequested)
        {
            var before = await service.GetAsync($"/api/totals?{unit}");
            var overview = await service.GetAsync($"/api/overview?{unit}");
            var report = await service.GetAsync($"/api/report/2022?{unit.Replace("period=2022-07", "month=7", StringComparison.Ordinal)}");
            var total = before[0]!;
            var series = await service.GetAsync($"/api/series?{unit.Split('&')[0]}&indicator={(string)total["indicator"]!}&year=2022");
            if (!JsonNode.DeepEquals(before, await service.GetAsync($"/api/totals?{unit}")))
            {
                continue;
            }

            comparisons++;
            versions.Add(total["version"]!.ToJsonString());
            foreach (var each in before.AsArray())
            {
                AssertSame(each!, Of(each!, overview["indicators"]!.AsArray().Select(indicator => indicator!["row"]!)),
                    Of(each!, report["rows"]!.AsArray()!));
            }

            var month = series.AsArray().Single(point => (string?)point!["period"] == "2022-07")!;
            Assert.Equal((Text(total["month"]), Text(total["yearToDate"]), Text(total["state"])),
                (Text(month["month"]), Text(month["yearToDate"]), Text(month["state"])));
        }

        return (comparisons, versions.Count);
    }

    private static void AssertSame(JsonNode total, JsonNode overview, JsonNode report)
    {
        Assert.True(JsonNode.DeepEquals(overview, report), $"{overview}\n{report}");
        foreach (var (ofTotal, ofRow) in new[]
        {
            ("printed", "yearToDate"), ("growth", "growth"), ("reported", "reported"), ("expected", "expected"), ("state", "state"),
            ("gap", "gap"), ("colour", "colour"),
        })
        {
            Assert.Equal(Text(total[ofTotal]), Text(overview[ofRow]));
        }
    }

    private static JsonNode Of(JsonNode total, IEnumerable<JsonNode> rows) =>
        rows.Single(row => (string?)row["indicator"] == (string?)total["indicator"]);

    private static string? Text(JsonNode? node) => node?.ToJsonString();
}
