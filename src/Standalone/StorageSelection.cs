using XilinIngest.Hosting;
using XilinIngest.Storage;

namespace XilinIngest.Standalone;

/// <summary>Where ledger and cube are kept, as the settings say.</summary>
internal static class StorageSelection
{
    /// <param name="settings">The settings.</param>
    /// <param name="console">Told what is missing or wrong.</param>
    /// <param name="onServer">The databases of a server; null: files in the data folder.</param>
    /// <returns>False: something is missing or wrong, and has been said.</returns>
    public static bool TrySelect(StartupOptions settings, ServiceConsole console, out (Database Ledger, Database Cube)? onServer)
    {
        onServer = settings.ReadProvider() is StorageProvider.PostgreSql or StorageProvider.SqlServer
            && (settings.FindDatabase("Ledger"), settings.FindDatabase("Cube")) is ({ } ledger, { } cube) ? (ledger, cube) : null;
        return !settings.ReportFaults(console);
    }
}
