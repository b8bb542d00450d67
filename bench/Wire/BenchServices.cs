using System.Text.Json.Nodes;
using XilinIngest.InputOutput;

namespace XilinIngest.Bench.Wire;

/// <summary>A worker and an aggregator as separate processes, as an operator starts them.</summary>
/// <param name="folder">Where the databases are, and the catalogue.</param>
/// <param name="bus">The broker.</param>
/// <param name="settings">More settings, named as in the environment.</param>
internal sealed class BenchServices(string folder, Uri bus, params (string Name, string Value)[] settings) : IAsyncDisposable
{
    private readonly HttpClient _http = new(new ConnectionFaultHandler()) { Timeout = TimeSpan.FromSeconds(30) };
    private BenchProcess? _worker;
    private BenchProcess? _aggregator;

    public TimeSpan WorkerTime => _worker?.ProcessorTime ?? TimeSpan.Zero;

    public TimeSpan AggregatorTime => _aggregator?.ProcessorTime ?? TimeSpan.Zero;

    public async Task StartAggregatorAsync() => _aggregator = await StartAsync("Aggregator", "Cube", "cube.db");

    public async Task StartWorkerAsync() => _worker = await StartAsync("Ingest.Worker", "Ledger", "ledger.db");

    /// <summary>SIGSTOP: what it has in hand waits, and the rest stays at the broker.</summary>
    public void FreezeWorker() => _worker!.Signal("STOP");

    /// <summary>SIGCONT.</summary>
    public void ThawWorker() => _worker!.Signal("CONT");

    /// <summary>Returns when the aggregator has stored and published the results of a ledger row.</summary>
    public async Task WaitUntilAppliedAsync(long sequence)
    {
        while (await HealthAsync(_aggregator!.Address, "cube") is not { } words
            || !long.TryParse(words.Split(' ')[^1].TrimEnd('.'), out var through) || through < sequence)
        {
            await Task.Delay(2);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in new[] { _worker, _aggregator }.OfType<BenchProcess>())
        {
            await service.DisposeAsync();
        }

        _http.Dispose();
    }

    private Task<BenchProcess> StartAsync(string project, string store, string file) => BenchProcess.StartAsync(project,
        [("ConnectionStrings__Bus", bus.ToString()), ("Catalogue__Folder", Path.Combine(folder, "catalogue")),
            ($"ConnectionStrings__{store}", $"Data Source={Path.Combine(folder, file)}"), .. settings]);

    private async Task<string?> HealthAsync(Uri address, string check)
    {
        using var answer = await _http.GetAsync(new Uri(address, "/health/ready"));
        return (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync())?["checks"]?[check]?["description"];
    }
}
