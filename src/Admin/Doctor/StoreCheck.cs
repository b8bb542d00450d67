using System.Data.Common;
using XilinIngest.Admin.Installations;
using XilinIngest.Aggregator;
using XilinIngest.Notifier;
using XilinIngest.Storage;
using XilinIngest.Worker;

namespace XilinIngest.Admin.Doctor;

/// <summary>
/// Checks a database: that it can be read, has the schema of this program, and gives its user the rights that are needed.
/// </summary>
internal static class StoreCheck
{
    public static Task<IReadOnlyList<CheckFinding>> RunAsync(Store store) => Task.FromResult<IReadOnlyList<CheckFinding>>(Find(store));

    /// <summary>Whether the database is there with the schema of this program.</summary>
    public static bool IsCurrent(Store store)
    {
        try
        {
            return !IsMissingFile(store) && FindMissingScripts(store).Count == 0;
        }
        catch (Exception exception) when (exception is DbException or InvalidOperationException or IOException)
        {
            return false;
        }
    }

    private static List<CheckFinding> Find(Store store)
    {
        var (database, name) = (store.Database, store.Database.Name);
        try
        {
            if (IsMissingFile(store))
            {
                return [CheckFinding.Warning(
                    $"没有文件 {name}。", $"There is no file {name}.", "服务第一次启动时会建立。以前运行过的，请停止服务，从备份恢复（docs/backup.md）。",
                    "The service makes it at its first start. Where it has run before, stop it and restore a backup (docs/backup.md).")];
            }

            using (database.OpenInteractive())
            {
                // It can be reached.
            }

            return database.FindUnsuitableSetting() is { } unsuitable ? [CheckFinding.FromMessage(CheckState.Fault, unsuitable)]
                : FindMissingScripts(store) is { Count: > 0 } missing ? [Outdated(store, missing)]
                : StoreRights.Find(store).ToList() is { Count: > 0 } rights ? rights
                : [CheckFinding.Fine($"{name}：结构和权限都正确。", $"{name}: schema and rights are right."), .. PruningFindings.Of(store)];
        }
        catch (Exception exception) when (exception is DbException or InvalidOperationException or IOException)
        {
            return [CheckRunner.FromException(exception, name)];
        }
    }

    private static bool IsMissingFile(Store store) =>
        store.Database.Provider == StorageProvider.Sqlite && !File.Exists(store.Database.Name);

    private static IReadOnlyList<string> FindMissingScripts(Store store) => store.Kind switch
    {
        StoreKind.Ledger => WorkerRegistration.FindMissingScripts(store.Database),
        StoreKind.Cube => AggregatorRegistration.FindMissingScripts(store.Database),
        _ => NotifierRegistration.FindMissingScripts(store.Database),
    };

    private static CheckFinding Outdated(Store store, IReadOnlyList<string> missing) => store.Database.Provider == StorageProvider.Sqlite
        ? CheckFinding.Warning(
            $"{store.Database.Name} 由较早的版本写入，缺 {missing.Count} 个结构升级。",
            $"{store.Database.Name} was written by an earlier version and lacks {missing.Count} changes of the schema.",
            "先做备份；服务下次启动时自动升级。", "Make a backup; the service makes them at its next start.")
        : CheckFinding.Fault(
            $"{store.Database.Name} 比本程序旧，缺 {missing.Count} 个结构升级，服务不会启动。",
            $"{store.Database.Name} is older than this program and lacks {missing.Count} changes of the schema; no service starts on it.",
            "请停止旧版本的服务并做备份，再以表的所有者运行 xilin-admin migrate。",
            "Stop the services of the older version, make a backup, then run xilin-admin migrate as the owner of the tables.");
}
