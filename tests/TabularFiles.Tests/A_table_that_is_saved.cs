using System.IO.Compression;
using System.Text;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using XilinIngest.TabularFiles.Csv;
using XilinIngest.TabularFiles.Workbooks;

namespace XilinIngest.TabularFiles.Tests;

public sealed class A_table_that_is_saved
{
    [Theory]
    [InlineData("=1+1", "\"'=1+1\"")]
    [InlineData("+86", "\"'+86\"")]
    [InlineData("-5,\"a\"", "\"'-5,\"\"a\"\"\"")]
    [InlineData("@SUM(A1)", "\"'@SUM(A1)\"")]
    [InlineData("\t=1", "\"'\t=1\"")]
    [InlineData("\n=1", "\"'\n=1\"")]
    [InlineData("a=1", "a=1")]
    public void Makes_no_formula_of_a_text(string text, string expected)
    {
        var table = new ExportTable("a/b", [text, "数"], [[text, -7.4m]]);
        var csv = CsvTableWriter.Write(table);
        Assert.Equal($"{expected},数\r\n{expected},-7.4\r\n", Encoding.UTF8.GetString(csv.AsSpan(Encoding.UTF8.Preamble.Length)));
        Assert.Equal([[(text, false), ("数", false)], [(text, false), ("-7.4", true)]], Read(table));
    }

    [Fact]
    public void Has_the_same_numbers_and_empty_cells_in_both_files()
    {
        var table = new ExportTable("表", ["a", "b", "c", "d"], [[1, 12345678901234L, null, 0.10m]]);
        Assert.Equal("\uFEFFa,b,c,d\r\n1,12345678901234,,0.10\r\n", Encoding.UTF8.GetString(CsvTableWriter.Write(table)));
        Assert.Equal([("1", true), ("12345678901234", true), ("", true), ("0.10", true)], Read(table)[1]);
    }

    [Fact]
    public void May_hold_characters_that_XML_cannot_and_more_columns_than_there_are_letters()
    {
        var table = new ExportTable("a\u0001\uD83D", [.. Enumerable.Range(1, 28).Select(i => $"{i}")], [["x\u0001\uD83Dy\uD83D\uDE00"]]);
        Assert.Equal("xy\uD83D\uDE00", Read(table)[1][0].Text);
        using var document = SpreadsheetDocument.Open(new MemoryStream(WorkbookTableWriter.Write(table)), isEditable: false);
        Assert.Equal("AB1", document.WorkbookPart!.WorksheetParts.Single().Worksheet!.Descendants<Cell>().ElementAt(27).CellReference!);
    }

    [Fact]
    public void Is_a_workbook_without_prefixes_in_its_XML()
    {
        using var zip = new ZipArchive(new MemoryStream(WorkbookTableWriter.Write(new("a", ["b"], []))));
        using var reader = new StreamReader(zip.GetEntry("xl/workbook.xml")!.Open());
        Assert.Contains("<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"", reader.ReadToEnd(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Has_its_head_above_it_in_a_workbook_that_stays_in_sight_and_is_printed_on_every_page()
    {
        var table = new ExportTable("表", ["单位", "数"], [["一", 1], ["二", 2]]) { Head = new("=标题", ["时间：2022年12月", "计量单位：亿元"]) };
        Assert.Equal("\uFEFF单位,数\r\n一,1\r\n二,2\r\n", Encoding.UTF8.GetString(CsvTableWriter.Write(table)));
        Assert.Equal(["=标题", "时间：2022年12月", "计量单位：亿元", "单位", "一", "二"], Read(table).Select(row => row[0].Text));
        using var document = SpreadsheetDocument.Open(new MemoryStream(WorkbookTableWriter.Write(table)), isEditable: false);
        Assert.Equal("'表'!$1:$4", document.WorkbookPart!.Workbook!.DefinedNames!.Elements<DefinedName>().Single().Text);
        var sheet = document.WorkbookPart.WorksheetParts.Single().Worksheet!;
        Assert.Equal("B5", sheet.Descendants<Pane>().Single().TopLeftCell!.Value);
        Assert.Equal((OrientationValues.Landscape, 9u, 0u), (sheet.GetFirstChild<PageSetup>()!.Orientation!.Value,
            sheet.GetFirstChild<PageSetup>()!.PaperSize!.Value, sheet.GetFirstChild<PageSetup>()!.FitToHeight!.Value));
    }

    private static List<List<(string Text, bool IsNumber)>> Read(ExportTable table)
    {
        using var document = SpreadsheetDocument.Open(new MemoryStream(WorkbookTableWriter.Write(table)), isEditable: false);
        Assert.Empty(new OpenXmlValidator().Validate(document).Select(fault => fault.Description));
        var formats = document.WorkbookPart!.WorkbookStylesPart!.Stylesheet!.CellFormats!.Elements<CellFormat>().ToList();
        return [.. document.WorkbookPart.WorksheetParts.Single().Worksheet!.Descendants<Row>()
            .Select(row => row.Elements<Cell>().Select(cell =>
        {
            Assert.Null(cell.CellFormula);
            var isText = cell.DataType?.Value == CellValues.InlineString;
            Assert.True(!isText || formats[(int)cell.StyleIndex!.Value].QuotePrefix!.Value);
            return (isText ? cell.InlineString!.Text!.Text : cell.CellValue?.Text ?? "", !isText);
        }).ToList())];
    }
}
