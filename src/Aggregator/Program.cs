using Microsoft.Extensions.DependencyInjection;
using XilinIngest.Aggregator.Publishing;
using XilinIngest.CatalogueFiles;
using XilinIngest.Hosting;
using XilinIngest.Hosting.Access;
using XilinIngest.Indicators;
using XilinIngest.Messaging;

namespace XilinIngest.Aggregator;

/// <summary>Runs an aggregator as its own process. A second one on the same cube stands by.</summary>
internal static class Program
{
    private const int DefaultPort = 5082;

    public static async Task<int> Main(string[] args)
    {
        if (ProgramVersion.PrintIfRequested(args))
        {
            return 0;
        }

        var builder = ServiceHost.CreateBuilder([.. args.Where(arg => arg != HealthProbe.Option)]);
        var settings = new StartupOptions(builder.Configuration);
        var console = settings.CreateConsole();
        if (args.Contains(HealthProbe.Option))
        {
            return await HealthProbe.RunAsync(console, settings, DefaultPort);
        }

        var (catalogue, access) = (settings.CatalogueFolder(), settings.Access());
        var cubes = settings.FindDatabases("Cube", catalogue);
        var queues = AggregatorRegistration.QueuesOf(catalogue is null ? [Partition.WholeTree] : PartitionFile.Read(catalogue)).ToList();
        var listen = settings.ReadListenEndpoint(DefaultPort, access);
        var library = settings.BusLibrary();
        var bus = await settings.ResolveBrokerAsync(queues, CancellationToken.None);
        if (settings.ReportFaults(console))
        {
            return 1;
        }

        builder.AddAccess(access);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddCatalogue(catalogue!);
        builder.Services.AddAggregator(cubes!.Of);
        builder.Services.AddRabbitBus(bus!, "xilin aggregator", library, queues);
        builder.Services.AddHealthChecks().AddAggregatorCheck();
        return await ServiceProgram.RunAsync(listen, (cubes!.Installation.Name, "ConnectionStrings__Cube"), builder, console,
            app => app.MapAggregator(),
            services => services.GetRequiredService<AggregatorService>().ExecuteTask?.Exception?.InnerException);
    }
}
