using static XilinIngest.Client.Tests.Forms.RawWorkbook;

namespace XilinIngest.Client.Tests.Forms;

/// <summary>A row whose indicator, month or unit is missing or wrong: one fault, one finding, at its own place.</summary>
public sealed class A_row_that_cannot_be_told : IDisposable
{
    private readonly XilinProcess _xilin = new();

    public void Dispose() => _xilin.Dispose();

    [Fact]
    public async Task With_a_figure_and_no_indicator_names_its_own_row_and_column()
    {
        var output = await CheckAsync(Head("2022-07") + Figure(9, "ENTERPRISE_VISITS") + Figure(10, "") + Figure(11, ""));
        Assert.Contains("第 10 行 “指标代码”：[C220", output, StringComparison.Ordinal);
        Assert.Contains("第 11 行 “指标代码”：[C220", output, StringComparison.Ordinal);
        Assert.DoesNotContain("目录中没有指标", output, StringComparison.Ordinal);
        Assert.Contains("发现 2 处问题", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_an_indicator_that_does_not_exist_names_its_own_row()
    {
        var output = await CheckAsync(Head("2022-07") + Figure(9, "ENTERPRISE_VISITS") + Figure(10, "走访企业数"));
        Assert.Contains("第 10 行：[F301", output, StringComparison.Ordinal);
        Assert.Contains("发现 1 处问题", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_a_form_whose_month_is_none_gives_one_finding_at_the_month()
    {
        var output = await CheckAsync(Head("2022-13") + Figure(9, "ENTERPRISE_VISITS") + Figure(10, "DIGITAL_DIAGNOSES"));
        Assert.Contains("第 4 行 “报告期”：[C204", output, StringComparison.Ordinal);
        Assert.DoesNotContain("F203", output, StringComparison.Ordinal);
        Assert.Contains("发现 1 处问题", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_a_form_whose_unit_has_a_spoilt_code_gives_one_finding_at_the_unit()
    {
        var output = await CheckAsync(Head("2022-07", "3.20404E+11") + Figure(9, "ENTERPRISE_VISITS") + Figure(10, "DIGITAL_DIAGNOSES"));
        Assert.Contains("第 3 行 “单位代码”：[C203", output, StringComparison.Ordinal);
        Assert.Contains("发现 1 处问题", output, StringComparison.Ordinal);
    }

    private static string Head(string month, string unit = "320404004201") =>
        Row(3, Text("A3", "单位代码"), Text("B3", unit)) + Row(4, Text("A4", "报告期"), Text("B4", month))
        + Row(8, Text("A8", "指标代码"), Text("B8", "计量单位"), Text("C8", "本月"));

    private static string Figure(int row, string indicator) =>
        Row(row, Text($"A{row}", indicator), Text($"B{row}", "家"), Number($"C{row}", "5"));

    private async Task<string> CheckAsync(string rows) =>
        (await _xilin.RunAsync("submit", _xilin.File("form.xlsx", new RawWorkbook().Sheet("报表", rows).Bytes()), "--check", "--catalogue",
            RepositoryFiles.Catalogue)).AssertExitCode(1).Output;
}
