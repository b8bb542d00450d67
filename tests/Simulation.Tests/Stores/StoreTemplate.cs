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
/// What all runs have in common: catalogues, half of which have reports reviewed, a signing key, and empty databases that a run copies.
/// </summary>
internal sealed class StoreTemplate : IDisposable
{
    private const string District = "32.04.04";
    private const int WholeCatalogues = 2;

    private readonly string _folder =
        Directory.CreateDirectory(Path.Combine(Root, $"xilin-simulation-{Path.GetRandomFileName()}")).FullName;

    // In some of them the firm moves between two partitions.
    private static readonly string[][] Splits =
    [
        [District, $"{District}.007"],
        [District, $"{District}.007.201"],
        [District, $"{District}.001", $"{District}.007"],
        [District, $"{District}.007", $"{District}.007.201"],
        [District, $"{District}.001", $"{District}.007", $"{District}.007.201", $"{District}.007.202"],
    ];

    private readonly CatalogueFolder[] _folders =
    [
        SmallCatalogueSubmissions.Catalogue(), ReviewMessages.ReviewedCatalogue(),
        .. Splits.SelectMany(paths => new[] { SmallCatalogueSubmissions.Catalogue(), ReviewMessages.ReviewedCatalogue() }
            .Select(folder => folder.Write("partitions.csv", "path,connection\n" + string.Concat(paths.Select(path => $"{path},\n"))))),
    ];

    private readonly Dictionary<string, CheckpointSigner> _signers = [];
    private int _copies;

    public StoreTemplate()
    {
        IReadOnlyList<CatalogueSource> all =
        [
            .. _folders.Select(folder => new CatalogueSource(
                new() { Folder = folder.Path }, new FakeTimeProvider(), NullLogger<CatalogueSource>.Instance)),
        ];
        (Catalogues, SplitCatalogues) = ([.. all.Take(WholeCatalogues)], [.. all.Skip(WholeCatalogues)]);
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

        foreach (var file in new SigningKeyFiles(KeyFile).All)
        {
            SigningKeyFiles.Create(file);
        }

        SqliteConnection.ClearAllPools();
    }

    /// <summary>In memory where there is a file system of it: a run writes some hundred times.</summary>
    private static string Root => Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();

    /// <summary>Those with one ledger and one cube.</summary>
    public IReadOnlyList<CatalogueSource> Catalogues { get; }

    /// <summary>Those that split the tree.</summary>
    public IReadOnlyList<CatalogueSource> SplitCatalogues { get; }

    private string KeyFile => Path.Combine(_folder, "ledger.key");

    /// <summary>The keys of all ledgers, as that of one partition signs.</summary>
    public CheckpointSigner SignerOf(Partition partition) => _signers[partition.Path];

    public static string LedgerIn(string folder) => Path.Combine(folder, "ledger.db");

    public static string CubeIn(string folder) => Path.Combine(folder, "cube.db");

    /// <summary>A folder with new databases, two for each partition.</summary>
    public string Copy(IReadOnlyList<Partition> partitions)
    {
        var copy = Directory.CreateDirectory(Path.Combine(_folder, $"{++_copies}")).FullName;
        foreach (var partition in partitions)
        {
            File.Copy(LedgerOf(partition), new Database(LedgerIn(copy)).ForPartition(partition.Path).Name);
            File.Copy(CubeIn(_folder), new Database(CubeIn(copy)).ForPartition(partition.Path).Name);
        }

        return copy;
    }

    // A ledger records the keys that sign it, which have its name.
    private string LedgerOf(Partition partition)
    {
        var file = Path.Combine(_folder, $"signed-{partition.Path}.db");
        if (!_signers.ContainsKey(partition.Path))
        {
            File.Copy(LedgerIn(_folder), file);
            _signers[partition.Path] = CheckpointSigner.LoadOrCreate(
                KeyFile, new LedgerStore(new Database(file), partition), "simulation/xilin");
            SqliteConnection.ClearAllPools();
        }

        return file;
    }

    public void Dispose()
    {
        foreach (var catalogue in Catalogues.Concat(SplitCatalogues))
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
