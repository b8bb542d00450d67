using System.Globalization;
using DocumentFormat.OpenXml.Spreadsheet;

namespace XilinIngest.TabularFiles.Workbooks;

/// <summary>Writes a table as a workbook of one sheet. Numbers are written as numbers and texts as texts.</summary>
public static class WorkbookTableWriter
{
    private const uint NumberStyle = 0;
    private const uint TextStyle = 1;
    private const uint HeadingStyle = 2;
    private const double ColumnWidth = 18;

    public static byte[] Write(ExportTable table)
    {
        var headings = table.Headings.Select(heading => FormulaProtection.TextCell(heading, HeadingStyle));
        var rows = table.Rows.Select((row, i) => SheetParts.Row(i + 2, [.. row.Select(ToCell)]));
        var sheet = new Worksheet(
            SheetParts.FreezeRows(1),
            SheetParts.Columns(table.Headings.Select(_ => ColumnWidth)),
            new SheetData(rows.Prepend(SheetParts.Row(1, [.. headings]))));
        return WorkbookWriter.Write([new SheetContent(new UniqueSheetNames().Take(table.Name, "1"), sheet)], BuildStyles());
    }

    private static Cell ToCell(object? value) => value switch
    {
        null => SheetParts.EmptyCell(NumberStyle),
        decimal or int or long => SheetParts.NumberCell(Convert.ToDecimal(value, CultureInfo.InvariantCulture), NumberStyle),
        _ => FormulaProtection.TextCell(value.ToString()!, TextStyle),
    };

    private static Stylesheet BuildStyles() => new(
        new Fonts(new Font(), new Font(new Bold())) { Count = 2 },
        new Fills(
            new Fill(new PatternFill { PatternType = PatternValues.None }),
            new Fill(new PatternFill { PatternType = PatternValues.Gray125 }))
        { Count = 2 },
        new Borders(new Border()) { Count = 1 },
        new CellStyleFormats(new CellFormat()) { Count = 1 },
        new CellFormats(
            new CellFormat(),
            FormulaProtection.QuoteTexts(new CellFormat { NumberFormatId = 49, ApplyNumberFormat = true }),
            FormulaProtection.QuoteTexts(new CellFormat { FontId = 1, ApplyFont = true }))
        { Count = 3 });
}
