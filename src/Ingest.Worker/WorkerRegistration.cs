using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using XilinIngest.CatalogueFiles;
using XilinIngest.Contracts;
using XilinIngest.Messaging;
using XilinIngest.Storage;
using XilinIngest.Worker.Ledger;
using XilinIngest.Worker.Ledger.Merkle;
using XilinIngest.Worker.Ledger.Verification;
using XilinIngest.Worker.Intake;

namespace XilinIngest.Worker;

/// <summary>The worker as a part of a host.</summary>
public static class WorkerRegistration
{
    /// <summary>
    /// The queues the worker reads. The intake's concurrency bounds a commit group of single submissions; the in-memory transport
    /// wakes as many tasks for every message, so more is not better.
    /// </summary>
    public static IEnumerable<IBusQueue> WorkerQueues => QueuesFor("#");

    /// <summary>The intake of the whole tree; those of subtrees are called after it, with a dot and the path.</summary>
    public const string WholeIntakeQueue = "xilin.worker.intake";

    private const string StartupLease = "ledger-startup";
    private const string MigrationFolder = ".Ledger.Migrations.";

    /// <summary>As <see cref="WorkerQueues"/>, for a part of the tree.</summary>
    /// <param name="binding">A topic pattern, such as <c>32.04.04.004.#</c>. The intake of each part is a queue of its own: on one queue, bindings add up.</param>
    public static IEnumerable<IBusQueue> QueuesFor(string binding) =>
    [
        new BusQueue<SubmissionConsumer>(binding == "#" ? WholeIntakeQueue : $"{WholeIntakeQueue}.{binding[..^2]}", Exchanges.Intake, Concurrency: 128) { Binding = binding, Prefetch = 500 },
        new BusQueue<ReplayConsumer>("xilin.worker.replay", Exchanges.Replay, Concurrency: 1) { Prefetch = 1 },
    ];

    /// <summary>Brings a ledger's tables up to date, which takes the right to make them.</summary>
    /// <returns>The scripts that were run.</returns>
    /// <exception cref="InvalidOperationException">A script failed, or the ledger was written by a newer version, or it is none.</exception>
    public static IReadOnlyList<string> Migrate(Database ledger, ILogger logger)
    {
        using var alone = ledger.AcquireLease(StartupLease);
        return Migrator.Migrate(ledger, typeof(WorkerRegistration).Assembly, MigrationFolder, logger);
    }

    /// <summary>Sees that the tables of a ledger on a server are those of this program.</summary>
    /// <exception cref="InvalidOperationException">They are of another version, or it is no ledger.</exception>
    public static void Check(Database ledger) => Migrator.MigrateOrCheck(ledger, typeof(WorkerRegistration).Assembly, MigrationFolder, NullLogger.Instance);

    /// <summary>Adds the intake and the ledger; the catalogue, the bus and the clock come from the host.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="ledger">Where the ledger is kept; a SQLite file is made if missing.</param>
    /// <param name="keyPath">The signing key's file; made for a ledger without rows.</param>
    /// <param name="intake">What an office may have stored; null: as is usual.</param>
    public static IServiceCollection AddIngestWorker(this IServiceCollection services, Database ledger, string keyPath, IntakeOptions? intake = null) => services
        .AddSingleton(intake ?? new IntakeOptions())
        .AddSingleton<IntakeQuota>()
        .AddSingleton(provider =>
        {
            using var alone = ledger.AcquireLease(StartupLease);
            Migrator.MigrateOrCheck(ledger, typeof(WorkerRegistration).Assembly, MigrationFolder, provider.GetRequiredService<ILogger<LedgerStore>>());
            ledger.PinFile();
            var store = new LedgerStore(ledger);
            LedgerCatalogueGuard.Attach(store, provider.GetRequiredService<CatalogueSource>());
            return store;
        })
        .AddSingleton(provider =>
        {
            var store = provider.GetRequiredService<LedgerStore>();
            using var alone = ledger.AcquireLease(StartupLease);
            return CheckpointSigner.LoadOrCreate(keyPath, store);
        })
        .AddSingleton<LedgerCommitter>()
        .AddSingleton<DryRun>()
        .AddSingleton<LedgerQueries>()
        .AddSingleton<LedgerVerifier>()
        .AddSingleton<ReplayState>()
        .AddSingleton<LedgerWriter>()
        .AddHostedService(provider => provider.GetRequiredService<LedgerWriter>())
        .AddSingleton<ReceiptPublisher>()
        .AddSingleton<DeadLetterPublisher>()
        .AddSingleton<SubmissionIntake>();

    /// <summary>Shows in health when the ledger cannot commit.</summary>
    public static IHealthChecksBuilder AddIngestWorkerCheck(this IHealthChecksBuilder checks) => checks.AddCheck<LedgerHealth>("ledger");

    /// <summary>Maps <c>/api/submissions</c> and <c>/api/ledger</c>.</summary>
    public static IEndpointRouteBuilder MapIngestWorker(this IEndpointRouteBuilder routes)
    {
        routes.MapSubmissions();
        routes.MapLedger();
        return routes;
    }
}
