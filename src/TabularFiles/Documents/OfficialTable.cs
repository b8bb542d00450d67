using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;

namespace XilinIngest.TabularFiles.Documents;

/// <summary>The table of an official document: thin lines, and its heading on each page.</summary>
internal static class OfficialTable
{
    private const uint LineWidth = 4;

    /// <param name="table">The table.</param>
    /// <param name="write">Writes the text of a cell, and whether it is a number.</param>
    public static Table Build(ExportTable table, Func<string, bool, Paragraph> write)
    {
        var built = new Table(new TableProperties(
            new TableWidth { Width = "5000", Type = TableWidthUnitValues.Pct },
            new TableBorders(
                Line<TopBorder>(), Line<LeftBorder>(), Line<BottomBorder>(), Line<RightBorder>(), Line<InsideHorizontalBorder>(),
                Line<InsideVerticalBorder>())));
        built.Append(new TableGrid(table.Headings.Select(_ => new GridColumn())));
        built.Append(Row(table.Headings.Select(heading => write(heading, false)), new CantSplit(), new TableHeader()));
        built.Append(table.Rows.Select(
            row => Row(row.Select(cell => write(TextOf(cell), cell is decimal or int or long)), new CantSplit())));
        return built;
    }

    private static TableRow Row(IEnumerable<Paragraph> cells, params OpenXmlElement[] properties)
    {
        var row = new TableRow(new TableRowProperties(properties));
        row.Append(cells.Select(cell => new TableCell(cell)));
        return row;
    }

    private static string TextOf(object? cell) => Convert.ToString(cell, System.Globalization.CultureInfo.InvariantCulture) ?? "";

    private static T Line<T>()
        where T : BorderType, new() => new() { Val = BorderValues.Single, Size = LineWidth };
}
