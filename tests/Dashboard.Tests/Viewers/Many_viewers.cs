using System.Diagnostics;
using System.Text.Json.Nodes;
using Xunit.Abstractions;

namespace XilinIngest.Dashboard.Tests.Viewers;

/// <summary>
/// How long a submission takes until everyone who has the overview open sees what it changed, and how long a first page takes in a browser.
/// In full: <c>dotnet test tests/Dashboard.Tests -c Release --filter suite=long --logger "console;verbosity=detailed"</c>, on a machine that does nothing else.
/// </summary>
public sealed class Many_viewers(ITestOutputHelper output)
{
    private const string Page = "/?unit=320404004000&period=2022-12";

    [Fact]
    public Task See_a_submission_in_small() => MeasureAsync(viewers: 10, rounds: 2, most: TimeSpan.FromSeconds(5));

    [Fact, Trait("suite", "long")]
    public Task See_a_submission_within_two_seconds() => MeasureAsync(viewers: 200, rounds: 10, most: TimeSpan.FromSeconds(2));

    private async Task MeasureAsync(int viewers, int rounds, TimeSpan most)
    {
        await using var service = await RunningService.StartAsync(sample: true);
        using var http = new HttpClient { BaseAddress = service.Address };
        var open = new List<Viewer>();
        try
        {
            var opening = Stopwatch.GetTimestamp();
            foreach (var some in Enumerable.Range(0, viewers).Chunk(10))
            {
                open.AddRange(await Task.WhenAll(some.Select(_ => Viewer.OpenAsync(new Uri(service.Address, Page)))));
            }

            await Task.WhenAll(open.Select(viewer => DrawnAsync(viewer)));
            output.WriteLine($"{viewers} viewers opened in {Stopwatch.GetElapsedTime(opening).TotalSeconds:N1} s");
            var times = new List<double>();
            var before = (decimal)JsonNode.Parse(await http.GetStringAsync("/api/series?unit=320404004000&indicator=PUBLIC_BUDGET_REVENUE&year=2022"))![11]!["month"]!;
            for (var round = 1; round <= rounds; round++)
            {
                // Half a hundred million more, and back.
                var (more, shown) = round % 2 == 1 ? (5_000, "2.3亿元") : (0, "1.8亿元");
                var seen = open.ConvertAll(viewer => viewer.SeesAsync(shown));
                var sent = Stopwatch.GetTimestamp();
                var sheet = Sheet.Of("320404004000", "2022-12", Sheet.Value("PUBLIC_BUDGET_REVENUE", before + more, "万元")).Set("revision", round + 1).Set("submittedAt", "2023-01-12T10:00:00+08:00");
                using var body = new StringContent(sheet.ToJsonString(), System.Text.Encoding.UTF8, "application/json");
                using var answer = await http.PostAsync("/api/submissions", body);
                var answered = await answer.Content.ReadAsStringAsync();
                times.AddRange(await Task.WhenAll(seen.Select(async one =>
                {
                    await Task.WhenAny(one.WaitAsync(TimeSpan.FromSeconds(30)), Task.WhenAny(open.Select(viewer => viewer.Ended.Task)));
                    Assert.True(one.IsCompleted, open.Find(viewer => viewer.Ended.Task.IsCompleted) is { } ended ? await ended.Ended.Task : $"{shown} was not drawn: {answered}");
                    return Stopwatch.GetElapsedTime(sent).TotalMilliseconds;
                })));
                await Task.Delay(500);
            }

            Assert.DoesNotContain(open, viewer => viewer.Ended.Task.IsCompleted);
            times.Sort();
            output.WriteLine($"from POST to drawn, {times.Count} times: p50 {times[times.Count / 2]:N0} ms, p99 {times[times.Count * 99 / 100]:N0} ms, most {times[^1]:N0} ms");
            Assert.True(times[^1] < most.TotalMilliseconds, $"It took {times[^1]:N0} ms.");
        }
        finally
        {
            await Task.WhenAll(open.Select(viewer => viewer.DisposeAsync().AsTask()));
        }
    }

    private static async Task DrawnAsync(Viewer viewer)
    {
        for (var since = Stopwatch.StartNew(); viewer.Batches < 2; await Task.Delay(20))
        {
            Assert.True(since.Elapsed < TimeSpan.FromSeconds(60) && !viewer.Ended.Task.IsCompleted, viewer.Ended.Task.IsCompleted ? await viewer.Ended.Task : "Nothing was drawn.");
        }
    }
}
