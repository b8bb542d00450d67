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
