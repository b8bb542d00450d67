using Microsoft.Extensions.DependencyInjection;
using XilinIngest.CatalogueFiles;
using XilinIngest.Hosting;
using XilinIngest.Messaging;
using XilinIngest.Worker.Ledger;

namespace XilinIngest.Worker;

/// <summary>A worker as a process of its own; any number of them share an intake and a ledger.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        var builder = ServiceHost.CreateBuilder(args);
        var settings = new HostSettings(builder.Configuration);
        var say = settings.Say();
        var (ledger, catalogue, binding, port) = (settings.Database("Ledger"), settings.Catalogue(), settings.Binding(), settings.Port(5081));
        var bus = await settings.BusAsync(CancellationToken.None);
        if (settings.Fail(say))
        {
            return 1;
        }

        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddCatalogue(catalogue!);
        builder.Services.AddIngestWorker(ledger!, Path.Combine(Path.GetDirectoryName(ledger)!, "ledger-key.pem"));
        builder.Services.AddRabbitBus(bus!, "xilin worker", WorkerRegistration.QueuesFor(binding));
        builder.Services.AddHealthChecks().AddIngestWorkerCheck();
        return await ServiceProgram.RunAsync(port, (ledger!, "ConnectionStrings__Ledger"), builder, say,
            app => app.MapIngestWorker(), services => services.GetRequiredService<LedgerWriter>().ExecuteTask?.Exception?.InnerException);
    }
}
