using XilinIngest.Client.Files;
using XilinIngest.Client.Forms;
using static XilinIngest.Client.Tests.Forms.RawWorkbook;

namespace XilinIngest.Client.Tests.Forms;

/// <summary>A number format of a figure's cell: what the clerk sees is what is sent, or it is a finding.</summary>
public sealed class A_number_format
{
    private static readonly DateTimeOffset Now = new(2022, 8, 3, 1, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("#,##0.00[$亿元]", "万元", "显示“亿元”")]
    [InlineData("[$$-409]#,##0.00", "万元", "显示“$”")]
    [InlineData("[$US$-409]#,##0.00", "万元", "显示“US$”")]
    [InlineData("\"$\"#,##0.00", "万元", "显示“$”")]
    [InlineData("\\€#,##0.00", "万元", "显示“€”")]
    [InlineData("$#,##0.00", "万元", "显示“$”")]
    [InlineData("[$¥-411]#,##0", "万元", "显示“日元¥”")]
    [InlineData("[$¥-804]#,##0.00", "家", "显示“¥”")]
    [InlineData("[$¥-804]#,##0.00\"元\"", "万元", "显示“¥元”")]
    [InlineData("0.00\"元\"", "万元", "显示“元”")]
    [InlineData("0.00\"千\"", "万元", "显示“千”")]
    [InlineData("0.00\"百万\"", "万元", "显示“百万”")]
    [InlineData("0.00‰", "万元", "显示“‰”")]
    [InlineData("0.00\"%\"", "万元", "显示“%”")]
    [InlineData("0.00\\％", "万元", "显示“％”")]
    public void That_shows_another_unit_than_the_rows_is_a_finding(string format, string unit, string reason) =>
        Finds(format, "626.17", unit, reason);

    [Theory]
    [InlineData("\"-\"0.00", "626.17", "加了负号或括号")]
    [InlineData("-0.00", "626.17", "加了负号或括号")]
    [InlineData("0.00-", "626.17", "加了负号或括号")]
    [InlineData("\"－\"0.00", "626.17", "加了负号或括号")]
    [InlineData("▲0.00", "626.17", "加了负号或括号")]
    [InlineData("(0.00)", "626.17", "加了负号或括号")]
    [InlineData("\"（\"0.00\"）\"", "626.17", "加了负号或括号")]
    [InlineData("(0.00)", "-626.17", "加了负号或括号")]
    [InlineData("[>100](0.00);0.00", "626.17", "加了负号或括号")]
    [InlineData("0;+0", "-5", "不显示负号")]
    public void That_shows_another_sign_is_a_finding(string format, string raw, string reason) => Finds(format, raw, "万元", reason);

    [Theory]
    [InlineData("0。00", "别的符号")]
    [InlineData("0、00", "别的符号")]
    [InlineData("0'0", "别的符号")]
    [InlineData("0\"’\"000", "别的符号")]
    [InlineData("0:00", "别的符号")]
    [InlineData("0-00", "别的符号")]
    [InlineData("\".\"0", "别的符号")]
    [InlineData("0\"万元\"0000", "别的符号")]
    [InlineData("0*0", "显示“0”")]
    public void That_puts_other_signs_among_the_digits_is_a_finding(string format, string reason) => Finds(format, "62617", "万元", reason);

    [Theory]
    [InlineData("_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"??_ ;_ @_ ", "万元")]
    [InlineData("_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ;_ ¥* \"-\"??_ ;_ @_ ", "万元")]
    [InlineData("[$¥-804]#,##0.00", "万元")]
    [InlineData("\"￥\"#,##0.00", "万元")]
    [InlineData("[$CNY] #,##0.00", "亿元")]
    [InlineData("[$¥-804]#,##0.00\"万元\"", "万元")]
    [InlineData("#,##0.00[$万元]", "万元")]
    [InlineData("[$-804]#,##0.00", "万元")]
    [InlineData("#,##0.00_);(#,##0.00)", "万元")]
    [InlineData("#,##0.00_);[Red](#,##0.00)", "万元")]
    [InlineData("0.00;▲0.00", "万元")]
    [InlineData("[Blue]+0.00;[Red]-0.00", "万元")]
    [InlineData("# ##0.00", "万元")]
    [InlineData("**#,##0.00", "万元")]
    [InlineData("0.00\"（万元）\"", "万元")]
    [InlineData("0\"家\"", "家")]
    [InlineData("0\"个\"", "个")]
    [InlineData("0.00\"%\"", "%")]
    [InlineData("0.00\"‰\"", "‰")]
    public void That_shows_the_number_in_the_rows_unit_is_harmless(string format, string unit)
    {
        foreach (var raw in new[] { "626", "-626", "0" })
        {
            var draft = Read(format, raw, unit);
            Assert.Empty(draft.Findings);
            Assert.Equal(raw, draft.Body["values"]![0]!["value"]!.ToString());
        }
    }

    [Theory]
    [InlineData("0000-00")]
    [InlineData("0000\"年\"00\"月\"")]
    public void That_puts_signs_into_a_month_is_harmless(string format)
    {
        var book = new RawWorkbook();
        var month = Number("B2", "202207", book.Format(format));
        var draft = ReadBook(book, Table(Number("E2", "5")).Replace(Text("B2", "2022-07"), month, StringComparison.Ordinal));
        Assert.Equal(("2022-07", 0), (draft.Period, draft.Findings.Count));
    }

    private static void Finds(string format, string raw, string unit, string reason)
    {
        var finding = Assert.Single(Read(format, raw, unit).Findings);
        Assert.Contains(reason, finding.Finding.MessageZh, StringComparison.Ordinal);
        Assert.Equal((2, "value"), (finding.Location.Row, finding.Location.Column));
    }

    private static SubmissionDraft Read(string format, string raw, string unit)
    {
        var book = new RawWorkbook();
        return ReadBook(book, Table(Number("E2", raw, book.Format(format)), unit));
    }

    private static SubmissionDraft ReadBook(RawWorkbook book, string rows) =>
        ExcelFile.Read(book.Sheet("报表", rows).Bytes(), new SourceLocation("a.xlsx"), Now, null).Drafts.Single();
}
