using System.Globalization;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using DocumentFormat.OpenXml.Wordprocessing;
using XilinIngest.Contracts.Responses;
using XilinIngest.Dashboard.Formatting;
using XilinIngest.Dashboard.Report;

namespace XilinIngest.Dashboard.Tests.Report;

[Collection("site")]
public sealed class The_report_as_a_document(DashboardSite site)
{
    [Fact]
    public async Task Has_the_words_and_figures_of_the_page_in_the_layout_of_official_documents()
    {
        await using var reader = await site.OpenAsync("/report/2022?unit=320404004000&period=2022-09");
        var download = await reader.Page.RunAndWaitForDownloadAsync(
            () => reader.Page.GetByText("Word（公文格式）").ClickAsync());
        Assert.Equal("西林街道2022年1—9月主要指标完成情况.docx", download.SuggestedFilename);
        using var document = WordprocessingDocument.Open(await download.PathAsync(), isEditable: false);
        Assert.Empty(new OpenXmlValidator().Validate(document).Select(fault => $"{fault.Path?.XPath} {fault.Description}"));

        var body = document.MainDocumentPart!.Document!.Body!;
        var lines = body.Elements<Paragraph>().Select(paragraph => paragraph.InnerText).Where(text => text.Length > 0).ToList();
        var report = await site.GetJsonAsync("/api/report/2022?unit=320404004000&month=9");
        var said = (await reader.Page.Locator(".paragraph h2, .paragraph p").AllTextContentsAsync()).Select(text => text.Trim()).ToArray();
        Assert.Equal(["西林街道办事处文件", "西林街道2022年1—9月主要指标完成情况"], lines[..2]);
        Assert.Equal("一、主要指标完成情况", said[0]);
        Assert.Equal(said, lines.Skip(2).Take(said.Length));
        Assert.Equal(["西林街道办事处", "2023年1月12日", "主要指标表"], lines.Skip(2 + said.Length));

        var rows = body.Elements<Table>().Single().Elements<TableRow>()
            .Select(row => row.Elements<TableCell>().Select(cell => cell.InnerText).ToList()).ToList();
        Assert.Equal(["指标", "完成数", "同比", "目标", "评价", "排名"], rows[0]);
        Assert.Equal(["固定资产投资", "24.3亿元", "+6.4%", "增长10.0%", "绿", "5/8"], rows.Single(row => row[0] == "固定资产投资"));
        Assert.Equal(
            report["rows"]!.AsArray().Count(row => row!["amountZh"] is not null), rows.Count - 1);

        var page = body.Elements<SectionProperties>().Single();
        Assert.Equal((11906u, 16838u), (page.GetFirstChild<PageSize>()!.Width!.Value, page.GetFirstChild<PageSize>()!.Height!.Value));
        Assert.Equal(2, page.Elements<FooterReference>().Count());
    }

    [Fact]
    public void Of_a_release_has_the_day_of_the_release()
    {
        var (now, lang) = (DateTimeOffset.Parse("2023-01-12T02:00:00Z", CultureInfo.InvariantCulture), new Lang(false));
        var texts = new ReportTexts("320404004000", "2022-07", [], IsOpen: false);
        Assert.Equal("2023年1月12日", ReportDocument.Date(texts, now, lang));
        Assert.Equal("2022年8月6日", ReportDocument.Date(texts with { ReleasedAt = now.AddDays(-159).AddHours(-4) }, now, lang));
    }

    [Fact]
    public async Task Of_an_unknown_unit_or_year_is_a_clear_no()
    {
        await using var reader = await site.OpenAsync("/report/2022?unit=320404004000&period=2022-09");
        var unknown = await reader.Page.APIRequest.GetAsync("/export/report.docx?unit=nowhere&period=2022-09");
        Assert.Equal(404, unknown.Status);
        Assert.Contains("没有这个单位或月份", await unknown.TextAsync(), StringComparison.Ordinal);
        Assert.Equal(404, (await reader.Page.APIRequest.GetAsync("/export/report.docx?unit=320404004000&period=1999-09")).Status);
    }
}
