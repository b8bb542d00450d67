namespace XilinIngest.TabularFiles;

/// <summary>A table that a user saves as a file.</summary>
/// <param name="Name">The name of the sheet and of the file.</param>
/// <param name="Headings">The headings of the columns.</param>
/// <param name="Rows">The cells: a decimal, an int or a long is a number, null is an empty cell, anything else is a text.</param>
public sealed record ExportTable(string Name, IReadOnlyList<string> Headings, IReadOnlyList<IReadOnlyList<object?>> Rows)
{
    /// <summary>What stands above the table in a workbook; null: nothing does. A file of text has the table alone.</summary>
    public ExportHead? Head { get; init; }
}

/// <summary>The head of a table that is printed or passed on.</summary>
/// <param name="Title">What the table is.</param>
/// <param name="Notes">Month, units of measure, source and date, a line each.</param>
public sealed record ExportHead(string Title, IReadOnlyList<string> Notes);
