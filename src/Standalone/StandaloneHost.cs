using XilinIngest.Aggregator;
using XilinIngest.CatalogueFiles;
using XilinIngest.Hosting;
using XilinIngest.Messaging;
using XilinIngest.Worker;

namespace XilinIngest.Standalone;

/// <summary>The services composed into one web application.</summary>
internal static class StandaloneHost
{
    public static WebApplication Build(StandaloneOptions options, TimeProvider clock, Action<IServiceCollection>? more = null, params IEnumerable<IBusQueue> moreQueues)
    {
        Directory.CreateDirectory(options.DataFolder);

        // The command line is ours: the host must not read it a second time.
        var builder = ServiceHost.CreateBuilder().Serve(options.Listen);
        var services = builder.Services;
        services.AddSingleton(clock);
        services.AddCatalogue(options.CatalogueFolder);
        services.AddIngestWorker(options.Ledger, options.KeyPath);
        services.AddAggregator(options.Cube);
        services.AddInMemoryBus([.. WorkerRegistration.WorkerQueues, .. AggregatorRegistration.AggregatorQueues, .. moreQueues]);
        more?.Invoke(services);
        services.AddHealthChecks().AddIngestWorkerCheck().AddAggregatorCheck();

        var app = builder.BuildService();
        app.MapIngestWorker();
        app.MapAggregator();
        return app;
    }
}
