namespace XilinIngest.TabularFiles;

/// <summary>A table that a user saves as a file.</summary>
/// <param name="Name">The name of the sheet and of the file.</param>
/// <param name="Headings">The headings of the columns.</param>
/// <param name="Rows">The cells: a decimal, an int or a long is a number, null is an empty cell, anything else is a text.</param>
public sealed record ExportTable(string Name, IReadOnlyList<string> Headings, IReadOnlyList<IReadOnlyList<object?>> Rows);
