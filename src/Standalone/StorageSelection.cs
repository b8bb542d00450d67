using XilinIngest.Hosting;
using XilinIngest.Storage;

namespace XilinIngest.Standalone;

/// <summary>Selects the databases of ledger and cube from the settings.</summary>
internal static class StorageSelection
{
    /// <param name="settings">The settings.</param>
    /// <param name="console">Prints the faults of the settings.</param>
    /// <param name="onServer">The databases of a server; null: files in the data folder.</param>
    /// <returns>False: the settings have faults, which were printed.</returns>
    public static bool TrySelect(StartupOptions settings, ServiceConsole console, out (Database Ledger, Database Cube)? onServer)
    {
        onServer = settings.ReadProvider() is StorageProvider.PostgreSql or StorageProvider.SqlServer
            && (settings.FindDatabase("Ledger"), settings.FindDatabase("Cube")) is ({ } ledger, { } cube) ? (ledger, cube) : null;
        return !settings.ReportFaults(console);
    }
}
