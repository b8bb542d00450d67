using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using XilinIngest.Aggregator;
using XilinIngest.Aggregator.Alerts;
using XilinIngest.CatalogueFiles;
using XilinIngest.Dashboard;
using XilinIngest.Dashboard.Data;
using XilinIngest.Hosting;
using XilinIngest.Hosting.Access;
using XilinIngest.InputOutput;
using XilinIngest.Messaging;
using XilinIngest.Notifier;
using XilinIngest.Notifier.Events;
using XilinIngest.Notifier.Reminders;
using XilinIngest.Worker;
using XilinIngest.Worker.Ledger;

namespace XilinIngest.Standalone;

/// <summary>The services composed into one web application.</summary>
internal static class StandaloneHost
{
    public static WebApplication Build(StandaloneOptions options, TimeProvider clock, Action<IServiceCollection>? configureServices =
        null, params IEnumerable<IBusQueue> additionalQueues)
    {
        PrivateFiles.CreateFolder(options.DataFolder);

        // The command line is parsed by the program; the host must not read it as settings.
        var builder = ServiceHost.CreateBuilder().ListenOn(options.Endpoint.EndPoint).AddAccess(options.Access, hasPages: true);
        var services = builder.Services;

        // Does nothing unless Windows started the process as a service (deploy/windows).
        services.AddWindowsService(service => service.ServiceName = "XilinIngest");
        services.AddSingleton(clock);
        services.AddCatalogue(options.CatalogueFolder);
        services.AddIngestWorker(options.Ledgers, new SigningKey(options.KeyPath, options.LedgerOrigin), options.Intake, options.Witnesses);
        services.AddAggregator(options.Cubes.Of);
        services.AddSingleton<IAlertHistory, CubeAlertHistory>().AddSingleton<IMonthCompleteness, CubeMonthCompleteness>();
        services.AddNotifier(options.Notices, options.Channels, options.NoticeRetention, options.PagesAddress);
        services.AddSingleton<IAlertTasks, NotifierAlertTasks>();
        services.AddInMemoryBus(
        [
            .. WorkerRegistration.WorkerQueues, .. AggregatorRegistration.AggregatorQueues, .. NotifierRegistration.NotifierQueues,
            .. additionalQueues,
        ]);
        if (options.Backup is { } backup)
        {
            services.AddDailyBackup(
                backup, provider => options.CreateBackupSource(provider.GetRequiredService<CatalogueSource>().Current.Partitions.All));
        }

        builder.AddDashboard(CreateOwnAddress, options.Letterhead, options.Embed);
        configureServices?.Invoke(services);
        services.AddHealthChecks().AddIngestWorkerCheck(options.Witnesses).AddAggregatorCheck().AddNotifierCheck();

        var app = builder.BuildService(hasPages: true);
        app.MapIngestWorker(options.AreTilesPublic);
        app.MapAggregator();
        app.MapNotifier();
        app.MapDashboard(typeof(StandaloneHost).Assembly);
        return app;
    }

    // The pages use the API over loopback, even if the service listens on every interface.
    private static ServiceAddresses CreateOwnAddress(IServiceProvider services)
    {
        var own = new Lazy<IReadOnlyList<Uri>>(
            () => [new Uri(services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()
            .Replace("//0.0.0.0:", "//127.0.0.1:", StringComparison.Ordinal).Replace("//[::]:", "//[::1]:", StringComparison.Ordinal))]);
        return new(_ => own.Value);
    }
}
