using System.CommandLine;
using XilinIngest.Admin.Installations;
using XilinIngest.Hosting;
using XilinIngest.Storage;
using XilinIngest.Worker.Backups;

namespace XilinIngest.Admin;

/// <summary>What the commands for backups work on.</summary>
internal static class BackupPlace
{
    /// <param name="console">Prints what is missing.</param>
    /// <param name="place">The options.</param>
    /// <param name="result">The command line.</param>
    /// <param name="savedCatalogue">The catalogue of the backup, which names the partitions where there is none yet; null: there has to
    /// be one.</param>
    public static BackupSource? Read(ServiceConsole console, InstallationOptions place, ParseResult result, string? savedCatalogue)
    {
        var catalogue = place.CatalogueOf(result);
        var installation = place.Read(
            result, catalogue is not null && savedCatalogue is not null && !Directory.Exists(catalogue) ? savedCatalogue : catalogue);
        if (installation.Settings.ReportFaults(console))
        {
            return null;
        }

        var found = installation.CatalogueFolder ?? savedCatalogue;
        if (installation.KeyPath is not { } keyPath || found is null || !installation.Of(StoreKind.Ledger).Any())
        {
            InstallationOptions.FailWithoutLedger(console);
            return null;
        }

        var isRestore = savedCatalogue is not null;
        return new BackupSource
        {
            Results = [.. installation.Of(StoreKind.Notices).Where(store => isRestore || IsThere(store)).Select(store => store.Database),
                .. installation.Of(StoreKind.Cube).OrderBy(store => store.Partition.Path, StringComparer.Ordinal)
                    .Select(store => store.Database)],
            Ledgers = [.. installation.Of(StoreKind.Ledger).Select(store => (store.Partition, store.Database))],
            KeyPath = keyPath,
            CatalogueFolder = catalogue ?? found,
        };
    }

    // Where there is no notifier, there are no notices.
    private static bool IsThere(Store store) => store.Database.Provider != StorageProvider.Sqlite || File.Exists(store.Database.Name);

    public static async Task<int> RunAsync(this ServiceConsole console, string path, string option, Func<Task<int>> run) =>
        await console.RunGuardedAsync(path, option, async () =>
        {
            try
            {
                return await run();
            }
            catch (BackupException exception)
            {
                return console.Fail(exception.MessageZh, exception.Message);
            }
        });
}
