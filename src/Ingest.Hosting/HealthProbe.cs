using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using XilinIngest.Hosting.Access;

namespace XilinIngest.Hosting;

/// <summary>Asks the service on this machine how it is: for containers without a shell, and for whoever watches it.</summary>
public static class HealthProbe
{
    /// <summary>On the command line, in place of serving.</summary>
    public const string Option = "--probe";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>As <see cref="RunAsync(ServiceConsole, IPEndPoint)"/>, where the settings say that the service listens.</summary>
    public static Task<int> RunAsync(ServiceConsole console, StartupOptions settings, int usualPort)
    {
        var listen = settings.ReadListenEndpoint(usualPort, settings.Access());
        return settings.ReportFaults(console) ? Task.FromResult(1) : RunAsync(console, listen.EndPoint);
    }

    /// <summary>Asks <c>/health/ready</c>, and prints what it says in one line. Degraded is healthy: a standby waits, and a gap heals by itself.</summary>
    /// <param name="console">Prints it.</param>
    /// <param name="end">Where the service listens.</param>
    /// <returns>0: healthy; 1: not, or it does not answer.</returns>
    public static async Task<int> RunAsync(ServiceConsole console, IPEndPoint end)
    {
        if (end.Port == 0)
        {
            return console.Fail("端口为 0 时无法得知服务的实际端口。请为服务和检查指定同一个端口。", "With port 0, no one knows where the service listens. Give the service and the probe the same port.");
        }

        // Any address is also this machine's own. No proxy that the environment may name stands between.
        var host = end.Address.Equals(IPAddress.Any) ? IPAddress.Loopback : end.Address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : end.Address;
        var url = new Uri($"http://{new IPEndPoint(host, end.Port)}/health/ready");
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = Timeout };
        try
        {
            using var answer = await client.GetAsync(url);
            var said = Summary(await answer.Content.ReadAsStringAsync());
            if (answer.IsSuccessStatusCode)
            {
                Console.WriteLine(said);
                return 0;
            }

            return console.Fail($"{url}:{(int)answer.StatusCode} {said}", $"{url}: {(int)answer.StatusCode} {said}");
        }
        catch (Exception exception) when (exception is HttpRequestException or SocketException or OperationCanceledException)
        {
            return console.Fail($"{url} 没有应答:{exception.Message}", $"{url} does not answer: {exception.Message}");
        }
    }

    // What is not healthy, by name; a line, whatever the service wrote.
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
