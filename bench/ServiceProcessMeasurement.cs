using System.Diagnostics;

namespace XilinIngest.Bench;

/// <summary>
/// Measures the service as a process of its own on the loaded folder: the time until it is ready, and its memory when idle after work.
/// </summary>
internal static class ServiceProcessMeasurement
{
    public static async Task<(TimeSpan Start, long WorkingSet)> MeasureAsync(string folder, IReadOnlyList<byte[]> bodies)
    {
        var watch = Stopwatch.StartNew();
        await using var service = await StandaloneProcess.StartAsync(folder);
        var start = watch.Elapsed;
        using var http = new HttpClient { BaseAddress = service.Address };
        foreach (var body in bodies)
        {
            await StandaloneProcess.SubmitAsync(http, body);
        }

        // An idle service gives back what the load has left.
        await Task.Delay(TimeSpan.FromSeconds(6));
        return (start, service.WorkingSet);
    }
}
