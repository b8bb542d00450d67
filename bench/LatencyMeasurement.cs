using System.Collections.Concurrent;
using System.Diagnostics;

namespace XilinIngest.Bench;

/// <summary>Measures the time from a receipt to the publication of the results that include it, at a steady rate.</summary>
internal static class LatencyMeasurement
{
    public static async Task<(double P50, double P99)> MeasureAsync(
        ServicePipeline pipeline, IReadOnlyList<byte[]> bodies, int perSecond, int seconds)
    {
        var accepted = new ConcurrentDictionary<long, long>();
        var latencies = new List<double>();
        using var done = new CancellationTokenSource();
        pipeline.OnReceipt = receipt => accepted[receipt.Sequence] = Stopwatch.GetTimestamp();
        var watching = Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                var next = pipeline.Feed.NextPublication;
                await next.WaitAsync(done.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                var (now, through) = (Stopwatch.GetTimestamp(), pipeline.Host.AppliedThrough);
                foreach (var (sequence, at) in accepted.Where(pair => pair.Key <= through).ToList())
                {
                    accepted.TryRemove(sequence, out _);
                    latencies.Add(Stopwatch.GetElapsedTime(at, now).TotalMilliseconds);
                }
            }
        });

        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < Math.Min(bodies.Count, perSecond * seconds); i++)
        {
            var due = TimeSpan.FromSeconds((double)i / perSecond) - Stopwatch.GetElapsedTime(start);
            if (due > TimeSpan.Zero)
            {
                await Task.Delay(due);
            }

            await pipeline.SendAsync(bodies[i]);
        }

        await Task.Delay(2000);
        await done.CancelAsync();
        await watching;
        pipeline.OnReceipt = null;
        var ordered = latencies.Order().ToList();
        Console.WriteLine($"latency of {ordered.Count} submissions at {perSecond}/s; {accepted.Count} never published");
        return (ordered[ordered.Count / 2], ordered[(int)(ordered.Count * 0.99)]);
    }
}
