using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using XilinIngest.CatalogueFiles;
using XilinIngest.Hosting;
using XilinIngest.Hosting.Access;
using XilinIngest.Messaging;
using XilinIngest.Worker.Intake;
using XilinIngest.Worker.Ledger;
using XilinIngest.Worker.Ledger.Witnessing;

namespace XilinIngest.Worker;

/// <summary>Runs a worker as its own process. Any number of workers share an intake and a ledger.</summary>
internal static class Program
{
    private const int DefaultPort = 5081;

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
        var ledgers = settings.FindDatabases("Ledger", catalogue);
        var listen = settings.ReadListenEndpoint(DefaultPort, access);
        var binding = settings.IntakeBinding(catalogue);
        var key = settings.SigningKeyPath(ledgers?.Installation);
        var (origin, areTilesPublic, witnesses) = (settings.LedgerOrigin(), settings.AreTilesPublic(), settings.WitnessPolicy());
        var intake = new IntakeOptions();
        intake = intake with { BytesPerHour = settings.BytesPerHour(intake.BytesPerHour) };
        var library = settings.BusLibrary();
        var bus = await settings.ResolveBrokerAsync(WorkerRegistration.QueuesFor(binding), CancellationToken.None);
        if (settings.ReportFaults(console))
        {
            return 1;
        }

        builder.AddAccess(access);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddCatalogue(catalogue!);
        builder.Services.AddIngestWorker(ledgers!, new SigningKey(key!, origin), intake, witnesses);
        builder.Services.AddRabbitBus(bus!, "xilin worker", library, WorkerRegistration.QueuesFor(binding));
        builder.Services.AddBrokerProbe();
        builder.Services.AddHealthChecks().AddIngestWorkerCheck(witnesses);
        var left = binding != "#" && await bus!.HasQueueAsync(WorkerRegistration.WholeIntakeQueue, CancellationToken.None);
        return await ServiceProgram.RunAsync(listen, (ledgers!.Installation.Name, "ConnectionStrings__Ledger"), builder, console,
            app =>
            {
                app.MapIngestWorker(areTilesPublic);
                if (left)
                {
                    WarnAboutWholeIntake(app.Logger, binding);
                }
            },
            services => services.GetRequiredService<LedgerWriters>().ExecuteTask?.Exception?.InnerException);
    }

    private static void WarnAboutWholeIntake(ILogger logger, string binding) => logger.LogWarning(
        "This worker is bound to {Binding} alone, and the broker still has the queue {Queue}, which gets a copy of every submission. If "
        + "no worker bound to # reads it, it fills until the broker refuses the submissions of all offices. Drain it and delete it "
        + "(rabbitmqctl delete_queue; deploy/rabbitmq/README.md).",
        binding, WorkerRegistration.WholeIntakeQueue);
}
