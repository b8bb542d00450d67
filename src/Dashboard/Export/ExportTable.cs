namespace XilinIngest.Dashboard.Export;

/// <summary>A table to be taken along.</summary>
/// <param name="Name">Of the sheet and the file.</param>
/// <param name="Headings">Of its columns.</param>
/// <param name="Rows">Cells: a decimal or an int is a number, anything else a text, null empty.</param>
internal sealed record ExportTable(string Name, IReadOnlyList<string> Headings, IReadOnlyList<IReadOnlyList<object?>> Rows);
