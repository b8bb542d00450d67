using System.Globalization;
using DocumentFormat.OpenXml.Spreadsheet;

namespace XilinIngest.TabularFiles.Workbooks;

/// <summary>Creates the parts of a sheet. <see cref="FormulaProtection"/> creates cells with text.</summary>
public static class SheetParts
{
    public static Cell EmptyCell(uint style) => new() { StyleIndex = style };

    public static Cell NumberCell(decimal number, uint style) =>
        new(new CellValue(number.ToString(CultureInfo.InvariantCulture))) { StyleIndex = style };

    /// <summary>A row with its number, from 1, and with cells from column A on.</summary>
    public static Row Row(int number, params IReadOnlyList<Cell> cells)
    {
        for (var i = 0; i < cells.Count; i++)
        {
            cells[i].CellReference = ColumnLetters(i + 1) + number.ToString(CultureInfo.InvariantCulture);
        }

        return new Row(cells) { RowIndex = (uint)number };
    }

    /// <summary>The widths of the columns from A on.</summary>
    public static Columns Columns(IEnumerable<double> widths) =>
        new(widths.Select((width, i) => new Column { Min = (uint)i + 1, Max = (uint)i + 1, Width = width, CustomWidth = true }));

    /// <summary>Keeps the first rows visible while the others scroll, and the first columns beside them.</summary>
    public static SheetViews FreezeRows(int count, int columns = 0)
    {
        var pane = new Pane
        {
            VerticalSplit = count,
            TopLeftCell = $"{ColumnLetters(columns + 1)}{count + 1}",
            ActivePane = columns == 0 ? PaneValues.BottomLeft : PaneValues.BottomRight,
            State = PaneStateValues.Frozen,
        };
        if (columns > 0)
        {
            pane.HorizontalSplit = columns;
        }

        return new(new SheetView(pane) { WorkbookViewId = 0 });
    }

    /// <summary>Lets the printed sheet be as wide as its page.</summary>
    public static SheetProperties FitToPageWidth() => new(new PageSetupProperties { FitToPage = true });

    /// <summary>The margins of the printed page, in inches.</summary>
    public static PageMargins PrintMargins() =>
        new() { Left = 0.5, Right = 0.5, Top = 0.6, Bottom = 0.6, Header = 0.3, Footer = 0.3 };

    /// <summary>A4 across, as many pages long as it needs.</summary>
    public static PageSetup A4Landscape() =>
        new() { PaperSize = 9, Orientation = OrientationValues.Landscape, FitToWidth = 1, FitToHeight = 0 };

    /// <summary>The letters of a column, from 1: A, B … Z, AA.</summary>
    public static string ColumnLetters(int column) =>
        column <= 26 ? $"{(char)('A' + column - 1)}" : ColumnLetters((column - 1) / 26) + ColumnLetters((column - 1) % 26 + 1);
}
