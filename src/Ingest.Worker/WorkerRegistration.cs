using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using XilinIngest.CatalogueFiles;
using XilinIngest.Contracts;
using XilinIngest.Messaging;
using XilinIngest.Storage;
using XilinIngest.Worker.Ledger;
using XilinIngest.Worker.Ledger.Merkle;
using XilinIngest.Worker.Ledger.Verification;
using XilinIngest.Worker.Submissions.Intake;

namespace XilinIngest.Worker;

/// <summary>The worker as a part of a host.</summary>
public static class WorkerRegistration
{
    /// <summary>
    /// The queues the worker reads. The intake's concurrency bounds a commit group of single submissions; the in-memory transport
    /// wakes as many tasks for every message, so more is not better.
    /// </summary>
    public static IEnumerable<IBusQueue> WorkerQueues =>
    [
        new BusQueue<SubmissionConsumer>("xilin.worker.intake", Exchanges.Intake, Concurrency: 128),
        new BusQueue<ReplayConsumer>("xilin.worker.replay", Exchanges.Replay, Concurrency: 1),
    ];

    /// <summary>Adds the intake and the ledger; the catalogue, the bus and the clock come from the host.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="ledgerPath">The ledger's SQLite file; made if missing.</param>
    /// <param name="keyPath">The signing key's file; made if missing.</param>
    public static IServiceCollection AddIngestWorker(this IServiceCollection services, string ledgerPath, string keyPath) => services
        .AddSingleton(provider =>
        {
            var database = new Database(ledgerPath);
            Migrator.Migrate(database, typeof(WorkerRegistration).Assembly, ".Ledger.Migrations.", provider.GetRequiredService<ILogger<LedgerStore>>());
            var store = new LedgerStore(database);
            using (var connection = store.Open())
            {
                StoredTree.Complete(connection);
            }

            LedgerHistory.Guard(store, provider.GetRequiredService<CatalogueSource>());
            return store;
        })
        .AddSingleton(_ => CheckpointSigner.LoadOrCreate(keyPath))
        .AddSingleton<LedgerCommitter>()
        .AddSingleton<LedgerQueries>()
        .AddSingleton<LedgerVerifier>()
        .AddSingleton<ReplayState>()
        .AddSingleton<LedgerWriter>()
        .AddHostedService(provider => provider.GetRequiredService<LedgerWriter>())
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
