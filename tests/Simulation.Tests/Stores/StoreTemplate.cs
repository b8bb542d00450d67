using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using XilinIngest.Aggregator;
using XilinIngest.CatalogueFiles;
using XilinIngest.Indicators;
using XilinIngest.Storage;
using XilinIngest.Worker;
using XilinIngest.Worker.Ledger;

namespace XilinIngest.Simulation.Tests.Stores;

/// <summary>
/// What all runs have in common: two catalogues, one of which has reports reviewed, a signing key, and empty databases that a run copies.
/// </summary>
internal sealed class StoreTemplate : IDisposable
{
    private readonly string _folder =
        Directory.CreateDirectory(Path.Combine(Root, $"xilin-simulation-{Path.GetRandomFileName()}")).FullName;

    private readonly CatalogueFolder[] _folders = [SmallCatalogueSubmissions.Catalogue(), ReviewMessages.ReviewedCatalogue()];
    private int _copies;

    public StoreTemplate()
    {
        Catalogues =
        [
            .. _folders.Select(folder => new CatalogueSource(
                new() { Folder = folder.Path }, new FakeTimeProvider(), NullLogger<CatalogueSource>.Instance)),
        ];
        var (ledger, cube) = (new Database(LedgerIn(_folder)), new Database(CubeIn(_folder)));
        WorkerRegistration.Migrate(ledger, NullLogger.Instance);
        AggregatorRegistration.Migrate(cube, NullLogger.Instance);
        foreach (var database in new[] { ledger, cube })
        {
            using var connection = database.Open();
            using var transaction = Database.BeginWrite(connection);
            IndicatorNumbers.Load(connection, transaction, Catalogues[0].Current.Indicators.Select(indicator => indicator.Code));
            transaction.Commit();
        }

        Signer = CheckpointSigner.LoadOrCreate(Path.Combine(_folder, "ledger.key"), new LedgerStore(ledger));
        SqliteConnection.ClearAllPools();
    }

    /// <summary>In memory where there is a file system of it: a run writes some hundred times.</summary>
    private static string Root => Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();

    public IReadOnlyList<CatalogueSource> Catalogues { get; }

    public CheckpointSigner Signer { get; }

    public static string LedgerIn(string folder) => Path.Combine(folder, "ledger.db");

    public static string CubeIn(string folder) => Path.Combine(folder, "cube.db");

    /// <summary>A folder with new databases.</summary>
    public string Copy()
    {
        var copy = Directory.CreateDirectory(Path.Combine(_folder, $"{++_copies}")).FullName;
        File.Copy(LedgerIn(_folder), LedgerIn(copy));
        File.Copy(CubeIn(_folder), CubeIn(copy));
        return copy;
    }

    public void Dispose()
    {
        Signer.Dispose();
        foreach (var catalogue in Catalogues)
        {
            catalogue.Dispose();
        }

        foreach (var folder in _folders)
        {
            folder.Dispose();
        }

        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }
}
