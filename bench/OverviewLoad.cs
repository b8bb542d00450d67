using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using XilinIngest.Indicators;

namespace XilinIngest.Bench;

/// <summary>
/// Measures <c>/api/overview</c> under many concurrent viewers, while the service is idle and while submissions arrive. Each viewer sends
/// its next request as soon as it has the response, so the latencies are those of a saturated service on this machine.
/// </summary>
internal sealed class OverviewLoad(string folder, BenchData data, int months, int viewers, int seconds, int perSecond)
{
    private static readonly Period First = new(2021, 1);

    private readonly Period _last = First.AddMonths(months - 1);
    private int _sent;

    public async Task RunAsync()
    {
        await using (var pipeline = await ServicePipeline.StartAsync(folder))
        {
            if (pipeline.Host.AppliedThrough == 0)
            {
                await LoadAsync(pipeline);
            }
        }

        var watch = Stopwatch.StartNew();
        await using var service = await StandaloneProcess.StartAsync(folder);
        Console.WriteLine(
            $"ready after {watch.Elapsed.TotalSeconds:N1} s, {service.WorkingSet >> 20} MB; {data.Enterprises.Count:N0} enterprises "
            + $"x {months} months; {viewers} viewers");
        using var handler = new SocketsHttpHandler { MaxConnectionsPerServer = viewers + 16 };
        using var http = new HttpClient(handler) { BaseAddress = service.Address, Timeout = TimeSpan.FromSeconds(60) };
        var paths = await PathsAsync(http);
        await ViewAsync(http, paths, TimeSpan.FromSeconds(2));

        await PrintAsync("idle", service, () => ViewAsync(http, paths, TimeSpan.FromSeconds(seconds)));
        using var sending = new CancellationTokenSource();
        var sender = SendAsync(http, sending.Token);
        await PrintAsync($"with up to {perSecond} submissions a second", service,
            () => ViewAsync(http, paths, TimeSpan.FromSeconds(seconds)));
        await sending.CancelAsync();
        Console.WriteLine(
            $"{await sender / (double)seconds:N0} submissions a second were accepted meanwhile; {service.WorkingSet >> 20} MB");
    }

    private async Task LoadAsync(ServicePipeline pipeline)
    {
        for (var m = 0; m < months; m++)
        {
            var period = First.AddMonths(m);
            var packs = Enumerable.Range(0, data.Enterprises.Count)
                .Select(e => data.Submission(e, period)).Chunk(50).Select(BenchData.Pack).ToList();
            await pipeline.RunAsync(packs, 50, inFlight: 5000);
            Console.WriteLine($"loaded {period}");
        }
    }

    // The overview of every unit with totals in the newest month, which viewers of the first page request.
    private async Task<List<string>> PathsAsync(HttpClient http)
    {
        using var units = JsonDocument.Parse(await http.GetStringAsync($"/api/units?period={_last}"));
        return [.. units.RootElement.EnumerateArray().Where(unit => unit.GetProperty("kind").GetString() != "Enterprise")
            .Select(unit => $"/api/overview?unit={unit.GetProperty("code").GetString()}&period={_last}")];
    }

    private async Task<IReadOnlyCollection<double>> ViewAsync(HttpClient http, List<string> paths, TimeSpan duration)
    {
        var latencies = new ConcurrentBag<double>();
        var start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, viewers).Select(async viewer =>
        {
            for (var i = viewer; Stopwatch.GetElapsedTime(start) < duration; i++)
            {
                var asked = Stopwatch.GetTimestamp();
                using var response = await http.GetAsync(paths[i % paths.Count]);
                response.EnsureSuccessStatusCode();
                await response.Content.ReadAsByteArrayAsync();
                latencies.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
            }
        }));
        return latencies;
    }

    // Sends revisions of the newest month, one after the other at a bounded rate.
    private async Task<int> SendAsync(HttpClient http, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();

        // The revision differs from that of an earlier run on the same folder, which would be a resend. The maximum is 9999.
        var revision = 2 + (int)(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 60 % 9_000);
        try
        {
            while (_sent < data.Enterprises.Count)
            {
                var due = TimeSpan.FromSeconds((double)_sent / perSecond) - Stopwatch.GetElapsedTime(start);
                if (due > TimeSpan.Zero)
                {
                    await Task.Delay(due, cancellationToken);
                }

                await StandaloneProcess.SubmitAsync(http, data.Submission(_sent, _last, revision), cancellationToken);
                _sent++;
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The measurement is over.
        }

        return _sent;
    }

    private static async Task PrintAsync(string what, StandaloneProcess service, Func<Task<IReadOnlyCollection<double>>> view)
    {
        var (start, processor) = (Stopwatch.GetTimestamp(), service.ProcessorTime);
        var latencies = (await view()).Order().ToList();
        var elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var perRequest = (service.ProcessorTime - processor).TotalMilliseconds / latencies.Count;
        Console.WriteLine(
            $"{what}: {latencies.Count / elapsed:N0} overviews/s, p50 {latencies[latencies.Count / 2]:N0} ms, "
            + $"p99 {latencies[(int)(latencies.Count * 0.99)]:N0} ms, "
            + $"{perRequest:N2} ms of the service's processor time each");
    }
}
