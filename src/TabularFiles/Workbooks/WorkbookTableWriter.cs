using System.Globalization;
using DocumentFormat.OpenXml.Spreadsheet;

namespace XilinIngest.TabularFiles.Workbooks;

/// <summary>Writes a table as a workbook of one sheet. Numbers are written as numbers and texts as texts.</summary>
public static class WorkbookTableWriter
{
    private const uint NumberStyle = 0;
    private const uint TextStyle = 1;
    private const uint HeadingStyle = 2;
    private const uint TitleStyle = 3;
    private const double ColumnWidth = 18;
    private const double TitleSize = 16;

    public static byte[] Write(ExportTable table)
    {
        var head = HeadOf(table);
        var titles = head.Count + 1;
        var headings = table.Headings.Select(heading => FormulaProtection.TextCell(heading, HeadingStyle));
        var rows = table.Rows.Select((row, i) => SheetParts.Row(titles + 1 + i, [.. row.Select(ToCell)]));
        var sheet = new Worksheet(
            SheetParts.FitToPageWidth(),
            SheetParts.FreezeRows(titles, columns: table.Head is null ? 0 : 1),
            SheetParts.Columns(table.Headings.Select(_ => ColumnWidth)),
            new SheetData([.. head.Select((cell, i) => SheetParts.Row(i + 1, cell)), SheetParts.Row(titles, [.. headings]), .. rows]),
            SheetParts.PrintMargins(),
            SheetParts.A4Landscape());
        return WorkbookWriter.Write(
            [new SheetContent(new UniqueSheetNames().Take(table.Name, "1"), sheet) { PrintTitleRows = titles }], BuildStyles());
    }

    private static List<Cell> HeadOf(ExportTable table) => table.Head is not { } head ? []
        : [FormulaProtection.TextCell(head.Title, TitleStyle), .. head.Notes.Select(note => FormulaProtection.TextCell(note, TextStyle))];

    private static Cell ToCell(object? value) => value switch
    {
        null => SheetParts.EmptyCell(NumberStyle),
        decimal or int or long => SheetParts.NumberCell(Convert.ToDecimal(value, CultureInfo.InvariantCulture), NumberStyle),
        _ => FormulaProtection.TextCell(value.ToString()!, TextStyle),
    };

    private static Stylesheet BuildStyles() => new(
        new Fonts(new Font(), new Font(new Bold()), new Font(new Bold(), new FontSize { Val = TitleSize })) { Count = 3 },
        new Fills(
            new Fill(new PatternFill { PatternType = PatternValues.None }),
            new Fill(new PatternFill { PatternType = PatternValues.Gray125 }))
        { Count = 2 },
        new Borders(new Border()) { Count = 1 },
        new CellStyleFormats(new CellFormat()) { Count = 1 },
        new CellFormats(
            new CellFormat(),
            FormulaProtection.QuoteTexts(new CellFormat { NumberFormatId = 49, ApplyNumberFormat = true }),
            FormulaProtection.QuoteTexts(new CellFormat { FontId = 1, ApplyFont = true }),
            FormulaProtection.QuoteTexts(new CellFormat { FontId = 2, ApplyFont = true }))
        { Count = 4 });
}
