using XilinIngest.Hosting;
using XilinIngest.Storage;

namespace XilinIngest.Standalone;

/// <summary>Where ledger and cube are kept, as the settings say.</summary>
internal static class Stores
{
    /// <param name="settings">The settings.</param>
    /// <param name="say">Told what is missing or wrong.</param>
    /// <param name="onServer">The databases of a server; null: files in the data folder.</param>
    /// <returns>False: something is missing or wrong, and has been said.</returns>
    public static bool Find(HostSettings settings, Say say, out (Database Ledger, Database Cube)? onServer)
    {
        onServer = settings.Provider() is StorageProvider.PostgreSql or StorageProvider.SqlServer
            && (settings.Database("Ledger"), settings.Database("Cube")) is ({ } ledger, { } cube) ? (ledger, cube) : null;
        return !settings.Fail(say);
    }
}
