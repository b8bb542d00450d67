using System.Diagnostics;
using Xunit.Abstractions;

namespace XilinIngest.Dashboard.Tests.Viewers;

/// <summary>
/// How long a submission takes until everyone who has the overview open sees what it changed, and how long a first page takes in a browser.
/// In full: <c>dotnet test tests/Dashboard.Tests -c Release --filter suite=long --logger "console;verbosity=detailed"</c>, on a machine
/// that does nothing else.
/// </summary>
[Collection("site")]
public sealed class Many_viewers(DashboardSite site, ITestOutputHelper output)
{
    private const string Unit = "320404001000";
    private const string Indicator = "KEY_SERVICE_REVENUE";
    private static int _revision = 1;

    [Fact]
    public Task See_a_submission_in_small() =>
        MeasureAsync(viewers: 10, rounds: 2, half: TimeSpan.FromSeconds(5), most: TimeSpan.FromSeconds(5));

    [Fact, Trait("suite", "long")]
    public Task See_a_submission_within_half_a_second_and_never_after_more_than_two() =>
        MeasureAsync(viewers: 200, rounds: 20, half: TimeSpan.FromSeconds(0.5), most: TimeSpan.FromSeconds(2));

    private async Task MeasureAsync(int viewers, int rounds, TimeSpan half, TimeSpan most)
    {
        var open = new List<CircuitClient>();
        try
        {
            var opening = Stopwatch.GetTimestamp();
            foreach (var some in Enumerable.Range(0, viewers).Chunk(10))
            {
                open.AddRange(
                    await Task.WhenAll(some.Select(_ => CircuitClient.OpenAsync(new Uri(site.Address, $"/?unit={Unit}&period=2022-12")))));
            }

            await Task.WhenAll(open.Select(viewer => DrawnAsync(viewer)));
            output.WriteLine($"{viewers} viewers opened in {Stopwatch.GetElapsedTime(opening).TotalSeconds:N1} s");
            var times = new List<double>();
            var year = await site.GetJsonAsync($"/api/series?unit={Unit}&indicator={Indicator}&year=2022");
            var (before, sum) = ((decimal)year[11]!["month"]!, (decimal)year[11]!["yearToDate"]!);
            for (var round = 1; round <= rounds; round++)
            {
                // Ten million more each time, until it would be ten times the usual; then back.
                var more = round % 10 * 1_000;
                var shown = FormattableString.Invariant($"{(sum + more) / 10_000:0.00}亿元");
                var seen = open.ConvertAll(viewer => viewer.WaitForTextAsync(shown));
                var sent = Stopwatch.GetTimestamp();
                var answered =
                    (await site.SubmitAsync(
                        TestSubmissions.NewSubmission(Unit, "2022-12", TestSubmissions.Value(Indicator, before + more, "万元"))
                        .Set("revision", ++_revision).Set("submittedAt", "2023-01-12T10:00:00+08:00"))).ToJsonString();
                times.AddRange(await Task.WhenAll(seen.Select(async one =>
                {
                    await Task.WhenAny(one.WaitAsync(TimeSpan.FromSeconds(30)), Task.WhenAny(open.Select(viewer => viewer.Ended.Task)));
                    Assert.True(one.IsCompleted,
                        open.Find(viewer => viewer.Ended.Task.IsCompleted) is { } ended
                            ? await ended.Ended.Task : $"{shown} was not drawn: {answered}");
                    return Stopwatch.GetElapsedTime(sent).TotalMilliseconds;
                })));
                await Task.Delay(500);
            }

            Assert.DoesNotContain(open, viewer => viewer.Ended.Task.IsCompleted);
            times.Sort();
            output.WriteLine(
                $"from POST to drawn, {times.Count} times: p50 {times[times.Count / 2]:N0} ms, p99 {times[times.Count * 99 / 100]:N0} ms, "
                + $"most {times[^1]:N0} ms");
            Assert.True(times[times.Count / 2] < half.TotalMilliseconds, $"Half of the times were above {times[times.Count / 2]:N0} ms.");
            Assert.True(times[^1] < most.TotalMilliseconds, $"It took {times[^1]:N0} ms.");
        }
        finally
        {
            await Task.WhenAll(open.Select(viewer => viewer.DisposeAsync().AsTask()));
        }
    }

    private static async Task DrawnAsync(CircuitClient viewer)
    {
        for (var since = Stopwatch.StartNew(); viewer.Batches < 2; await Task.Delay(20))
        {
            Assert.True(since.Elapsed < TimeSpan.FromSeconds(60) && !viewer.Ended.Task.IsCompleted,
                viewer.Ended.Task.IsCompleted ? await viewer.Ended.Task : "Nothing was drawn.");
        }
    }
}
