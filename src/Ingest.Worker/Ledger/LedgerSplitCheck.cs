using System.Data.Common;
using System.Text.RegularExpressions;
using Dapper;
using XilinIngest.Storage;

namespace XilinIngest.Worker.Ledger;

/// <summary>
/// Refuses a start that would begin with empty ledgers although there is one with rows: <c>partitions.csv</c> was added or removed, and
/// the rows have not been taken over by <c>xilin-admin partition</c>; or the ledger of a partition is lost.
/// </summary>
internal static partial class LedgerSplitCheck
{
    /// <summary>Beside the ledgers' files: the new ledgers of xilin-admin partition until they have taken their places.</summary>
    public const string StagingFolder = "partition-new";

    private const string VerifiedMarker = "verified";

    internal static readonly SqlStatement
        FactCount = new("SELECT COUNT(*) FROM recorded_fact"),
        RecordedPartitions = new("SELECT code FROM recorded_fact WHERE source_file = 'partitions.csv' AND field = 'path'");

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
    /// <exception cref="InvalidOperationException">Another ledger has the rows, or one of them is lost.</exception>
    public static void Ensure(Database installation, IReadOnlyList<LedgerStore> stores)
    {
        var withRows = stores.Where(HasRows).ToList();
        if (withRows.Count > 0)
        {
            EnsureNoneLost(stores, withRows);
            return;
        }

        if (FindOther(installation, stores) is not { } other)
        {
            return;
        }

        throw new InvalidOperationException(
            $"台账 {other} 中有报表，而按目录的 partitions.csv 所用的台账是空的。请恢复原来的 partitions.csv；要另行划分的，停止各服务后运行 xilin-admin partition。 / "
            + $"The ledger {other} has rows, and the ledgers that partitions.csv asks for are empty. Put partitions.csv back as it was; to "
            + "split the tree in another way, stop the services and run xilin-admin partition.");
    }

    // All ledgers record the catalogue before any of them takes a row. So one that has recorded nothing, although one with rows has
    // recorded its partition, is not the ledger that was there then.
    private static void EnsureNoneLost(IReadOnlyList<LedgerStore> stores, List<LedgerStore> withRows)
    {
        if (stores.Except(withRows).Where(HasRecordedNothing).ToList() is not { Count: > 0 } begun)
        {
            return;
        }

        var known = withRows.SelectMany(ReadPartitions).ToHashSet(StringComparer.Ordinal);
        if (begun.Find(store => known.Contains(store.Partition.Path)) is { } lost)
        {
            throw new InvalidOperationException(
                $"分区 {lost.Partition.Path} 的台账 {lost.Name} 是新的、空的，而其他分区收报时它已经有台账。请停止服务，从备份恢复它，或改正 partitions.csv 中该分区的 connection。 / "
                + $"The ledger {lost.Name} of partition {lost.Partition.Path} is new and empty, and the partition had a ledger when the "
                + "others took their rows. Stop the services, and restore it from a backup, or correct the partition's connection in "
                + "partitions.csv.");
        }
    }

    private static bool HasRecordedNothing(LedgerStore store)
    {
        using var connection = store.Open();
        return connection.QuerySingle<long>(FactCount.For(connection)) == 0;
    }

    private static List<string> ReadPartitions(LedgerStore store)
    {
        using var connection = store.Open();
        return connection.Query<string>(RecordedPartitions.For(connection)).AsList();
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
