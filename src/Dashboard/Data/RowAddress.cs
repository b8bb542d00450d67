using System.Globalization;

namespace XilinIngest.Dashboard.Data;

/// <summary>The address of a ledger row: by its number, and by the partition where there are several ledgers.</summary>
internal static class RowAddress
{
    /// <summary>The page of a row.</summary>
    /// <param name="sequence">Its number.</param>
    /// <param name="partition">The path of its partition; null: one ledger has the whole tree.</param>
    public static string Page(long sequence, string? partition) =>
        string.Create(CultureInfo.InvariantCulture, $"/submissions/{sequence}{Query('?', partition)}");

    /// <summary>The page that explains the proof of a row.</summary>
    /// <inheritdoc cref="Page"/>
    public static string Proof(long sequence, string? partition) =>
        string.Create(CultureInfo.InvariantCulture, $"/submissions/{sequence}/proof{Query('?', partition)}");

    /// <summary>The row at the service.</summary>
    /// <inheritdoc cref="Page"/>
    public static string Service(long sequence, string? partition) =>
        string.Create(CultureInfo.InvariantCulture, $"/api/submissions/{sequence}{Query('?', partition)}");

    /// <summary>The part of a query that names the partition; empty where one ledger has the whole tree.</summary>
    /// <param name="separator"><c>?</c> or <c>&amp;</c>.</param>
    /// <param name="partition">The path of the partition.</param>
    public static string Query(char separator, string? partition) =>
        partition is null ? "" : $"{separator}partition={Uri.EscapeDataString(partition)}";
}
