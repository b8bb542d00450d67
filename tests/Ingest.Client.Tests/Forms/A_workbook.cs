using System.Globalization;
using System.IO.Compression;
using XilinIngest.Client.Files;
using XilinIngest.Client.Forms;
using static XilinIngest.Client.Tests.Forms.RawWorkbook;

namespace XilinIngest.Client.Tests.Forms;

/// <summary>A workbook as any program may write it: every filled cell is used as it is meant, or is a finding with its place.</summary>
public sealed class A_workbook : IDisposable
{
    private static readonly DateTimeOffset Now = new(2022, 8, 3, 1, 0, 0, TimeSpan.Zero);
    private readonly XilinProcess _xilin = new();

    public void Dispose() => _xilin.Dispose();

    [Theory]
    [InlineData("0.00,", "6262", "缩放")]
    [InlineData("#,##0.00,", "6262", "缩放")]
    [InlineData("0,", "6262", "缩放")]
    [InlineData("#,##0,,\"百万\"", "6262000", "缩放")]
    [InlineData("0!.0000", "6261700", "缩放")]
    [InlineData("0\\.0000\"万\"", "6261700", "缩放")]
    [InlineData("0\".\"0000", "6261700", "缩放")]
    [InlineData("[>=10000]0!.0,\"万\";0", "62617", "缩放")]
    [InlineData(";;;", "6262", "不显示数")]
    [InlineData("\"已填\"", "6262", "不显示数")]
    [InlineData("0;-0;;@", "0", "不显示数")]
    [InlineData("0;0", "-5", "不显示负号")]
    [InlineData("0.00%", "0.95", "百分比")]
    [InlineData("0\"万\"", "626", "显示“万”")]
    [InlineData("0.00亿元", "626", "显示“亿元”")]
    [InlineData("mm", "44743", "不是数")]
    [InlineData("yyyy\"年\"m\"月\"", "44743", "不是数")]
    [InlineData("[h]:mm", "1.5", "无法读取")]
    public void Whose_format_scales_hides_or_changes_a_number_is_a_finding(string format, string raw, string reason)
    {
        var book = new RawWorkbook();
        var finding = Assert.Single(Read(book.Sheet("报表", Table(Number("E2", raw, book.Format(format))))).Drafts.Single().Findings);
        Assert.Contains(reason, finding.Finding.MessageZh, StringComparison.Ordinal);
        Assert.Equal(("报表", 2, "value"), (finding.Location.Sheet, finding.Location.Row, finding.Location.Column));
    }

    [Theory]
    [InlineData("General", "626.17", "626.17")]
    [InlineData("#,##0.00", "6262", "6262")]
    [InlineData("_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"??_ ;_ @_ ", "0", "0")]
    [InlineData("#,##0_);(#,##0)", "-5", "-5")]
    [InlineData("0;[Red]0", "-5", "-5")]
    [InlineData("0\"家\"", "626", "626")]
    [InlineData("0.0E+00", "626.17", "626.17")]
    [InlineData("# ?/?", "0.5", "0.5")]
    [InlineData("@", "626", "626")]
    [InlineData("[>=10000]0!.0,\"万\";0", "626", "626")]
    [InlineData("[DBNum1]0", "626", "626")]
    public void Whose_format_shows_the_number_is_read_as_it_is_stored(string format, string raw, string expected)
    {
        var book = new RawWorkbook();
        var draft = Read(book.Sheet("报表", Table(Number("E2", raw, book.Format(format))))).Drafts.Single();
        Assert.Empty(draft.Findings);
        Assert.Equal(expected, draft.Body["values"]![0]!["value"]!.GetValue<decimal>().ToString(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("<c r=\"B2\" t=\"d\"><v>2022-07-01T00:00:00</v></c>", "2022-07")]
    [InlineData("<c r=\"B2\" t=\"d\"><v>2022-12-01T00:00:00.123456789</v></c>", "2022-12")]
    [InlineData("<c r=\"B2\" t=\"d\"><v>2022-12-01T00:00:00.123456789Z</v></c>", "2022-12")]
    [InlineData("<c r=\"B2\" t=\"d\"><v>2022-07-01</v></c>", "2022-07")]
    [InlineData("<c r=\"B2\"><v>202207</v></c>", "2022-07")]
    [InlineData("<c r=\"B2\"><v>2022.11</v></c>", "2022-11")]
    [InlineData("<c r=\"B2\" t=\"inlineStr\"><is><t>2022.10</t></is></c>", "2022-10")]
    [InlineData("<c r=\"B2\"><v>2022.1</v></c>", null)]
    [InlineData("<c r=\"B2\" t=\"d\"><v>2022-07-15T00:00:00</v></c>", null)]
    [InlineData("<c r=\"B2\"><v>44743</v></c>", null)]
    [InlineData("<c r=\"B2\" t=\"b\"><v>1</v></c>", null)]
    public void Has_a_month_where_only_one_can_be_meant(string cell, string? month)
    {
        var draft = Read(
            new RawWorkbook()
            .Sheet("报表", Table(Number("E2", "5")).Replace(Text("B2", "2022-07"), cell, StringComparison.Ordinal))).Drafts.Single();
        Assert.Equal(month is null ? ["报告期"] : [],
            draft.Findings.Select(finding => finding.Location.Column == "period" ? "报告期" : finding.Location.Column));
        Assert.True(month is null || draft.Period == month);
    }

    [Fact]
    public void With_unit_and_month_merged_over_its_rows_counts_them_for_each()
    {
        var content =
            Read(new RawWorkbook()
                .Sheet("报表", Table(Number("E2", "5")) + Row(3, Text("C3", "DIGITAL_DIAGNOSES"), Text("D3", "家"), Number("E3", "6")),
                    after: "<mergeCells><mergeCell ref=\"A2:A3\"/><mergeCell ref=\"B2:B3\"/></mergeCells>"));
        var draft = Assert.Single(content.Drafts);
        Assert.Empty(draft.Findings);
        Assert.Equal(["ENTERPRISE_VISITS", "DIGITAL_DIAGNOSES"], draft.IndicatorLocations.Keys);
    }

    [Theory]
    [InlineData("E2:E3", "value")]
    [InlineData("E2:F2", "value")]
    [InlineData("C2:C3", "indicator")]
    public void With_another_cell_merged_names_the_range(string range, string column)
    {
        var rows = Table(Number("E2", "5"))
            + Row(3, Text("A3", "320404004201"), Text("B3", "2022-07"), Text("C3", "DIGITAL_DIAGNOSES"), Text("D3", "家"),
                Number("E3", "6"));
        var content = Read(new RawWorkbook().Sheet("报表", rows, after: $"<mergeCells><mergeCell ref=\"{range}\"/></mergeCells>"));
        Assert.Contains(content.Drafts.SelectMany(draft => draft.Findings), finding => finding.Finding.Rule == "C214"
            && finding.Location.Column == column && finding.Finding.MessageZh.Contains(range, StringComparison.Ordinal));
    }

    [Fact]
    public void With_a_row_whose_unit_cannot_be_told_sends_nothing_of_that_month()
    {
        var rows = Table(Number("E2", "5"))
            + Row(3, Text("B3", "2022-07"), Text("C3", "DIGITAL_DIAGNOSES"), Text("D3", "家"), Number("E3", "6"))
            + Row(4, Text("A4", "320404004202"), Text("B4", "2022-06"), Text("C4", "DIGITAL_DIAGNOSES"), Text("D4", "家"),
                Number("E4", "6"));
        var drafts = Read(new RawWorkbook().Sheet("报表", rows)).Drafts;
        Assert.Equal([("320404004201", "C217"), ("", "C216"), ("320404004202", "")],
            drafts.Select(draft => (draft.Unit, string.Join(' ', draft.Findings.Select(finding => finding.Finding.Rule)))));
    }

    [Fact]
    public void With_a_cell_outside_the_known_columns_says_where_it_is()
    {
        var stray = Read(new RawWorkbook().Sheet("报表", Table(Number("E2", "5") + Number("H2", "7"))));
        Assert.Equal(("C213", 2, "H"),
            stray.Findings.Select(finding => (finding.Finding.Rule, finding.Location.Row, finding.Location.Column)).Single());
        var unknown = Read(new RawWorkbook().Sheet("报表", Table(Number("E2", "5")).Replace("note", "本月数", StringComparison.Ordinal)));
        Assert.Equal("C103", unknown.Findings.Single().Finding.Rule);
        Assert.Empty(unknown.Drafts);
    }

    [Fact]
    public void With_words_that_go_with_no_figure_or_a_cell_that_contradicts_another_says_so()
    {
        Assert.Equal("C206", Read(new RawWorkbook().Sheet("报表", Table(""))).Drafts.Single().Findings.Single().Finding.Rule);
        Assert.Equal(("C212", "note"), Only(Table(Text("F2", "见附件"))));
        Assert.Equal(("C202", "note"), Only(Table(Number("E2", "5") + "<c r=\"F2\" t=\"e\"><v>#REF!</v></c>")));

        static (string, string?) Only(string rows) =>
            Read(new RawWorkbook().Sheet("报表", rows)).Drafts.Single().Findings.Select(
                finding => (finding.Finding.Rule, finding.Location.Column)).Single();
    }

    [Fact]
    public void With_a_hidden_or_unknown_sheet_or_zeros_that_do_not_show_says_so()
    {
        var book = new RawWorkbook()
            .Sheet("报表", Table(Number("E2", "0")), before: "<sheetViews><sheetView showZeros=\"0\" workbookViewId=\"0\"/></sheetViews>")
            .Sheet("旧表", Table(Number("E2", "7")), state: "hidden").Sheet("说明", Row(1, Text("A1", "填表说明")));
        var content = Read(book);
        Assert.Single(content.Drafts);
        Assert.Equal([("报表", "C208"), ("旧表", "C208"), ("说明", "C218")],
            content.Notices.Select(notice => (notice.Location.Sheet!, notice.Finding.Rule)));
    }

    [Theory]
    [InlineData(Strict, "")]
    [InlineData(Transitional, "x")]
    [InlineData(Transitional, "ss")]
    public void Of_another_edition_or_with_prefixes_is_read_as_any(string space, string prefix) =>
        Assert.Empty(
            Read(new RawWorkbook { Namespace = space, Prefix = prefix }.Sheet("报表", Table(Number("E2", "5")))).Drafts.Single().Findings);

    [Fact]
    public void That_this_program_writes_has_no_prefixes()
    {
        using var zip = new ZipArchive(new MemoryStream(FormWriter.Write([], Now)));
        using var reader = new StreamReader(zip.GetEntry("xl/workbook.xml")!.Open());
        Assert.Contains("<workbook xmlns=\"" + Transitional, reader.ReadToEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_four_hundred_thousand_formatted_empty_rows_is_read_in_little_memory()
    {
        // 128 MiB: with the runtime itself it stays below 200.
        _xilin.Environment["DOTNET_GCHeapHardLimit"] = "8000000";
        var file = _xilin.File("N.xlsx", new RawWorkbook { FormattedTo = 400_000 }.Sheet("报表", Table(Number("E2", "5"))).Bytes());
        Assert.Contains("1 份可以报送",
            (await _xilin.RunAsync("submit", file, "--check", "--catalogue", RepositoryFiles.Catalogue)).AssertExitCode(0).Output,
            StringComparison.Ordinal);
    }

    private static FileContent Read(RawWorkbook book) => ExcelFile.Read(book.Bytes(), new SourceLocation("a.xlsx"), Now, null);
}
