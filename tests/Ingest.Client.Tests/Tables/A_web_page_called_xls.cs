using System.Text;
using XilinIngest.SubmissionFiles.Maps;

namespace XilinIngest.Client.Tests.Tables;

/// <summary>The tables of a web page, as which other systems export them under the name .xls.</summary>
public sealed class A_web_page_called_xls
{
    private const string Map =
        ",表头行,第2至3行,,,,,,\n,月份,A1,,,,,,\n,单位列,单位,,,,,,\n,数,走访企业/本月,ENTERPRISE_VISITS,本月,,家,,\n"
        + ",数,走访企业/累计,ENTERPRISE_VISITS,累计,,家,,\n,忽略列,备注,,,,,,\n";

    private const string Page = """
        <html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset=gb2312><style>td { color: red } </style>
        <!--[if gte mso 9]><xml><x:Name>表</x:Name></xml><![endif]--></head>
        <body><table border=1 title="a>b">
        <tr><td colspan="4">2022年7月&nbsp;走访</td></tr>
        <tr><th rowspan='2'>单<br>位</th><th colspan=2>走访企业</th><th rowspan=2>备注</th></tr>
        <tr><td>本月</td><td>累计</td></tr>
        <tr><td> 东岱村
        </td><td align="right">1,234.00</td><td x:num="2345.5">2,346</td><td>A&amp;B</td></tr>
        <tr style="display:none"><td>马家村<td>0<td></td></tr>
        </table></body></html>
        """;

    [Fact]
    public void Is_read_by_what_its_cells_show_and_by_the_numbers_that_Excel_stores_in_it()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var reading = TableBook.Read(Encoding.GetEncoding("GB18030").GetBytes(Page), "导出.xls", Map);
        Assert.Equal(
            [
                "201 2022-07 ENTERPRISE_VISITS value 1234", "201 2022-07 ENTERPRISE_VISITS yearToDate 2345.5",
                "202 2022-07 ENTERPRISE_VISITS value 0",
            ], reading.Figures());
        Assert.Equal(("A&B", CellUse.Ignored), (reading.Fates.Single(fate => fate.Location.Cell == "D4").Text, reading.UseOf("D4")));
        Assert.Equal([5], reading.Content.Notices.Select(notice => notice.Location.Row!.Value));
    }

    [Fact]
    public void Has_findings_by_its_cells() => Assert.Equal(
        ["B4 C201"],
        TableBook.Read(Encoding.UTF8.GetBytes(Page.Replace("1,234.00", "95%", StringComparison.Ordinal)), "导出.xls", Map).Faults());

    [Fact]
    public void With_several_tables_has_a_sheet_for_each() => Assert.Equal(
        ["表1", "表2"], TableFile.Read(
            Encoding.UTF8.GetBytes("<table><tr><td>1</table><p><table><tr><td></td></tr></table><TABLE><TR><TD>2</TD></TR></TABLE>"),
            new SourceLocation("a.xls"), TableBook.SavedAt).Sheets.Select(sheet => sheet.Name));

    [Theory]
    [InlineData("<table><tr><td><table><tr><td>1</td></tr></table></td></tr></table>")]
    [InlineData("<html><body><table></table></body></html>")]
    public void Is_a_finding_where_its_rows_and_columns_cannot_be_told(string page) => Assert.Equal(
        ["C101"], TableFile.Read(Encoding.UTF8.GetBytes(page), new SourceLocation("a.xls"), TableBook.SavedAt).Findings
            .Select(finding => finding.Finding.Rule));
}
