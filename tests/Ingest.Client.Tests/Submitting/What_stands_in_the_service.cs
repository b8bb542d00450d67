using System.Text.Json.Nodes;
using XilinIngest.Client.Tests.Forms;
using static XilinIngest.Client.Tests.Forms.RawWorkbook;

namespace XilinIngest.Client.Tests.Submitting;

/// <summary>Two computers and a page send for the same unit and month: the service's word counts, not an outbox's memory.</summary>
public sealed class What_stands_in_the_service : IAsyncLifetime, IDisposable
{
    private const string Head = "unit,period,revision,indicator,value,last_year,unit_of_measure,note\n";
    private readonly XilinProcess _office = new();
    private readonly XilinProcess _colleague = new();
    private readonly TestFolder _data = new();
    private InProcessService _service = null!;

    public async Task InitializeAsync() => _service = await InProcessService.StartAsync(RepositoryFiles.Catalogue, _data);

    public Task DisposeAsync() => _service.DisposeAsync();

    public void Dispose()
    {
        _office.Dispose();
        _colleague.Dispose();
        _data.Dispose();
    }

    [Fact]
    public async Task Is_what_was_sent_last_wherever_an_older_figure_had_been_sent_before()
    {
        var (seven, eight) = (Csv(_office, "7"), Csv(_office, "8"));
        (await SubmitAsync(_office, seven)).AssertExitCode(0);
        (await SubmitAsync(_office, eight)).AssertExitCode(0);

        // A new computer's first file comes after what stands, not at revision 1.
        Assert.Contains("修订 3", (await SubmitAsync(_colleague, Csv(_colleague, "9"))).AssertExitCode(0).Output, StringComparison.Ordinal);
        Assert.Contains("✓ 已接收 320404004201 2022-07 修订 4", (await SubmitAsync(_office, eight)).AssertExitCode(0).Output,
            StringComparison.Ordinal);
        Assert.Equal(8m, await NowAsync("value"));
        Assert.Contains("经服务确认现在仍有效，不再重复：320404004201 2022-07", (await SubmitAsync(_office, eight)).AssertExitCode(0).Output,
            StringComparison.Ordinal);
        Assert.Equal(4, (await RowsAsync()).Count);
    }

    [Fact]
    public async Task Is_not_what_was_accepted_once_under_a_revision_of_its_own()
    {
        var file = _office.File("a.csv", Head + "320404004201,2022-07,1,ENTERPRISE_VISITS,7,,家,\n");
        (await SubmitAsync(_office, file)).AssertExitCode(0);
        Assert.Contains("仍有效", (await SubmitAsync(_office, file)).AssertExitCode(0).Output, StringComparison.Ordinal);
        (await SubmitAsync(_colleague, Csv(_colleague, "9"))).AssertExitCode(0);
        var told = (await SubmitAsync(_office, file)).AssertExitCode(5);
        Assert.Contains("! 以前已报（台账第 1 号），但现在有效的是别的数", told.Output, StringComparison.Ordinal);
        Assert.Contains("ENTERPRISE_VISITS 9（台账第 2 号）", told.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_not_sent_twice_from_two_computers_with_the_same_words_and_is_with_others()
    {
        (await SubmitAsync(_office, Csv(_office, "7", "新增走访安排"))).AssertExitCode(0);
        Assert.Contains("仍有效", (await SubmitAsync(_colleague, Csv(_colleague, "7", "新增走访安排"))).AssertExitCode(0).Output,
            StringComparison.Ordinal);
        Assert.Single(await RowsAsync());
        (await SubmitAsync(_colleague, Csv(_colleague, "7", "另有安排"))).AssertExitCode(0);
        Assert.Equal(2, (await RowsAsync()).Count);
    }

    [Fact]
    public async Task Cannot_be_known_while_the_service_is_away_and_is_settled_when_it_is_back()
    {
        var (seven, server) = (Csv(_office, "7"), Server);
        (await SubmitAsync(_office, seven)).AssertExitCode(0);
        await _service.DisposeAsync();
        var away = (await _office.RunAsync("submit", seven, "--server", server, "--timeout", "1")).AssertExitCode(3);
        Assert.Contains("以前已报过同样的数，现在是否仍有效，连上服务后再核对", away.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("✓", away.Output, StringComparison.Ordinal);
        (await _office.RunAsync("submit", seven, "--server", server, "--timeout", "1")).AssertExitCode(3);
        Assert.Equal(1, _office.PendingCount);

        _service = await InProcessService.StartAsync(RepositoryFiles.Catalogue, _data);
        Assert.Contains("仍有效", (await _office.RunAsync("outbox", "send", "--server", Server)).AssertExitCode(0).Output,
            StringComparison.Ordinal);
        Assert.Equal(0, _office.PendingCount);
        Assert.Single(await RowsAsync());
    }

    [Fact]
    public async Task Is_nothing_of_a_command_that_names_one_unit_and_month_twice()
    {
        var sheets = _office.File("two.xlsx",
            new RawWorkbook().Sheet("7月", Table(Number("E2", "7"))).Sheet("7月 (2)", Table(Number("E2", "8"))).Bytes());
        var told = (await SubmitAsync(_office, sheets)).AssertExitCode(1);
        Assert.Equal(1, told.Output.Split("[C215 错误]").Length - 1);
        Assert.Contains("two.xlsx 工作表“7月” 第 2 行：[C215 错误]", told.Output, StringComparison.Ordinal);
        Assert.Contains("工作表“7月 (2)” 第 2 行；数不同：ENTERPRISE_VISITS 第 2 行 7 和 第 2 行 8", told.Output, StringComparison.Ordinal);
        var files = (await _office.RunAsync("submit", Csv(_office, "7"), sheets,
            _office.File("other.csv", Head + "320404004202,2022-07,,ENTERPRISE_VISITS,1,,家,\n"), "--server", Server)).AssertExitCode(1);
        Assert.Contains("7.csv 第 2 行：[C215 错误]", files.Output, StringComparison.Ordinal);
        Assert.Empty(await RowsAsync());
        Assert.Equal((0, 0), (_office.PendingCount, _office.SentCount));

        // Revisions of their own say which comes last.
        (await SubmitAsync(_office,
            _office.File("history.csv",
                Head + "320404004201,2022-07,1,ENTERPRISE_VISITS,7,,家,\n320404004201,2022-07,2,ENTERPRISE_VISITS,8,,家,\n"))).AssertExitCode(
                0);
        Assert.Equal(8m, await NowAsync("value"));
    }

    [Fact]
    public async Task Is_changed_by_what_a_form_names_and_the_receipt_says_what_was_withdrawn()
    {
        (await SubmitAsync(_office, _office.File("a.csv", Head + "320404004201,2022-07,,ENTERPRISE_VISITS,7,33,家,\n"))).AssertExitCode(0);
        var corrected = (await SubmitAsync(_office, Csv(_office, "8"))).AssertExitCode(0);
        Assert.Contains("本月 7 → 8；未变：上年同期 33", corrected.Output, StringComparison.Ordinal);
        Assert.Equal((8m, 33m), (await NowAsync("value"), await NowAsync("lastYear")));
        var withdrawn =
            (await SubmitAsync(_office, _office.File("w.csv", Head + "320404004201,2022-07,,ENTERPRISE_VISITS,,撤回,家,\n"))).AssertExitCode(
                0);
        Assert.Contains("，撤回 ENTERPRISE_VISITS的上年同期", withdrawn.Output, StringComparison.Ordinal);
        Assert.Equal((8m, null), (await NowAsync("value"), await NowAsync("lastYear")));
    }

    [Fact]
    public async Task Is_on_the_form_with_last_years_year_to_date_of_the_firm_itself()
    {
        const string firm = "91320404MA0000003T";
        _service.Clock.Set(new DateTimeOffset(2022, 4, 5, 0, 0, 0, TimeSpan.Zero));
        for (var month = 2; month <= 3; month++)
        {
            var past = TestSubmissions.NewSubmission(firm, $"2021-{month:00}",
                TestSubmissions.Value("INDUSTRIAL_OUTPUT", 100 + month, "万元"));
            await _service.SubmitAndApplyAsync(
                past.Set("correction", new JsonObject { ["reason"] = "补报上年的数据" }).Set("submittedAt", "2022-04-04T09:00:00+08:00"));
        }

        var form = await _service.GetAsync($"/api/form?unit={firm}&period=2022-03");
        Assert.Equal(205m,
            (decimal)form["entries"]!.AsArray().Single(entry => (string)entry!["indicator"]! == "INDUSTRIAL_OUTPUT")!["lastYearToDate"]!);
        Assert.Equal(2, (long)form["appliedThrough"]!);
        (await _office.RunAsync("template", "--unit", firm, "--period", "2022-03", "--output", _office.In("f.xlsx"), "--server",
            Server)).AssertExitCode(0);
        using var filled = new FilledForm(File.ReadAllBytes(_office.In("f.xlsx")));
        Assert.Equal("205", filled.Cells().Single(cell => cell.CellReference == "O" + filled.RowOf("INDUSTRIAL_OUTPUT")).InnerText);
    }

    private string Server => _service.Client.BaseAddress!.ToString();

    private static string Csv(XilinProcess xilin, string value, string note = "") =>
        xilin.File($"{value}.csv", Head + $"320404004201,2022-07,,ENTERPRISE_VISITS,{value},,家,{note}\n");

    private Task<XilinResult> SubmitAsync(XilinProcess xilin, string file) => xilin.RunAsync("submit", file, "--server", Server);

    private async Task<JsonArray> RowsAsync() => (await _service.GetAsync("/api/submissions?limit=500")).AsArray();

    private async Task<decimal?> NowAsync(string field)
    {
        var through = (await RowsAsync()).Count;
        JsonNode form = null!;
        for (var tries = 0; tries < 100 && (form is null || (long)form["appliedThrough"]! < through); tries++)
        {
            form = await _service.GetAsync("/api/form?unit=320404004201&period=2022-07");
            await Task.Delay(50);
        }

        return (decimal?)form["entries"]!.AsArray().Single(entry => (string)entry!["indicator"]! == "ENTERPRISE_VISITS")!["now"]?[field];
    }
}
