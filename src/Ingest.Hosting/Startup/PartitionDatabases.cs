using Microsoft.Extensions.Options;
using XilinIngest.CatalogueFiles;
using XilinIngest.Indicators;
using XilinIngest.Storage;

namespace XilinIngest.Hosting;

/// <summary>
/// The databases of all partitions: beside the installation's, or beside the one whose connection a row of <c>partitions.csv</c> names.
/// </summary>
/// <param name="installation">The database of the installation; that of the whole tree where there are no partitions.</param>
/// <param name="connections">The databases of the named connections.</param>
public sealed class PartitionDatabases(Database installation, IReadOnlyDictionary<string, Database>? connections = null)
{
    public Database Installation => installation;

    /// <summary>The database of a partition.</summary>
    /// <exception cref="InvalidOperationException">There is no setting for its connection.</exception>
    public Database Of(Partition partition) => ConnectionOf(partition).ForPartition(partition.Path);

    /// <summary>The databases of partitions, in their order.</summary>
    public IReadOnlyList<Database> All(IEnumerable<Partition> partitions) => [.. partitions.Select(Of)];

    private Database ConnectionOf(Partition partition) => partition.Connection switch
    {
        null => installation,
        { } name when connections?.GetValueOrDefault(name) is { } named => named,
        var name => throw new InvalidOperationException(
            $"partitions.csv 的分区 {partition.Path} 用连接 {name}，而没有相应的设置。请设置 ConnectionStrings__Ledger_{name} 和 "
            + $"ConnectionStrings__Cube_{name}，再重新启动。 / "
            + $"Partition {partition.Path} of partitions.csv uses the connection {name}, which has no setting. Set "
            + $"ConnectionStrings__Ledger_{name} and ConnectionStrings__Cube_{name}, and start again."),
    };
}

/// <summary>Reads the databases of partitions at the start.</summary>
public static class PartitionStartup
{
    /// <summary>The databases of all partitions; null, and a fault: a setting is missing or wrong.</summary>
    /// <param name="options">The service's options.</param>
    /// <param name="name">Ledger or Cube.</param>
    /// <param name="catalogueFolder">The catalogue; null: its folder has a fault.</param>
    public static PartitionDatabases? FindDatabases(this StartupOptions options, string name, string? catalogueFolder)
    {
        var installation = options.FindDatabase(name);
        var connections = new Dictionary<string, Database>(StringComparer.Ordinal);
        var provider = options.ReadProvider();
        foreach (var connection in ConnectionsOf(catalogueFolder))
        {
            var setting = $"ConnectionStrings:{name}_{connection}";
            if (options.FindConnection(setting, provider) is { } database)
            {
                connections[connection] = database;
            }
        }

        return installation is null ? null : new PartitionDatabases(installation, connections);
    }

    /// <summary>The names of the connections that <c>partitions.csv</c> uses.</summary>
    public static IEnumerable<string> ConnectionsOf(string? catalogueFolder) => catalogueFolder is null ? []
        : PartitionFile.Read(catalogueFolder).Select(partition => partition.Connection).OfType<string>().Distinct();

    private static Database? FindConnection(this StartupOptions options, string setting, StorageProvider? provider)
    {
        var text = options.Read(setting);
        options.Bind(new ConnectionValidator(setting, text, provider));
        return provider is { } known && !string.IsNullOrEmpty(text) ? Database.TryParse(known, text) : null;
    }

    // A setting whose name is not known before the catalogue is read.
    private sealed class ConnectionValidator(string setting, string? text, StorageProvider? provider) : IValidateOptions<StorageOptions>
    {
        public ValidateOptionsResult Validate(string? name, StorageOptions options)
        {
            var faults = new SettingFaults();
            var (zh, en) = StorageOptionsValidator.ConnectionStringFormat(provider);
            faults.Require(setting, text, value => provider is not { } known || Database.TryParse(known, value) is not null, zh, en);
            return faults.Result;
        }
    }
}
