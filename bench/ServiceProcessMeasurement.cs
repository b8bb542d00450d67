using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace XilinIngest.Bench;

/// <summary>The service as a process of its own on the loaded folder: how long until it is ready, and what it occupies once it has worked.</summary>
internal static class ServiceProcessMeasurement
{
    public static async Task<(TimeSpan Start, long WorkingSet)> MeasureAsync(string folder, IReadOnlyList<byte[]> bodies)
    {
        var address = $"http://127.0.0.1:{FreePort()}";
        var watch = Stopwatch.StartNew();
        using var service = Process.Start(new ProcessStartInfo("dotnet")
        {
            ArgumentList =
            {
                Path.Combine(AppContext.BaseDirectory, "XilinIngest.Standalone.dll"), "--data", Path.Combine(folder, "data"),
                "--catalogue", Path.Combine(folder, "catalogue"), "--port", address.Split(':')[^1],
            },
            RedirectStandardOutput = true,
        })!;
        try
        {
            service.OutputDataReceived += (_, _) => { };
            service.BeginOutputReadLine();
            using var http = new HttpClient { BaseAddress = new Uri(address) };
            while (!await IsReady(http))
            {
                ObjectDisposedException.ThrowIf(service.HasExited, typeof(Process));
                await Task.Delay(20);
            }

            var start = watch.Elapsed;
            foreach (var body in bodies)
            {
                using var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
                using var answer = await http.PostAsync("/api/submissions", content);
                answer.EnsureSuccessStatusCode();
            }

            service.Refresh();
            return (start, service.WorkingSet64);
        }
        finally
        {
            service.Kill();
            await service.WaitForExitAsync();
        }
    }

    private static async Task<bool> IsReady(HttpClient http)
    {
        try
        {
            using var answer = await http.GetAsync("/health/ready");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            // Not listening yet.
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
