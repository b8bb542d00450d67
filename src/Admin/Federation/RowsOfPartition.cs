namespace XilinIngest.Admin.Federation;

/// <summary>Names the ledger of an installation that has several.</summary>
internal static class RowsOfPartition
{
    /// <summary>The part of a query that names the partition; empty where one ledger has the whole tree.</summary>
    /// <param name="separator"><c>?</c> or <c>&amp;</c>.</param>
    /// <param name="partition">The path of the partition.</param>
    /// <param name="name">The parameter.</param>
    public static string Query(char separator, string? partition, string name = "partition") =>
        partition is null ? "" : $"{separator}{name}={Uri.EscapeDataString(partition)}";
}
