using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using XilinIngest.Client.Forms;

namespace XilinIngest.Client.Tests.Staff;

/// <summary>What is asked over HTTP, of the real service.</summary>
public sealed class Asking_the_service : IAsyncLifetime, IDisposable
{
    private readonly XilinProcess _xilin = new();
    private readonly InProcessService _service = new();

    public Task InitializeAsync() => _service.InitializeAsync();

    public Task DisposeAsync() => _service.DisposeAsync();

    public void Dispose() => _xilin.Dispose();

    [Fact]
    public async Task Explains_a_number_by_its_submissions()
    {
        await _service.SubmitAndApplyAsync(TestSubmissions.NewSubmission(XilinSubmissions.Dongdai, "2022-07", XilinSubmissions.Visits(35)));
        await _service.SubmitAndApplyAsync(TestSubmissions.NewSubmission("320404004202", "2022-07", XilinSubmissions.Visits(7)));
        var told = (await _xilin.RunAsync("explain", "--unit", XilinSubmissions.Xilin, "--indicator", "ENTERPRISE_VISITS", "--period",
            "2022-07", "--server", Server)).AssertExitCode(0);
        Assert.Contains("累计 42，由 2 个数组成", told.Output, StringComparison.Ordinal);
        Assert.Contains("320404004201 东岱村 本月 35 台账第 1 号", told.Output, StringComparison.Ordinal);
        Assert.Contains("not in the catalogue",
            (await _xilin.RunAsync("explain", "--unit", "320404004299", "--indicator", "ENTERPRISE_VISITS", "--period", "2022-07",
                "--server", Server, "--lang", "en")).AssertExitCode(3).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Closes_reopens_and_shows_months()
    {
        Assert.Contains("F703", (await MonthAsync("close", "2022-07")).AssertExitCode(1).Output, StringComparison.Ordinal);
        Assert.Contains("已记入台账第 2 号", (await MonthAsync("close", "2022-07", "--reason", MonthMessages.Reason)).AssertExitCode(0).Output,
            StringComparison.Ordinal);
        (await MonthAsync("reopen", "2022-07")).AssertExitCode(2);
        (await MonthAsync("reopen", "2022-07", "--reason", MonthMessages.Reason, "--until", "2022-12-31T18:00:00+08:00")).AssertExitCode(0);
        await InProcessService.EventuallyAsync(async () =>
            (await MonthAsync("show", "2022")).AssertExitCode(0).Output.Contains("2022-07 已重开", StringComparison.Ordinal));
        Assert.Contains($"台账第 2 号 关账", (await MonthAsync("show", "2022")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prints_the_report_of_a_year()
    {
        await _service.SubmitAndApplyAsync(
            TestSubmissions.NewSubmission(XilinSubmissions.Xilin, "2022-07", XilinSubmissions.Budget(17_055)));
        var told = (await _xilin.RunAsync("report", "2022", "--server", Server)).AssertExitCode(0);
        Assert.Contains("公共财政预算1.7亿元", told.Output, StringComparison.Ordinal);
        Assert.Contains(" 1.7亿元 ", told.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\\u{", told.Output, StringComparison.Ordinal);
        Assert.Contains("\n项目双进。", told.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("\\u{", (await _xilin.RunAsync("report", "2022", "--lang", "fr")).AssertExitCode(2).Errors,
            StringComparison.Ordinal);
    }

    /// <summary>An English reader counts in millions and billions, in the table as in the paragraph.</summary>
    [Fact]
    public async Task Prints_the_report_in_English_with_amounts_that_an_English_reader_knows()
    {
        await _service.SubmitAndApplyAsync(
            TestSubmissions.NewSubmission(XilinSubmissions.Xilin, "2022-07", XilinSubmissions.Budget(342_955)));
        var told = (await _xilin.RunAsync("report", "2022", "--server", Server, "--lang", "en")).AssertExitCode(0);
        var row = told.Output.Split('\n').Single(line => line.Contains("General public budget revenue  ", StringComparison.Ordinal));
        Assert.Contains(" 3.43 billion yuan ", row, StringComparison.Ordinal);
        Assert.DoesNotContain("100 million", told.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("10,000 yuan", told.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("ten thousand", told.Output, StringComparison.Ordinal);
    }

    private Task<XilinResult> MonthAsync(params string[] arguments) =>
        _xilin.RunAsync(["month", .. arguments, "--server", Server]);

    [Theory]
    [InlineData(3, "template", "--unit", "320404004201", "--period", "2022-07")]
    [InlineData(3, "explain", "--unit", "320404004000", "--indicator", "ENTERPRISE_VISITS", "--period", "2022-07")]
    [InlineData(3, "report", "2022")]
    [InlineData(3, "verify")]
    [InlineData(0, "outbox", "send")]
    public async Task That_is_away_says_so_and_names_it(int exit, params string[] command)
    {
        var told = (await _xilin.RunAsync([.. command, "--server", "http://127.0.0.1:1", "--timeout", "1"])).AssertExitCode(exit);
        Assert.Contains("无法连接", told.Errors, StringComparison.Ordinal);
        Assert.Contains("127.0.0.1:1", told.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("请用 --server", told.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("explain", "--unit", "320404004000", "--indicator", "ENTERPRISE_VISITS", "--period", "2022-07")]
    [InlineData("report", "2022")]
    public async Task Of_another_server_by_mistake_ends_in_words(params string[] command)
    {
        await using var other = WebApplication.CreateSlimBuilder().Build();
        other.Urls.Add("http://127.0.0.1:0");
        other.MapFallback(() => Results.Text("[]", "application/json"));
        await other.StartAsync();
        Assert.Contains("请核对服务地址", (await _xilin.RunAsync([.. command, "--server", other.Urls.Single()])).AssertExitCode(3).Errors,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watches_from_any_event_on_and_takes_up_again()
    {
        await RateAsync("320404004201", 1, 500);
        await RateAsync("320404004202", 1, 900);
        string[] watch = ["watch", "--indicator", "SENIOR_VACCINATION_RATE", "--server", Server, "--lang", "en"];
        var first = (await _xilin.RunAsync([.. watch, "--since", "0", "--count", "1"])).AssertExitCode(0).Output;
        var last = first.Split(' ')[0].TrimStart('#');
        await RateAsync("320404004201", 2, 950);
        var next = (await _xilin.RunAsync([.. watch, "--since", last, "--count", "1"])).AssertExitCode(0).Output;
        Assert.True(long.Parse(next.Split(' ')[0].TrimStart('#'), System.Globalization.CultureInfo.InvariantCulture) > long.Parse(last,
            System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Makes_a_form_with_last_months_and_last_years_figures_that_can_be_sent_back()
    {
        await _service.SubmitAndApplyAsync(
            TestSubmissions.NewSubmission(XilinSubmissions.Dongdai, "2022-06", XilinSubmissions.Visits(31))
            .Set("correction", new JsonObject { ["reason"] = "补报六月的数据" }));
        await _service.SubmitAndApplyAsync(TestSubmissions.NewSubmission(XilinSubmissions.Dongdai, "2022-07", XilinSubmissions.Visits(1)));
        var path = _xilin.In("form.xlsx");
        (await _xilin.RunAsync("template", "--unit", "东岱村", "--period", "2022-07", "--output", path, "--server", Server)).AssertExitCode(0);
        (await _xilin.RunAsync("template", "--unit", "东岱村", "--period", "2022-07", "--output", path, "--server", Server)).AssertExitCode(2);
        using var form = new Forms.FilledForm(File.ReadAllBytes(path));
        var row = form.RowOf("ENTERPRISE_VISITS");
        Assert.Equal("31", form.Cells().Single(cell => cell.CellReference == "M" + row).InnerText);
        form.Number("D" + row, "35").Number("D3", "2").SavedAt(XilinProcess.SavedAt);
        var told = (await _xilin.RunAsync("submit", _xilin.File("filled.xlsx", form.Bytes()), "--server", Server)).AssertExitCode(0);
        Assert.Contains("filled.xlsx 工作表“东岱村” 第", told.Output, StringComparison.Ordinal);
        Assert.Contains("F205", (await _xilin.RunAsync("submit", Filled("2022-08", "35"), "--server", Server)).AssertExitCode(1).Output,
            StringComparison.Ordinal);
    }

    private string Filled(string month, string value)
    {
        var known = Catalogues.ClientCatalogue.FromFolder(RepositoryFiles.Catalogue);
        var (unit, period) = (known.Catalogue.Units[new Indicators.UnitCode(XilinSubmissions.Dongdai)], Indicators.Period.Parse(month));
        using var form =
            new Forms.FilledForm(
                FormWriter.Write(
                    [new FormSheet(unit, period, [.. known.ReportedBy(unit, period).Select(indicator => new FormRow(indicator))], [])],
                    new DateTimeOffset(XilinProcess.SavedAt)));
        return _xilin.File("next.xlsx", form.Number("D" + form.RowOf("ENTERPRISE_VISITS"), value).Bytes());
    }

    private string Server => _service.Client.BaseAddress!.ToString();

    private Task<long> RateAsync(string unit, int revision, int part) =>
        _service.SubmitAndApplyAsync(TestSubmissions.NewSubmission(unit, "2022-07", new JsonObject
        {
            ["indicator"] = "SENIOR_VACCINATION_RATE",
            ["unit"] = "%",
            ["numerator"] = part,
            ["denominator"] = 1000,
        }).Set("revision", revision));
}
