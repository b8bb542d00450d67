using System.Data.Common;
using System.Text.RegularExpressions;
using XilinIngest.Storage;

namespace XilinIngest.Worker.Ledger;

/// <summary>
/// Refuses a start that would begin with empty ledgers although there is one with rows: <c>partitions.csv</c> was added or removed, and
/// the rows have not been taken over by <c>xilin-admin partition</c>.
/// </summary>
internal static partial class LedgerSplitCheck
{
    /// <summary>Beside the ledgers' files: the new ledgers of xilin-admin partition until they have taken their places.</summary>
    public const string StagingFolder = "partition-new";

    private const string VerifiedMarker = "verified";

    /// <summary>The file that says that all new ledgers in the folder are complete.</summary>
    public static string MarkerIn(string stagingFolder) => Path.Combine(stagingFolder, VerifiedMarker);

    /// <param name="installation">The database that one ledger of the whole tree has.</param>
    /// <exception cref="InvalidOperationException">The files are being switched.</exception>
    public static void EnsureSwitched(Database installation)
    {
        if (installation.Provider == StorageProvider.Sqlite
            && File.Exists(MarkerIn(Path.Combine(Path.GetDirectoryName(installation.Name)!, StagingFolder))))
        {
            throw new InvalidOperationException(
                $"{installation.Name} 的分区切换被中断。请再运行一次 xilin-admin partition，它会接着做完。 / The ledgers beside {installation.Name} were "
                + "being switched when xilin-admin partition was interrupted. Run it again: it finishes that.");
        }
    }

    /// <param name="installation">The database that one ledger of the whole tree has.</param>
    /// <param name="stores">The ledgers of the partitions.</param>
    /// <exception cref="InvalidOperationException">Another ledger has the rows.</exception>
    public static void Ensure(Database installation, IReadOnlyList<LedgerStore> stores)
    {
        if (stores.Any(HasRows) || FindOther(installation, stores) is not { } other)
        {
            return;
        }

        throw new InvalidOperationException(
            $"台账 {other} 中有报表，而按目录的 partitions.csv 所用的台账是空的。请恢复原来的 partitions.csv；要另行划分的，停止各服务后运行 xilin-admin partition。 / "
            + $"The ledger {other} has rows, and the ledgers that partitions.csv asks for are empty. Put partitions.csv back as it was; to "
            + "split the tree in another way, stop the services and run xilin-admin partition.");
    }

    private static string? FindOther(Database installation, IReadOnlyList<LedgerStore> stores)
    {
        if (stores is not [{ Partition.IsWholeTree: true }])
        {
            return MayHaveRows(installation) ? installation.Name : null;
        }

        return installation.Provider != StorageProvider.Sqlite ? null
            : Directory.EnumerateFiles(Path.GetDirectoryName(installation.Name)!, "*.db")
                .Where(file => PartitionFile().Match(Path.GetFileName(file)) is { Success: true } match
                    && match.Groups[1].Value == Path.GetFileNameWithoutExtension(installation.Name))
                .Order(StringComparer.Ordinal).FirstOrDefault(file => MayHaveRows(new Database(file)));
    }

    // The user of a service may have no right to a database that it does not use, which may not exist.
    private static bool MayHaveRows(Database database)
    {
        if (database.Provider == StorageProvider.Sqlite && !File.Exists(database.Name))
        {
            return false;
        }

        try
        {
            return HasRows(new LedgerStore(database.AsReadOnly()));
        }
        catch (DbException)
        {
            return false;
        }
    }

    private static bool HasRows(LedgerStore store)
    {
        using var connection = store.Open();
        return LedgerStore.ReadLastSequence(connection) > 0;
    }

    [GeneratedRegex(@"^(.+)-[0-9]+(\.[0-9]+)*\.db$")]
    private static partial Regex PartitionFile();
}
