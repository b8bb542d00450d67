using System.Net;
using System.Text.Json.Nodes;
using XilinIngest.Hosting.Access;
using XilinIngest.InputOutput;

namespace XilinIngest.Hosting;

/// <summary>Requests the health of the service on this machine: for containers without a shell, and for monitoring.</summary>
public static class HealthProbe
{
    /// <summary>The command line option that probes instead of serving.</summary>
    public const string Option = "--probe";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>Probes the address and port of the settings.</summary>
    public static Task<int> RunAsync(ServiceConsole console, StartupOptions settings, int usualPort)
    {
        var listen = settings.ReadListenEndpoint(usualPort, settings.Access());
        return settings.ReportFaults(console) ? Task.FromResult(1) : RunAsync(console, listen.EndPoint);
    }

    /// <summary>
    /// Requests <c>/health/ready</c> and prints the report in one line. Degraded counts as healthy: a standby waits, and missing rows are
    /// requested again.
    /// </summary>
    /// <param name="console">Prints the report.</param>
    /// <param name="end">Where the service listens.</param>
    /// <returns>0: healthy; 1: unhealthy, or no response.</returns>
    public static async Task<int> RunAsync(ServiceConsole console, IPEndPoint end)
    {
        if (end.Port == 0)
        {
            return console.Fail("端口为 0 时无法得知服务的实际端口。请为服务和检查指定同一个端口。",
                "With port 0, no one knows where the service listens. Give the service and the probe the same port.");
        }

        // An unspecified address is probed over loopback. A proxy that the environment names is not used.
        var host = end.Address.Equals(IPAddress.Any)
            ? IPAddress.Loopback : end.Address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : end.Address;
        var url = new Uri($"http://{new IPEndPoint(host, end.Port)}/health/ready");
        using var client = new HttpClient(new ConnectionFaultHandler(new SocketsHttpHandler { UseProxy = false })) { Timeout = Timeout };
        try
        {
            using var answer = await client.GetAsync(url);
            var said = Summary(await answer.Content.ReadAsStringAsync());
            if (answer.IsSuccessStatusCode)
            {
                Console.WriteLine(said);
                return 0;
            }

            return console.Fail($"{url}：{(int)answer.StatusCode} {said}", $"{url}: {(int)answer.StatusCode} {said}");
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            return console.Fail($"{url} 没有应答：{exception.Message}", $"{url} does not answer: {exception.Message}");
        }
    }

    // The unhealthy checks by name, on one line even if the service sent several.
    private static string Summary(string body)
    {
        try
        {
            var health = JsonNode.Parse(body)?.AsObject();
            var faults = (health?["checks"]?.AsObject() ?? []).Where(check => (string?)check.Value?["status"] != "Healthy")
                .Select(check => $"{check.Key}: {check.Value?["description"]}".ReplaceLineEndings(" "));
            return $"{health?["status"]}{(string.Join(" | ", faults) is { Length: > 0 } told ? $" – {told}" : "")}";
        }
        catch (Exception exception) when (exception is System.Text.Json.JsonException or InvalidOperationException)
        {
            return "(no health report)";
        }
    }
}
