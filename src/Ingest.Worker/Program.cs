using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using XilinIngest.CatalogueFiles;
using XilinIngest.Hosting;
using XilinIngest.Hosting.Access;
using XilinIngest.Messaging;
using XilinIngest.Worker.Ledger;
using XilinIngest.Worker.Submissions.Intake;

namespace XilinIngest.Worker;

/// <summary>A worker as a process of its own; any number of them share an intake and a ledger.</summary>
internal static class Program
{
    private const int UsualPort = 5081;

    public static async Task<int> Main(string[] args)
    {
        var builder = ServiceHost.CreateBuilder([.. args.Where(arg => arg != Probe.Option)]);
        var settings = new HostSettings(builder.Configuration);
        var say = settings.Say();
        if (args.Contains(Probe.Option))
        {
            return await Probe.RunAsync(say, settings, UsualPort);
        }

        var (ledger, catalogue, access) = (settings.Database("Ledger"), settings.Catalogue(), settings.Access());
        var listen = settings.Listen(UsualPort, access);
        var binding = settings.Binding(catalogue);
        var key = settings.KeyFile(ledger);
        var intake = new IntakeOptions();
        intake = intake with { BytesPerHour = settings.BytesPerHour(intake.BytesPerHour) };
        var bus = await settings.BusAsync(WorkerRegistration.QueuesFor(binding), CancellationToken.None);
        if (settings.Fail(say))
        {
            return 1;
        }

        builder.AddAccess(access);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddCatalogue(catalogue!);
        builder.Services.AddIngestWorker(ledger!, key!, intake);
        builder.Services.AddRabbitBus(bus!, "xilin worker", WorkerRegistration.QueuesFor(binding));
        builder.Services.AddLineProbe();
        builder.Services.AddHealthChecks().AddIngestWorkerCheck();
        var left = binding != "#" && await bus!.HasQueueAsync(WorkerRegistration.WholeIntake, CancellationToken.None);
        return await ServiceProgram.RunAsync(listen, (ledger!.Name, "ConnectionStrings__Ledger"), builder, say,
            app =>
            {
                app.MapIngestWorker();
                if (left)
                {
                    WarnOfWholeIntake(app.Logger, binding);
                }
            },
            services => services.GetRequiredService<LedgerWriter>().ExecuteTask?.Exception?.InnerException);
    }

    private static void WarnOfWholeIntake(ILogger logger, string binding) => logger.LogWarning(
        "This worker takes {Binding} alone, and the broker still has the queue {Queue}, which gets a copy of every submission. Where no worker of # reads it any more, it fills until it refuses those of all offices: delete it once it is drained (rabbitmqctl delete_queue; deploy/rabbitmq/README.md).",
        binding, WorkerRegistration.WholeIntake);
}
