namespace XilinIngest.Standalone.Tests;

/// <summary>The built program, asked for metrics, for JSON in its log, and for traces, which a receiver of the test takes.</summary>
#pragma warning disable CA1001 // xunit disposes of it through IAsyncLifetime.
public sealed class WatchedService : IAsyncLifetime
#pragma warning restore CA1001
{
    private readonly TestFolder _data = new();
    private readonly ServiceDataFolder _catalogue = new();
    private StandaloneProcess _process = null!;

    internal HttpClient Client { get; } = new();

    internal TraceReceiver Traces { get; private set; } = null!;

    internal TestFolder Catalogue => _catalogue.CatalogueFolder;

    internal string Log => _process.Output;

    public async Task InitializeAsync()
    {
        Traces = await TraceReceiver.StartAsync();
        _process = new StandaloneProcess(
            ["env", "Metrics__Prometheus=true", "Logs__Format=json",
                .. Traces.Settings.Select(setting => $"{setting.Name}={setting.Value}")],
            ["--data", _data.Path, "--catalogue", _catalogue.Catalogue, "--port", "0", "--lang", "en"]);
        Client.BaseAddress = await _process.ServingAsync();
    }

    public async Task DisposeAsync()
    {
        _process.Dispose();
        Client.Dispose();
        await Traces.DisposeAsync();
        _data.Dispose();
        _catalogue.Dispose();
    }
}
