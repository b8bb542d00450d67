using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace XilinIngest.Standalone.Tests;

/// <summary>The one-process service with metrics, traces and a log in JSON, watched by programs that others wrote.</summary>
public sealed partial class A_service_that_is_watched(WatchedService service) : IClassFixture<WatchedService>
{
    private static readonly string[] Suffixes = ["_bucket", "_sum", "_count"];

    // When a counter began, which a scrape in the format of OpenMetrics tells of each.
    private const string Created = "_created";

    [Fact]
    public async Task Is_scraped_by_Prometheus_under_the_names_of_the_page_and_holds_its_rules()
    {
        await SubmitAsync("2022-07", trace: null);
        using var prometheus = new PrometheusServer(service.Client.BaseAddress!);
        await InProcessService.EventuallyAsync(
            async () => await prometheus.GetAsync("/api/v1/query?query=sum(xilin_results_published_total)") is { } read
                && read["result"]!.AsArray().Count == 1
                && await prometheus.GetAsync("/api/v1/rules") is { } rules
                && rules["groups"]![0]!["rules"]!.AsArray().All(rule => (string)rule!["health"]! == "ok"),
            seconds: 30);

        var documented = NamesOfPage();
        var scraped = (await prometheus.GetAsync("/api/v1/label/__name__/values"))!.AsArray().Select(name => (string)name!)
            .Where(name => !name.EndsWith(Created, StringComparison.Ordinal)).Select(WithoutSuffix).ToHashSet();
        Assert.Empty(
            scraped.Where(name => name.StartsWith("xilin_", StringComparison.Ordinal)
                || name.StartsWith("messaging_", StringComparison.Ordinal)).Except(documented));
        Assert.Superset(
            documented.Where(name => name.StartsWith("dotnet_", StringComparison.Ordinal)).Append("http_server_request_duration_seconds")
                .Append("xilin_submissions_total").Append("xilin_commit_duration_seconds").Append("xilin_step_duration_seconds")
                .Append("xilin_ledger_writable").Append("xilin_bus_connected").Append("xilin_cube_active").Append("xilin_feed_viewers")
                .Append("xilin_alerts_standing").Append("xilin_notices_age_seconds").Append("xilin_results_lag_time_seconds").ToHashSet(),
            scraped);
        Assert.NotEqual(
            "0", Value(await prometheus.GetAsync("/api/v1/query?query=xilin_submissions_total{verdict=%22accepted%22}")) ?? "0");
    }

    [Fact]
    public async Task Follows_a_submission_from_the_request_of_its_sender_to_the_viewers_of_the_pages()
    {
        var trace = ActivityTraceId.CreateRandom().ToHexString();
        await SubmitAsync("2022-08", $"00-{trace}-{ActivitySpanId.CreateRandom().ToHexString()}-01");
        string[] spans =
        [
            "POST /api/submissions/", "commit", "publish accepted", "send xilin.accepted", "process xilin.aggregator", "step",
            "send xilin.results", "notify viewers",
        ];
        await InProcessService.EventuallyAsync(
            () => Task.FromResult(spans.All(span => service.Traces.NamesIn(trace).Contains($"xilin-standalone: {span}"))), seconds: 20);
        Assert.DoesNotContain(service.Traces.Spans, span => span.Name.Contains("/health", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Writes_an_event_of_several_lines_as_one_line_of_JSON()
    {
        service.Catalogue.Edit("rules.csv", text => text + "X1,no rule\nX2,no rule\n");
        await InProcessService.EventuallyAsync(
            () => Task.FromResult(service.Log.Contains("CatalogueSource", StringComparison.Ordinal)), seconds: 20);
        var line = JsonNode.Parse(service.Log.Split('\n').Single(line => line.Contains("CatalogueSource", StringComparison.Ordinal)))!;
        Assert.Equal("error", (string?)line["level"]);
        Assert.Equal("XilinIngest.CatalogueFiles.CatalogueSource", (string?)line["category"]);
        Assert.Contains('\n', (string)line["message"]!);
        Assert.Equal(service.Catalogue.Path, (string?)line["fields"]!["Folder"]);
        Assert.True(line["time"]!.GetValue<DateTimeOffset>() > DateTimeOffset.UnixEpoch);
    }

    private async Task SubmitAsync(string period, string? trace)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/submissions")
        {
            Content = TestSubmissions.NewSubmission(XilinSubmissions.Dongdai, period, XilinSubmissions.Visits(1)).Body(),
        };
        if (trace is not null)
        {
            request.Headers.Add("traceparent", trace);
        }

        using var answer = await service.Client.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    // The second column of the tables, which may hold several names.
    private static HashSet<string> NamesOfPage() => File.ReadLines(Path.Combine(RepositoryFiles.Root, "docs", "observability.md"))
        .Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('|')[2])
        .SelectMany(cell => Name().Matches(cell)).Select(match => match.Groups[1].Value).ToHashSet();

    private static string WithoutSuffix(string name) =>
        Suffixes.FirstOrDefault(suffix => name.EndsWith(suffix, StringComparison.Ordinal)) is { } found ? name[..^found.Length] : name;

    private static string? Value(JsonNode? read) => (string?)read?["result"]?.AsArray().SingleOrDefault()?["value"]![1];

    [GeneratedRegex("`([a-z_]+)`")]
    private static partial Regex Name();
}
