using System.Globalization;
using System.Text.RegularExpressions;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace XilinIngest.Dashboard.Export;

/// <summary>One sheet of Excel. Numbers are numbers; texts are texts, also when someone edits them, whatever they begin with.</summary>
internal static partial class XlsxExport
{
    public const string ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    private const uint Text = 1;
    private const uint Heading = 2;

    public static byte[] Write(ExportTable table)
    {
        using var stream = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook))
        {
            var book = document.AddWorkbookPart();
            book.Workbook = new Workbook(new Sheets());
            book.AddNewPart<WorkbookStylesPart>().Stylesheet = Styles();
            var sheet = book.AddNewPart<WorksheetPart>();
            sheet.Worksheet = new Worksheet(
                new SheetViews(
                    new SheetView(
                        new Pane
                        {
                            VerticalSplit = 1,
                            TopLeftCell = "A2",
                            ActivePane = PaneValues.BottomLeft,
                            State = PaneStateValues.Frozen
                        })
                    {
                        WorkbookViewId =
                            0
                    }),
                new Columns(new Column { Min = 1, Max = (uint)table.Headings.Count, Width = 18, CustomWidth = true }),
                new SheetData(
                    table.Rows.Select(row => new Row(row.Select(cell => Cell(cell, Text))))
                    .Prepend(new Row(table.Headings.Select(heading => Cell(heading, Heading))))));
            book.Workbook.GetFirstChild<Sheets>()!.Append(
                new Sheet { Name = NameOf(table.Name), SheetId = 1, Id = book.GetIdOfPart(sheet) });
        }

        return stream.ToArray();
    }

    private static Cell Cell(object? value, uint look) => value switch
    {
        null => new Cell(),
        decimal or int or long => new Cell(new CellValue(((IFormattable)value).ToString(null, CultureInfo.InvariantCulture))),
        _ => new Cell(
            new InlineString(new Text(NotInXml().Replace(value.ToString()!, "")) { Space = SpaceProcessingModeValues.Preserve }))
        {
            DataType = CellValues.InlineString,
            StyleIndex = look
        },
    };

    private static Stylesheet Styles() => new(
        new Fonts(new Font(), new Font(new Bold())) { Count = 2 },
        new Fills(new Fill(new PatternFill { PatternType = PatternValues.None }),
            new Fill(new PatternFill { PatternType = PatternValues.Gray125 }))
        { Count = 2 },
        new Borders(new Border()) { Count = 1 },
        new CellStyleFormats(new CellFormat()) { Count = 1 },
        new CellFormats(new CellFormat(), new CellFormat { NumberFormatId = 49, ApplyNumberFormat = true, QuotePrefix = true },
            new CellFormat { FontId = 1, ApplyFont = true, QuotePrefix = true })
        { Count = 3 });

    // At most 31 characters, none of those that Excel forbids.
    private static string NameOf(string name) =>
        Forbidden().Replace(name, "") is { Length: > 0 } allowed ? allowed[..Math.Min(31, allowed.Length)] : "1";

    [GeneratedRegex(@"[\[\]:*?/\\'\p{Cc}]")]
    private static partial Regex Forbidden();

    [GeneratedRegex(@"[\x00-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]")]
    private static partial Regex NotInXml();
}
