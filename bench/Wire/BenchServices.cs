using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using XilinIngest.InputOutput;

namespace XilinIngest.Bench.Wire;

/// <summary>A worker and an aggregator as separate processes, as an operator starts them.</summary>
internal sealed class BenchServices(string folder, Uri bus) : IAsyncDisposable
{
    private readonly HttpClient _http = new(new ConnectionFaultHandler()) { Timeout = TimeSpan.FromSeconds(30) };
    private (Process Process, Uri Address)? _worker;
    private (Process Process, Uri Address)? _aggregator;

    public TimeSpan WorkerTime => Time(_worker);

    public TimeSpan AggregatorTime => Time(_aggregator);

    public async Task StartAggregatorAsync() =>
        _aggregator =
        await StartAsync("XilinIngest.Aggregator.dll", ("ConnectionStrings__Cube", $"Data Source={Path.Combine(folder, "cube.db")}"));

    public async Task StartWorkerAsync() =>
        _worker = await StartAsync("XilinIngest.Ingest.Worker.dll",
            ("ConnectionStrings__Ledger", $"Data Source={Path.Combine(folder, "ledger.db")}"));

    /// <summary>SIGSTOP: what it has in hand waits, and the rest stays at the broker.</summary>
    public void FreezeWorker() => Signal(_worker!.Value.Process, "STOP");

    /// <summary>SIGCONT.</summary>
    public void ThawWorker() => Signal(_worker!.Value.Process, "CONT");

    /// <summary>Returns when the aggregator has stored and published the results of a ledger row.</summary>
    public async Task WaitUntilAppliedAsync(long sequence)
    {
        while (await HealthAsync(_aggregator!.Value.Address, "cube") is not { } words
            || !long.TryParse(words.Split(' ')[^1].TrimEnd('.'), out var through) || through < sequence)
        {
            await Task.Delay(2);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(_worker);
        await StopAsync(_aggregator);
        _http.Dispose();
    }

    private async Task<(Process Process, Uri Address)> StartAsync(string program, (string Name, string Value) store)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, program)]) { RedirectStandardOutput = true };
        start.Environment["ConnectionStrings__Bus"] = bus.ToString();
        start.Environment["Catalogue__Folder"] = Path.Combine(folder, "catalogue");
        start.Environment["Http__Port"] = $"{address.Port}";

        // One office sends everything.
        start.Environment["Intake__BytesPerHour"] = $"{long.MaxValue}";
        start.Environment[store.Name] = store.Value;
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) =>
        {
            // Only errors are printed, without routine messages and without those on a service that is not ready yet.
            if (line.Data is { } text && !text.Contains("HealthCheck", StringComparison.Ordinal)
                && (text.Contains("fail:", StringComparison.Ordinal) || text.Contains("crit:", StringComparison.Ordinal)))
            {
                Console.Error.WriteLine(text);
            }
        };
        process.BeginOutputReadLine();
        while (!await IsReadyAsync(address))
        {
            if (process.HasExited)
            {
                throw new InvalidOperationException($"{program} ended with {process.ExitCode} before it was ready.");
            }

            await Task.Delay(20);
        }

        return (process, address);
    }

    private async Task<bool> IsReadyAsync(Uri address)
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri(address, "/health/ready"));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false; // The service is not listening yet.
        }
    }

    private async Task<string?> HealthAsync(Uri address, string check)
    {
        using var answer = await _http.GetAsync(new Uri(address, "/health/ready"));
        return (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync())?["checks"]?[check]?["description"];
    }

    private static void Signal(Process process, string signal)
    {
        using var kill = Process.Start("/bin/kill", ["-s", signal, $"{process.Id}"]);
        kill.WaitForExit();
    }

    private static async Task StopAsync((Process Process, Uri Address)? service)
    {
        if (service is { Process: var process })
        {
            Signal(process, "TERM");
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }

    private static TimeSpan Time((Process Process, Uri Address)? service)
    {
        service?.Process.Refresh();
        return service?.Process.TotalProcessorTime ?? TimeSpan.Zero;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
