using Microsoft.Data.Sqlite;
using XilinIngest.Indicators;
using XilinIngest.InputOutput;
using XilinIngest.Storage;
using XilinIngest.Worker.Ledger;

namespace XilinIngest.Admin.Partitions;

/// <summary>
/// The files of ledgers in one folder. New ones are written into a folder of their own and take the places of the present ones by renaming,
/// which an interruption leaves to the next run. Nothing is deleted but an unfinished copy.
/// </summary>
/// <param name="folder">The folder of the ledgers.</param>
internal sealed class LedgerFiles(string folder)
{
    private const int MaxListed = 20;
    private static readonly string[] Suffixes = ["-wal", "-shm", ""];
    private readonly string _staging = Path.Combine(folder, LedgerSplitCheck.StagingFolder);

    private string Marker => LedgerSplitCheck.MarkerIn(_staging);

    /// <summary>Whether the new ledgers are complete, and the present ones have not all been renamed yet.</summary>
    /// <param name="partitions">The partitions of the catalogue.</param>
    /// <param name="ledgers">Their ledgers, in their places.</param>
    /// <exception cref="AdminCommandException">They were made for other partitions, or what says so is damaged and some have been
    /// renamed.</exception>
    public bool IsSwitching(IReadOnlyList<Partition> partitions, IReadOnlyList<Database> ledgers)
    {
        if (!File.Exists(Marker))
        {
            return false;
        }

        if (SwitchMark.Read(Marker) is not { } mark)
        {
            EnsureNoneRenamed(ledgers);
            return false;
        }

        return mark.Partitions.ToHashSet(StringComparer.Ordinal).SetEquals(partitions.Select(partition => partition.Path)) ? true
            : throw new AdminCommandException(
                $"{_staging} 中的新台账是为另一份 partitions.csv（{Describe(mark.Partitions)}）建立的，切换中断。请先恢复那份 partitions.csv 再运行一次；之后要另行划分的，用 --from。",
                $"The new ledgers in {_staging} were made for another partitions.csv ({Describe(mark.Partitions)}), and taking their "
                + "places was interrupted. Put that partitions.csv back and run this again; then split in another way, with --from.");
    }

    // Begun anew, a copy may only be where none of the new ledgers has the place of a former one.
    private void EnsureNoneRenamed(IReadOnlyList<Database> ledgers)
    {
        if (ledgers.Any(ledger => !File.Exists(Staged(ledger).Name)))
        {
            throw new AdminCommandException(
                $"{Marker} 已损坏，切换可能已做了一半。请把最近的 before-partition-… 文件夹中的文件移回 {folder}，删去 {_staging}，再运行一次。",
                $"{Marker} is damaged, and the new ledgers may have been given their places in part. Move the files of the newest folder "
                + $"before-partition-… back into {folder}, delete {_staging}, and run this again.");
        }
    }

    private static string Describe(IReadOnlyList<string> paths) => paths is [""] ? "-" : string.Join(", ", paths.Take(MaxListed))
        + (paths.Count > MaxListed ? ", …" : "");

    /// <summary>Makes the folder of the new ledgers, without what an interrupted run left.</summary>
    public void Begin()
    {
        if (Directory.Exists(_staging))
        {
            Directory.Delete(_staging, recursive: true);
        }

        PrivateFiles.CreateFolder(_staging);
    }

    /// <summary>Where a ledger is written until it takes its place.</summary>
    public Database Staged(Database final) => new(Path.Combine(_staging, Path.GetFileName(final.Name)));

    /// <summary>Says that the new ledgers are complete, and which files they replace.</summary>
    /// <param name="now">Names the folder of the former files.</param>
    /// <param name="former">The databases that are no longer used.</param>
    /// <param name="partitions">What the new ledgers were made for.</param>
    public void MarkVerified(DateTimeOffset now, IEnumerable<Database> former, IReadOnlyList<Partition> partitions) => new SwitchMark(
        Path.Combine(folder, $"before-partition-{now.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}"),
        [.. former.Select(database => database.Name).Where(File.Exists).Distinct()],
        [.. partitions.Select(partition => partition.Path)]).Write(Marker);

    /// <summary>Renames the former files, and gives the new ledgers their places.</summary>
    /// <returns>The folder of the former files.</returns>
    public string Switch()
    {
        SqliteConnection.ClearAllPools();
        var mark = SwitchMark.Read(Marker)!;
        var kept = mark.Kept;
        PrivateFiles.CreateFolder(kept);

        // Once a former file is in its folder, the file of that name is the new one.
        foreach (var file in mark.Former.Where(file => !File.Exists(Path.Combine(kept, Path.GetFileName(file)))))
        {
            Move(file, Path.Combine(kept, Path.GetFileName(file)));
        }

        foreach (var name in Directory.EnumerateFiles(_staging, "*.db").Select(file => Path.GetFileName(file)).ToList())
        {
            Move(Path.Combine(_staging, name), Path.Combine(folder, name));
        }

        Directory.Delete(_staging, recursive: true);
        return kept;
    }

    // The file itself comes last: while it has not moved, all is done again.
    private static void Move(string from, string to)
    {
        foreach (var suffix in Suffixes.Where(suffix => File.Exists(from + suffix)))
        {
            File.Move(from + suffix, to + suffix);
        }
    }
}
