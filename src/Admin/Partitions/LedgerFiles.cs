using Microsoft.Data.Sqlite;
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
    private static readonly string[] Suffixes = ["-wal", "-shm", ""];
    private readonly string _staging = Path.Combine(folder, LedgerSplitCheck.StagingFolder);

    private string Marker => LedgerSplitCheck.MarkerIn(_staging);

    /// <summary>Whether the new ledgers are complete, and the present ones have not all been renamed yet.</summary>
    public bool IsSwitching => File.Exists(Marker);

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
    public void MarkVerified(DateTimeOffset now, IEnumerable<Database> former) => File.WriteAllLines(
        Marker,
        [
            Path.Combine(folder, $"before-partition-{now.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}"),
            .. former.Select(database => database.Name).Where(File.Exists).Distinct(),
        ]);

    /// <summary>Renames the former files, and gives the new ledgers their places.</summary>
    /// <returns>The folder of the former files.</returns>
    public string Switch()
    {
        SqliteConnection.ClearAllPools();
        var lines = File.ReadAllLines(Marker);
        var kept = lines[0];
        PrivateFiles.CreateFolder(kept);

        // Once a former file is in its folder, the file of that name is the new one.
        foreach (var file in lines.Skip(1).Where(file => !File.Exists(Path.Combine(kept, Path.GetFileName(file)))))
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
