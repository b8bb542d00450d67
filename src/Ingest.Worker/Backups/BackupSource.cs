using XilinIngest.Indicators;
using XilinIngest.Storage;
using XilinIngest.Worker.Ledger;

namespace XilinIngest.Worker.Backups;

/// <summary>What a backup is made of.</summary>
internal sealed record BackupSource
{
    /// <summary>The notices and the cubes. They are copied first, because a ledger must never be behind its cube.</summary>
    public required IReadOnlyList<Database> Results { get; init; }

    public required IReadOnlyList<(Partition Partition, Database Database)> Ledgers { get; init; }

    /// <summary>The ledgers' signing key; the key of times is beside it.</summary>
    public required string KeyPath { get; init; }

    public SigningKeyFiles KeyFiles => new(KeyPath);

    public required string CatalogueFolder { get; init; }

    /// <summary>All databases in the order in which they are copied.</summary>
    public IEnumerable<Database> InOrder => Results.Concat(Ledgers.Select(ledger => ledger.Database));
}

/// <summary>A backup that was made.</summary>
/// <param name="Folder">Where it is.</param>
/// <param name="Rows">The rows of all ledgers in it.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Deleted">How many older ones were deleted.</param>
/// <param name="IsRestored">Whether each copy was read back into a database and verified there; otherwise only read to its end.</param>
internal sealed record BackupResult(string Folder, long Rows, long Bytes, int Deleted, bool IsRestored);

/// <summary>A backup could not be made or restored. The message names the reason and the remedy.</summary>
internal sealed class BackupException(string zh, string en, Exception? inner = null) : Exception(en, inner)
{
    public string MessageZh { get; } = zh;
}
