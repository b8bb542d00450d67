using XilinIngest.Hosting;
using XilinIngest.Storage;

namespace XilinIngest.Standalone;

/// <summary>Selects the databases of ledger and cube from the settings.</summary>
internal static class StorageSelection
{
    /// <param name="settings">The settings.</param>
    /// <param name="catalogueFolder">The catalogue, whose partitions may have connections of their own.</param>
    /// <param name="console">Prints the faults of the settings.</param>
    /// <param name="onServer">The databases of a server; null: files in the data folder.</param>
    /// <returns>False: the settings have faults, which were printed.</returns>
    public static bool TrySelect(
        StartupOptions settings, string catalogueFolder, ServiceConsole console,
        out (PartitionDatabases Ledgers, PartitionDatabases Cubes)? onServer)
    {
        onServer = settings.ReadProvider() is StorageProvider.PostgreSql or StorageProvider.SqlServer
            && (settings.FindDatabases("Ledger", catalogueFolder), settings.FindDatabases("Cube", catalogueFolder))
                is ({ } ledgers, { } cubes) ? (ledgers, cubes) : null;
        return !settings.ReportFaults(console);
    }
}
