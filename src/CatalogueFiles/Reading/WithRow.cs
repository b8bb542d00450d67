using XilinIngest.CatalogueFiles.Tables;

namespace XilinIngest.CatalogueFiles.Reading;

/// <summary>What a row says, and the row, so that a fault found across files still names its line.</summary>
internal readonly record struct WithRow<T>(CsvRow Row, T Value);

/// <summary>
/// The codes a file names, those on faulty rows included: a row that is faulty itself must not make every row that refers to it faulty.
/// Null where the file could not be read, and nothing can be said of references to it.
/// </summary>
internal sealed class KnownCodes(CsvTable? table)
{
    private readonly HashSet<string>? _codes = table?.Rows.Select(row => row.Text("code")).ToHashSet();

    internal bool MayContain(string code) => _codes is null || _codes.Contains(code);
}
