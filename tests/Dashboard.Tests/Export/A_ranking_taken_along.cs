using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace XilinIngest.Dashboard.Tests.Export;

[Collection("site")]
public sealed class A_ranking_taken_along(DashboardSite site)
{
    private const string Of = "unit=320404004000&indicator=FIXED_ASSET_INVESTMENT&period=2022-12";

    [Fact]
    public async Task Has_the_figures_of_the_page_in_both_files()
    {
        await using var reader = await site.OpenAsync("/indicator?" + Of);
        var (csv, name) = await TakeAsync(reader, "导出 CSV");
        Assert.EndsWith(".csv", name, StringComparison.Ordinal);
        Assert.Equal([0xEF, 0xBB, 0xBF], csv[..3]);
        var lines = System.Text.Encoding.UTF8.GetString(csv[3..])
            .Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(',')).ToList();
        var (excel, _) = await TakeAsync(reader, "导出 Excel");
        var all = Read(excel);
        var head = all.TakeWhile(row => row is not [("名次", _), ..]).ToList();
        var rows = all[head.Count..];

        var ranking = await site.GetJsonAsync("/api/rankings?parent=320404004000&indicator=FIXED_ASSET_INVESTMENT&period=2022-12");
        Assert.Equal(8, lines.Count);
        Assert.Equal(
            ["西林街道 固定资产投资 2022-12", "时间：2022年12月", "计量单位：万元（见各列、各行标题）"],
            head.Take(3).Select(row => Assert.Single(row).Text));
        Assert.Equal(lines.Select(line => line.ToList()), rows.Select(row => row.Select(cell => cell.Text).ToList()));
        Assert.Equal(["名次", "单位", "同比增幅（%）"], lines[0][..3]);
        Assert.Equal(ranking["units"]!.AsArray().Select(unit => unit!["value"]!.ToJsonString()), lines.Skip(1).Select(line => line[2]));
        Assert.All(rows.Skip(1), row => Assert.Equal([true, false, true], row.Take(3).Select(cell => cell.IsNumber)));
    }

    [Fact]
    public async Task Is_a_clear_no_where_there_is_none()
    {
        await using var reader = await site.OpenAsync("/indicator?" + Of);
        var answer = await reader.Page.APIRequest.GetAsync("/export/ranking.csv?unit=nowhere&indicator=RETAIL_SALES&period=2022-12");
        Assert.Equal(404, answer.Status);
        Assert.Contains("没有这个单位", await answer.TextAsync(), StringComparison.Ordinal);
    }

    private static async Task<(byte[] Bytes, string Name)> TakeAsync(BrowserPage reader, string link)
    {
        var download = await reader.Page.RunAndWaitForDownloadAsync(() => reader.Page.GetByText(link).ClickAsync());
        return (await File.ReadAllBytesAsync(await download.PathAsync()), download.SuggestedFilename);
    }

    private static List<List<(string Text, bool IsNumber)>> Read(byte[] excel)
    {
        using var document = SpreadsheetDocument.Open(new MemoryStream(excel), isEditable: false);
        Assert.Empty(new DocumentFormat.OpenXml.Validation.OpenXmlValidator().Validate(document).Select(fault => fault.Description));
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
