using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using XilinIngest.CatalogueFiles;
using XilinIngest.Contracts;
using XilinIngest.Hosting;
using XilinIngest.Messaging;
using XilinIngest.SignedNotes;
using XilinIngest.Storage;
using XilinIngest.Worker.Backups;
using XilinIngest.Worker.Intake;
using XilinIngest.Worker.Ledger;
using XilinIngest.Worker.Ledger.Tiles;
using XilinIngest.Worker.Ledger.Witnessing;
using XilinIngest.Worker.Observability;

namespace XilinIngest.Worker;

/// <summary>Registers the worker in a host.</summary>
public static class WorkerRegistration
{
    /// <summary>
    /// The queues that the worker reads. The intake's concurrency limits a commit batch of single submissions. The in-memory transport
    /// starts that many tasks for every message, so a higher number costs time.
    /// </summary>
    public static IEnumerable<IBusQueue> WorkerQueues => QueuesFor("#");

    /// <summary>The intake of the whole tree. The intake of a subtree has this name, a dot and the path.</summary>
    public const string WholeIntakeQueue = "xilin.worker.intake";

    internal const string MigrationFolder = ".Ledger.Migrations.";

    /// <summary>The queues of a worker for a part of the unit tree.</summary>
    /// <param name="binding">A topic pattern, such as <c>32.04.04.004.#</c>. Each part has its own intake queue, because several bindings
    /// on one queue add up.</param>
    public static IEnumerable<IBusQueue> QueuesFor(string binding) =>
    [
        new BusQueue<SubmissionConsumer>(binding == "#" ? WholeIntakeQueue : $"{WholeIntakeQueue}.{binding[..^2]}", Exchanges.Intake,
            Concurrency: 128) { Binding = binding, Prefetch = 500 },
        new BusQueue<ReplayConsumer>("xilin.worker.replay", Exchanges.Replay, Concurrency: 1) { Prefetch = 1 },
    ];

    /// <summary>Brings a ledger's tables up to date. Needs the right to create tables.</summary>
    /// <returns>The scripts that were run.</returns>
    /// <exception cref="InvalidOperationException">A script failed, the ledger was written by a newer version, or the database holds no
    /// ledger.</exception>
    public static IReadOnlyList<string> Migrate(Database ledger, ILogger logger)
    {
        using var alone = ledger.AcquireLease(LedgerStartup.Lease);
        return Migrator.Migrate(ledger, typeof(WorkerRegistration).Assembly, MigrationFolder, logger);
    }

    /// <summary>Checks that the tables of a ledger on a server have the schema of this program.</summary>
    /// <exception cref="InvalidOperationException">The schema is of another version, or the database holds no ledger.</exception>
    public static void Check(Database ledger) =>
        Migrator.MigrateOrCheck(ledger, typeof(WorkerRegistration).Assembly, MigrationFolder, NullLogger.Instance);

    /// <summary>The scripts that a ledger lacks. Changes nothing.</summary>
    /// <exception cref="InvalidOperationException">The database was written by a newer version, or holds something else.</exception>
    public static IReadOnlyList<string> FindMissingScripts(Database ledger) =>
        Migrator.FindMissing(ledger, typeof(WorkerRegistration).Assembly, MigrationFolder);

    /// <summary>Adds the intake and the ledgers; the catalogue, the bus and the clock come from the host.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="ledgers">The databases of the ledgers; a SQLite file is created if missing.</param>
    /// <param name="key">The signing key; created for ledgers without rows.</param>
    /// <param name="intake">The quota of an office; null: the default.</param>
    /// <param name="witnesses">Who cosigns the ledgers; null: nobody is asked.</param>
    public static IServiceCollection AddIngestWorker(
        this IServiceCollection services, PartitionDatabases ledgers, SigningKey key, IntakeOptions? intake = null,
        TrustPolicy? witnesses = null) => services
        .AddSingleton(intake ?? new IntakeOptions())
        .AddSingleton<BackupFault>()
        .AddSingleton(provider => new BackupHealth(
            key.Path, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<BackupFault>()))
        .AddSingleton<IntakeQuota>()
        .AddMetrics()
        .AddSingleton(provider => Open(provider, ledgers, key))
        .AddSingleton<TimelinessQuery>()
        .AddSingleton<LedgerWriters>()
        .AddHostedService(provider => provider.GetRequiredService<LedgerWriters>())
        .AddSingleton(provider => CreateWitnesses(provider, witnesses))
        .AddHostedService(provider => provider.GetRequiredService<WitnessService>())
        .AddSingleton<ReceiptPublisher>()
        .AddSingleton<DeadLetterPublisher>()
        .AddSingleton<SubmissionIntake>();

    /// <summary>Adds the backup that the process makes every day.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="plan">When and where.</param>
    /// <param name="source">What is copied.</param>
    internal static IServiceCollection AddDailyBackup(
        this IServiceCollection services, BackupPlan plan, Func<IServiceProvider, BackupSource> source) =>
        services.AddHostedService(provider => new DailyBackup(
            plan, () => source(provider), provider.GetRequiredService<BackupFault>(), provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<DailyBackup>>()));

    private static Ledgers Open(IServiceProvider provider, PartitionDatabases databases, SigningKey key)
    {
        var ledgers = LedgerStartup.Open(
            databases, key, provider.GetRequiredService<CatalogueSource>(), provider.GetRequiredService<MessagePublisher>(),
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILoggerFactory>());
        LedgerTelemetry.Observe(ledgers, provider.GetRequiredService<IMeterFactory>());
        LedgerTelemetry.Observe(
            new BackupRecord(key.Path), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<IMeterFactory>());
        return ledgers;
    }

    private static WitnessService CreateWitnesses(IServiceProvider provider, TrustPolicy? policy)
    {
        var witnesses = new WitnessService(
            provider.GetRequiredService<Ledgers>(), policy, provider.GetRequiredService<ILogger<WitnessService>>());
        LedgerTelemetry.Observe(witnesses, provider.GetRequiredService<IMeterFactory>());
        return witnesses;
    }

    /// <summary>Adds the health checks of the ledger, of its backups, and of its witnesses if it has any.</summary>
    public static IHealthChecksBuilder AddIngestWorkerCheck(this IHealthChecksBuilder checks, TrustPolicy? witnesses = null)
    {
        checks.AddCheck<LedgerHealth>("ledger").AddCheck<BackupHealth>("backup");
        return witnesses is null ? checks : checks.AddCheck<WitnessHealth>("witnesses");
    }

    /// <summary>
    /// Maps <c>/api/submissions</c>, the closing of months, the review of reports, <c>/api/ledger</c>, <c>/api/timeliness</c>, and the log
    /// at <c>/checkpoint</c> and <c>/tile</c>.
    /// </summary>
    /// <param name="routes">The service's routes.</param>
    /// <param name="areTilesPublic">Whether everyone may read the log's hashes; otherwise who has any right.</param>
    public static IEndpointRouteBuilder MapIngestWorker(this IEndpointRouteBuilder routes, bool areTilesPublic = false)
    {
        routes.MapSubmissions();
        routes.MapMonthClosing();
        routes.MapReview();
        routes.MapLedger();
        routes.MapTiles(areTilesPublic);
        routes.MapTimeliness();
        return routes;
    }
}
