using System.IO.Compression;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using XilinIngest.TabularFiles.Workbooks;

namespace XilinIngest.TabularFiles.Tests.Workbooks;

/// <summary>A workbook that an upper level made, after its cells were filled.</summary>
public sealed class A_template_that_is_filled
{
    private const uint Money = 1;

    private static readonly Dictionary<string, Cell> Cells = Filled(new()
    {
        [("表", 2, 2)] = 1.25m,
        [("表", 3, 2)] = "=1+1",
        [("表", 9, 3)] = 7m,
    });

    [Fact]
    public void Has_numbers_as_numbers_in_the_formats_of_its_cells() => Assert.Equal(
        ("1.25", Money, false), (Cells["B2"].CellValue!.Text, Cells["B2"].StyleIndex!.Value, Cells["B2"].DataType?.HasValue ?? false));

    [Fact]
    public void Has_texts_as_texts_whatever_they_begin_with()
    {
        Assert.Equal((CellValues.InlineString, "=1+1"), (Cells["B3"].DataType!.Value, Cells["B3"].InnerText));
        Assert.Empty(Cells["B3"].Elements<CellFormula>());
    }

    [Fact]
    public void Keeps_its_formulas_texts_and_merged_cells_and_gets_rows_that_it_lacked()
    {
        Assert.Equal(("SUM(B2:B3)", null), (Cells["B4"].CellFormula!.Text, Cells["B4"].CellValue?.Text));
        Assert.Equal("7", Cells["C9"].CellValue!.Text);
        Assert.Equal(["A1", "A2", "B2", "C2", "B3", "B4", "C9"], Cells.Keys);
    }

    [Fact]
    public void Is_computed_anew_when_it_is_opened_and_is_valid()
    {
        using var document = SpreadsheetDocument.Open(new MemoryStream(WorkbookTemplateFiller.Fill(
            Template(), new Dictionary<(string, int, int), object> { [("表", 2, 2)] = 1m })), isEditable: false);
        Assert.True(document.WorkbookPart!.Workbook!.CalculationProperties!.FullCalculationOnLoad!.Value);
        Assert.Equal("A1:C1", document.WorkbookPart.WorksheetParts.Single().Worksheet!.Descendants<MergeCell>().Single().Reference!.Value);
        Assert.Empty(new DocumentFormat.OpenXml.Validation.OpenXmlValidator(FileFormatVersions.Microsoft365).Validate(document)
            .Select(fault => $"{fault.Path?.XPath} {fault.Description}"));
    }

    [Fact]
    public void Keeps_the_prefixes_extensions_and_other_parts_that_its_program_wrote()
    {
        const string root = "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" "
            + "xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" mc:Ignorable=\"x14ac\" "
            + "xmlns:x14ac=\"http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac\">";
        var template = Edit(Template(), xml => System.Text.RegularExpressions.Regex.Replace(xml, "<worksheet[^>]*>", root)
            .Replace("<row r=\"3\" />", "<row spans=\"1:1\" x14ac:dyDescent=\"0.25\"><c t=\"s\"><v>0</v></c></row>",
                StringComparison.Ordinal));
        var filled = WorkbookTemplateFiller.Fill(template, new Dictionary<(string, int, int), object> { [("表", 3, 2)] = 5m });
        var xml = SheetOf(filled);
        Assert.Contains(root, xml, StringComparison.Ordinal);
        Assert.Contains("<row x14ac:dyDescent=\"0.25\" r=\"3\"><c t=\"s\" r=\"A3\"><v>0</v></c><c r=\"B3\"><v>5</v></c></row>", xml,
            StringComparison.Ordinal);
        Assert.Equal(Read(template, "styles.xml"), Read(filled, "styles.xml"));
    }

    [Fact]
    public void Is_refused_where_it_is_damaged_or_lacks_the_sheet()
    {
        Assert.Throws<InvalidDataException>(() => WorkbookTemplateFiller.Fill(
            Template(), new Dictionary<(string, int, int), object> { [("别的", 2, 2)] = 1m }));
        Assert.Throws<InvalidDataException>(() => WorkbookTemplateFiller.Fill(
            [.. Template().Take(500)], new Dictionary<(string, int, int), object> { [("表", 2, 2)] = 1m }));
    }

    private static Dictionary<string, Cell> Filled(Dictionary<(string Sheet, int Row, int Column), object> values)
    {
        using var document = SpreadsheetDocument.Open(new MemoryStream(WorkbookTemplateFiller.Fill(Template(), values)), isEditable: false);
        return document.WorkbookPart!.WorksheetParts.Single().Worksheet!.Descendants<Cell>()
            .ToDictionary(cell => cell.CellReference!.Value!, cell => (Cell)cell.CloneNode(deep: true));
    }

    private static string SheetOf(byte[] workbook) => Read(workbook, "sheet1.xml");

    private static string Read(byte[] workbook, string part)
    {
        using var zip = new ZipArchive(new MemoryStream(workbook));
        using var reader = new StreamReader(zip.Entries.Single(entry => entry.Name == part).Open());
        return reader.ReadToEnd();
    }

    private static byte[] Edit(byte[] workbook, Func<string, string> change)
    {
        using var stream = new MemoryStream();
        stream.Write(workbook);
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Update, leaveOpen: true))
        {
            var entry = zip.Entries.Single(entry => entry.Name == "sheet1.xml");
            var text = change(SheetOf(workbook));
            using var content = entry.Open();
            content.SetLength(0);
            content.Write(System.Text.Encoding.UTF8.GetBytes(text));
        }

        return stream.ToArray();
    }

    private static byte[] Template()
    {
        var styles = new Stylesheet(
            new Fonts(new Font()) { Count = 1 }, new Fills(new Fill()) { Count = 1 }, new Borders(new Border()) { Count = 1 },
            new CellStyleFormats(new CellFormat()) { Count = 1 },
            new CellFormats(new CellFormat(), new CellFormat { NumberFormatId = 4, ApplyNumberFormat = true }) { Count = 2 });
        var sum = new Cell { CellReference = "B4", CellFormula = new CellFormula("SUM(B2:B3)"), CellValue = new CellValue("0") };
        var rows = new SheetData(
            SheetParts.Row(1, FormulaProtection.TextCell("上报表", 0)),
            SheetParts.Row(2, FormulaProtection.TextCell("东岱村", 0), SheetParts.EmptyCell(Money), SheetParts.EmptyCell(0)),
            new Row { RowIndex = 3 },
            new Row(sum) { RowIndex = 4 });
        return WorkbookWriter.Write(
            [new SheetContent("表", new Worksheet(rows, new MergeCells(new MergeCell { Reference = "A1:C1" }) { Count = 1 }))], styles);
    }
}
