using Microsoft.Extensions.Logging;
using XilinIngest.CatalogueFiles;
using XilinIngest.Hosting;
using XilinIngest.Indicators;
using XilinIngest.Messaging;
using XilinIngest.Storage;

namespace XilinIngest.Worker.Ledger;

/// <summary>The key that signs the ledgers of an installation.</summary>
/// <param name="Path">Its file; the key of times is beside it.</param>
/// <param name="Origin">The name of the installation; null: as recorded, or made of the key.</param>
public sealed record SigningKey(string Path, string? Origin = null);

/// <summary>Opens the ledgers of all partitions at the start of a service.</summary>
internal static class LedgerStartup
{
    internal const string Lease = "ledger-startup";

    /// <exception cref="InvalidOperationException">A ledger or its key cannot be used; the message has the remedy.</exception>
    /// <exception cref="CatalogueFaultsException">The catalogue does not agree with the figures of a ledger.</exception>
    public static Ledgers Open(
        PartitionDatabases databases, SigningKey key, CatalogueSource catalogues, MessagePublisher publisher, TimeProvider clock,
        ILoggerFactory loggers)
    {
        LedgerSplitCheck.EnsureSwitched(databases.Installation);
        var partitions = catalogues.Current.Partitions;
        var stores = partitions.All
            .Select(partition => OpenStore(databases.Of(partition), partition, loggers.CreateLogger<LedgerStore>())).ToList();
        LedgerSplitCheck.Ensure(databases.Installation, stores);
        LedgerCatalogueGuard.Attach(stores, catalogues);
        stores.ForEach(store => CheckpointSigner.EnsureKept(key.Path, store));

        // A ledger that is new beside others is of their installation.
        key = key with { Origin = key.Origin ?? LedgerOrigin.FindRecorded(stores) };
        stores.ForEach(store => CheckpointSigner.EnsureAgrees(key.Path, store, key.Origin));
        return new Ledgers(catalogues,
            [.. stores.Select(store => new PartitionLedger(
                store, LoadKey(key, store, databases.Of(store.Partition)), catalogues, publisher, clock,
                loggers.CreateLogger<LedgerWriter>(), LedgerCache.OneOf(stores.Count)))]);
    }

    private static LedgerStore OpenStore(Database database, Partition partition, ILogger logger)
    {
        using var alone = database.AcquireLease(Lease);
        Migrator.MigrateOrCheck(database, typeof(LedgerStartup).Assembly, WorkerRegistration.MigrationFolder, logger);
        database.PinFile();
        var store = new LedgerStore(database, partition);
        store.EnsureUsable();
        return store;
    }

    private static CheckpointSigner LoadKey(SigningKey key, LedgerStore store, Database database)
    {
        using var alone = database.AcquireLease(Lease);
        return CheckpointSigner.LoadOrCreate(key.Path, store, key.Origin);
    }
}
