namespace XilinIngest.Admin.Pruning;

/// <summary>What the command line of <c>prune</c> says.</summary>
/// <param name="Years">What is older may go.</param>
/// <param name="ArchiveRoot">The folder of archives, with each year that is pruned; null: none is named.</param>
/// <param name="IsWithoutArchive">Whether years may be pruned that are in no archive.</param>
/// <param name="IsDryRun">Nothing is changed.</param>
/// <param name="IsConfirmed">Nobody is asked.</param>
/// <param name="Compacts">Whether the space of SQLite files is given back.</param>
internal sealed record PruneRequest(
    int Years, string? ArchiveRoot, bool IsWithoutArchive, bool IsDryRun, bool IsConfirmed, bool Compacts);
