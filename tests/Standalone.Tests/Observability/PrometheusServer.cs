using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace XilinIngest.Standalone.Tests;

/// <summary>A real Prometheus that scrapes one service and evaluates the rules of deploy/observability.</summary>
internal sealed class PrometheusServer : IDisposable
{
    private static readonly string Rules = Path.Combine(RepositoryFiles.Root, "deploy", "observability", "xilin.rules.yml");
    private readonly TestFolder _folder = new();
    private readonly Process _process;
    private readonly HttpClient _client = new();

    internal PrometheusServer(Uri service)
    {
        var port = FreePort();
        File.WriteAllText(_folder.In("prometheus.yml"),
            $"""
            global: {"{ scrape_interval: 1s, evaluation_interval: 1s }"}
            rule_files: [{Rules}]
            scrape_configs:
              - job_name: xilin
                static_configs:
                  - targets: ["{service.Authority}"]
            """);
        var start = new ProcessStartInfo(
            "prometheus",
            [$"--config.file={_folder.In("prometheus.yml")}", $"--storage.tsdb.path={_folder.In("data")}",
                $"--web.listen-address=127.0.0.1:{port}", "--log.level=error"])
        {
            RedirectStandardError = true,
        };
        _process = Process.Start(start)
            ?? throw new InvalidOperationException("prometheus cannot be started: apt-get install prometheus (as root).");
        _client.BaseAddress = new Uri($"http://127.0.0.1:{port}");
    }

    /// <summary>What it answers; null: it does not answer yet.</summary>
    internal async Task<JsonNode?> GetAsync(string path)
    {
        try
        {
            return JsonNode.Parse(await _client.GetStringAsync(path))!["data"];
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _client.Dispose();
        _folder.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
