using Microsoft.Extensions.Configuration;
using XilinIngest.CatalogueFiles;
using XilinIngest.Hosting;
using XilinIngest.Hosting.Access;
using XilinIngest.Indicators;
using XilinIngest.Messaging;
using XilinIngest.Storage;
using XilinIngest.Worker.Ledger.Witnessing;

namespace XilinIngest.Admin.Installations;

/// <summary>The three kinds of databases.</summary>
internal enum StoreKind
{
    Ledger,
    Cube,
    Notices,
}

/// <summary>A database of the installation, opened read-only.</summary>
internal sealed record Store(StoreKind Kind, Partition Partition, Database Database);

/// <summary>
/// What there is to check: the one-process service with its data folder, or the services whose settings are in the environment.
/// </summary>
/// <param name="Settings">What the settings say; it keeps their faults.</param>
/// <param name="Names">The names of the settings in the environment and in the folder of secrets.</param>
/// <param name="DataFolder">The data folder of the one-process service; null: services of their own.</param>
/// <param name="CatalogueFolder">The catalogue's folder; null: there is none.</param>
/// <param name="Stores">The databases.</param>
/// <param name="KeyPath">The signing key's file; null: no ledger is named.</param>
/// <param name="LedgerOrigin">The name of the ledgers as the settings have it; null: they have none.</param>
/// <param name="Broker">The broker; null: none is named, or the setting is wrong.</param>
/// <param name="IntakeBinding">The part of the tree that the worker's intake takes.</param>
/// <param name="Channels">The channels of notices, those with a fault too.</param>
/// <param name="SecretFiles">The files of secret settings and of access keys.</param>
internal sealed record Installation(
    StartupOptions Settings, IReadOnlyList<string> Names, string? DataFolder, string? CatalogueFolder, IReadOnlyList<Store> Stores,
    string? KeyPath, string? LedgerOrigin, BrokerConnection? Broker, string IntakeBinding,
    IReadOnlyDictionary<string, ChannelSettings> Channels, IReadOnlyList<string> SecretFiles)
{
    private const string DefaultDataFolder = "data";

    // Any port serves: the programs have ports of their own.
    private const int AnyPort = 0;

    /// <param name="configuration">The environment and the folder of secrets.</param>
    /// <param name="dataFolder">The data folder of the one-process service; null: ./data, where the settings name no ledger.</param>
    public static Installation Read(IConfigurationRoot configuration, string? dataFolder)
    {
        var settings = new StartupOptions(configuration);
        var data = dataFolder ?? (NamesAnyStore(settings) || !Directory.Exists(DefaultDataFolder) ? null : DefaultDataFolder);
        data = data is null ? null : Path.GetFullPath(data);
        var catalogue = settings.FindCatalogueFolder();
        var access = settings.Access(data is null ? null : Path.Combine(data, "access-keys.json"), data);
        ReadOthers(settings, access);
        if (!string.IsNullOrEmpty(configuration["ConnectionStrings:Cluster"]))
        {
            settings.ReadMemberSettings();
        }

        var (stores, keyPath) = data is null ? ReadServices(settings, configuration, catalogue) : ReadFolder(settings, data, catalogue);
        return new(
            settings, [.. configuration.AsEnumerable().Where(pair => pair.Value is not null)
                .Select(pair => pair.Key.Replace(":", "__", StringComparison.Ordinal))],
            data, catalogue, stores, keyPath, settings.LedgerOrigin(), settings.FindBroker(), settings.IntakeBinding(catalogue),
            settings.Channels(),
            [.. SecretFilesIn(configuration["Secrets:Folder"]), .. File.Exists(access.KeyFile) ? [access.KeyFile] : Array.Empty<string>()]);
    }

    // That the folder cannot be read is told with the settings.
    private static string[] SecretFilesIn(string? folder)
    {
        try
        {
            return Directory.Exists(folder) ? Directory.GetFiles(folder) : [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>The databases of a kind, one for each partition.</summary>
    public IEnumerable<Store> Of(StoreKind kind) => Stores.Where(store => store.Kind == kind);

    private static bool NamesAnyStore(StartupOptions settings) =>
        Enum.GetNames<StoreKind>().Any(settings.NamesDatabase) || settings.FindBroker() is not null;

    private static (IReadOnlyList<Store> Stores, string? KeyPath) ReadFolder(StartupOptions settings, string folder, string? catalogue)
    {
        var isServer = settings.ReadProvider() is StorageProvider.PostgreSql or StorageProvider.SqlServer;
        return (
            [
                .. Split(StoreKind.Ledger, isServer ? settings.FindDatabases("Ledger", catalogue) : new(InFolder("ledger")), catalogue),
                .. Split(StoreKind.Cube, isServer ? settings.FindDatabases("Cube", catalogue) : new(InFolder("cube")), catalogue),
                new Store(StoreKind.Notices, Partition.WholeTree, InFolder("notices")),
            ],
            Path.Combine(folder, "ledger-key.pem"));

        Database InFolder(string name) => new(Path.Combine(folder, $"{name}.db"), readOnly: true);
    }

    private static (IReadOnlyList<Store> Stores, string? KeyPath) ReadServices(
        StartupOptions settings, IConfiguration configuration, string? catalogue)
    {
        if (settings.ReadProvider() is not { } provider || HasMissingFolder(configuration, provider))
        {
            return ([], null);
        }

        var ledgers = settings.NamesDatabase("Ledger") ? settings.FindDatabases("Ledger", catalogue) : null;
        var cubes = settings.NamesDatabase("Cube") ? settings.FindDatabases("Cube", catalogue) : null;
        var notices = settings.NamesDatabase("Notices") ? settings.FindDatabase("Notices") : null;
        return (
            [
                .. Split(StoreKind.Ledger, ledgers, catalogue), .. Split(StoreKind.Cube, cubes, catalogue),
                .. notices is null ? Array.Empty<Store>() : [new(StoreKind.Notices, Partition.WholeTree, notices.AsReadOnly())],
            ],
            settings.SigningKeyPath(ledgers?.Installation));
    }

    // A connection string of a file whose folder is missing would make the folder.
    private static bool HasMissingFolder(IConfiguration configuration, StorageProvider provider) =>
        provider == StorageProvider.Sqlite && configuration.GetSection("ConnectionStrings").GetChildren()
            .Where(child => child.Key.Split('_')[0] is "Ledger" or "Cube" or "Notices")
            .Select(child => Database.FindName(provider, child.Value ?? ""))
            .Any(file => file is not null && !Directory.Exists(Path.GetDirectoryName(file)));

    private static IEnumerable<Store> Split(StoreKind kind, PartitionDatabases? databases, string? catalogue) => databases is null ? []
        : (catalogue is null ? [Partition.WholeTree] : PartitionFile.Read(catalogue))
            .Select(partition => new Store(kind, partition, databases.Of(partition).AsReadOnly()));

    // Each of these keeps its faults in the options.
    private static void ReadOthers(StartupOptions settings, AccessOptions access)
    {
        settings.ReadListenEndpoint(AnyPort, access);
        settings.BytesPerHour(0);
        settings.AreTilesPublic();
        settings.WitnessPolicy();
        settings.BusLibrary();
        settings.NoticeRetention();
        settings.PagesAddress();
        settings.ReportLetterhead();
        settings.EmbedOrigins();
        settings.BackupPlan();
        settings.CreateConsole();
        foreach (var service in new[] { "Results", "Intake", "Notices" })
        {
            settings.ServiceUrls(service, "");
        }
    }
}
