using System.Net;
using XilinIngest.Hosting;
using XilinIngest.Hosting.Access;
using XilinIngest.Indicators;
using XilinIngest.SignedNotes;
using XilinIngest.Storage;
using XilinIngest.Worker.Backups;
using XilinIngest.Worker.Intake;

namespace XilinIngest.Standalone;

/// <summary>The options of the command line.</summary>
internal sealed record StandaloneOptions
{
    public required string DataFolder { get; init; }
    public required string CatalogueFolder { get; init; }
    public required int Port { get; init; }
    public bool English { get; init; }

    /// <summary>The address to listen on: loopback, unless the settings name another address and sign-in is required.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    public ListenEndpoint Endpoint => new(Address, Port, Access.IsSignInRequired);

    /// <summary>How users sign in: with the keys in the data folder, unless the settings name another way.</summary>
    public AccessOptions Access
    {
        get => field ?? new() { KeyFile = AccessKeyPathIn(DataFolder), Folder = DataFolder };
        init;
    }

    /// <summary>The quota of an office; null: the default.</summary>
    public IntakeOptions? Intake { get; init; }

    /// <summary>The file of keys of a data folder.</summary>
    public static string AccessKeyPathIn(string dataFolder) => Path.Combine(dataFolder, "access-keys.json");

    /// <summary>The ledger's database: in the data folder, unless the settings name a server.</summary>
    public Database Ledger => Ledgers.Installation;

    /// <summary>The databases of the ledgers of all partitions.</summary>
    public PartitionDatabases Ledgers => ServerDatabases?.Ledgers ?? new(new Database(Path.Combine(DataFolder, "ledger.db")));

    /// <summary>The cube's database.</summary>
    public Database Cube => Cubes.Installation;

    /// <summary>The databases of the cubes of all partitions.</summary>
    public PartitionDatabases Cubes => ServerDatabases?.Cubes ?? new(new Database(Path.Combine(DataFolder, "cube.db")));

    /// <summary>The notices' database: in the data folder, also where ledger and cube are on a server.</summary>
    public Database Notices => new(Path.Combine(DataFolder, "notices.db"));

    /// <summary>The settings of the channels of notices.</summary>
    public IReadOnlyDictionary<string, ChannelSettings> Channels { get; init; } = new Dictionary<string, ChannelSettings>();

    /// <summary>How long notices that were sent are kept.</summary>
    public TimeSpan NoticeRetention { get; init; } = NoticeStartup.DefaultRetention;

    /// <summary>The address of the pages as readers know it, for links in reminders; null: they have none.</summary>
    public Uri? PagesAddress { get; init; }

    /// <summary>The daily backup; null: another program makes backups, or none does.</summary>
    public BackupPlan? Backup { get; init; }

    /// <summary>What a backup is made of.</summary>
    /// <param name="partitions">The partitions of the catalogue.</param>
    public BackupSource CreateBackupSource(IReadOnlyList<Partition> partitions) => new()
    {
        Results = [.. File.Exists(Notices.Name) ? [Notices] : Array.Empty<Database>(),
            .. Cubes.All(partitions.OrderBy(partition => partition.Path, StringComparer.Ordinal))],
        Ledgers = [.. partitions.Select(partition => (partition, Ledgers.Of(partition)))],
        KeyPath = KeyPath,
        CatalogueFolder = CatalogueFolder,
    };

    /// <summary>What stands on a printed report besides its figures.</summary>
    public ReportLetterhead Letterhead { get; init; } = new();

    /// <summary>Whose pages may show charts in a frame.</summary>
    public EmbedOrigins Embed { get; init; } = new();

    /// <summary>The databases of a server; null: files in the data folder.</summary>
    public (PartitionDatabases Ledgers, PartitionDatabases Cubes)? ServerDatabases { get; init; }

    /// <summary>The display name of the location of the data.</summary>
    public string StoreName => ServerDatabases is null ? DataFolder : $"{Ledger.Name}, {Cube.Name}";

    /// <summary>The name of the installation's ledgers; null: none is set.</summary>
    public string? LedgerOrigin { get; init; }

    /// <summary>Whether everyone may read the log's hashes; otherwise who has any right.</summary>
    public bool AreTilesPublic { get; init; }

    /// <summary>Who cosigns the ledgers; null: nobody is asked.</summary>
    public TrustPolicy? Witnesses { get; init; }

    public string KeyPath => Path.Combine(DataFolder, "ledger-key.pem");

    /// <summary>The named folder; otherwise the folder catalogue in the current one; otherwise the one shipped with the program.</summary>
    public static string FindCatalogue(string? named)
    {
        var own = Path.GetFullPath("catalogue");
        return named ?? (Directory.Exists(own) ? own : Path.Combine(AppContext.BaseDirectory, "catalogue"));
    }
}
