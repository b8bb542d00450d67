using XilinIngest.CatalogueFiles.Tables;

namespace XilinIngest.CatalogueFiles.Reading;

/// <summary>The value of a row with the row itself, so that a fault found across files can name its line.</summary>
internal readonly record struct WithRow<T>(CsvRow Row, T Value);

/// <summary>
/// The codes in a file, including those on faulty rows, so that a faulty row does not make every reference to it faulty. Null if the file
/// could not be read, so that references to it cannot be checked.
/// </summary>
internal sealed class KnownCodes(CsvTable? table)
{
    private readonly HashSet<string>? _codes = table?.Rows.Select(row => row.Text("code")).ToHashSet();

    internal bool MayContain(string code) => _codes is null || _codes.Contains(code);
}
