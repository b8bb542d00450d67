using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using XilinIngest.Hosting.Access;
using XilinIngest.Standalone;

namespace XilinIngest.Client.Tests.Submitting;

/// <summary>The command against the real service, which stands in August 2022.</summary>
public sealed class Over_HTTP : IAsyncLifetime, IDisposable
{
    private const string Head = "unit,period,revision,indicator,value,unit_of_measure,explanation\n";
    private readonly XilinProcess _xilin = new();
    private readonly InProcessService _service = new();

    public Task InitializeAsync() => _service.InitializeAsync();

    public Task DisposeAsync() => _service.DisposeAsync();

    public void Dispose() => _xilin.Dispose();

    [Fact]
    public async Task A_file_sent_twice_is_in_the_ledger_once_whatever_its_form()
    {
        var csv = _xilin.File("a.csv",
            Head + "320404004201,2022-07,,ENTERPRISE_VISITS,35.0,家,\n320404004201,2022-07,,DIGITAL_DIAGNOSES,4,家,\n");
        var json = _xilin.File("a.json",
            """{"unit":"320404004201","period":"2022-07","values":[{"indicator":"DIGITAL_DIAGNOSES","unit":"家","value":4},{"value":"""
                + """35,"indicator":"ENTERPRISE_VISITS","unit":"家"}]}""");
        var first = (await SubmitAsync(csv)).AssertExitCode(0);
        Assert.Contains("✓ 已接收 320404004201 2022-07 修订 1", first.Output, StringComparison.Ordinal);
        (await SubmitAsync(csv)).AssertExitCode(0);
        (await SubmitAsync(json)).AssertExitCode(0);

        // From another computer, with an outbox of its own: the same id, the same receipt.
        using var other = new XilinProcess();
        (await other.RunAsync("submit", other.File("b.csv", File.ReadAllText(csv)), "--server", Server)).AssertExitCode(0);
        Assert.Single(await RowsAsync());
    }

    [Fact]
    public async Task With_a_key_an_office_sends_its_own_and_what_is_anothers_stays_with_the_reason()
    {
        var (secret, key) = AccessKeyFile.Create("东岱村统计员", ["enter"], ["320404004201"], DateTimeOffset.UnixEpoch);
        Assert.True(AccessKeyFile.Change(StandaloneOptions.AccessKeyPathIn(_service.Options.DataFolder), keys => [.. keys, key]));
        var csv = _xilin.File("a.csv",
            Head + "320404004201,2022-07,,ENTERPRISE_VISITS,35,家,\n320404004202,2022-07,,ENTERPRISE_VISITS,35,家,\n");
        var without = await SubmitAsync(csv, "--catalogue", RepositoryFiles.Catalogue);
        Assert.NotEqual(0, without.Exit);
        Assert.Contains("XILIN_ACCESS_KEY", without.Output + without.Errors, StringComparison.Ordinal);

        _xilin.Environment["XILIN_ACCESS_KEY"] = secret;
        var sent = await SubmitAsync(csv);
        Assert.Contains("✓ 已接收 320404004201 2022-07 修订 1", sent.Output, StringComparison.Ordinal);
        Assert.Contains("320404004202 不在本账号负责的单位之内", sent.Output + sent.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, sent.Output + sent.Errors, StringComparison.Ordinal);
        Assert.Equal(1, _xilin.PendingCount);
    }

    [Fact]
    public async Task Findings_of_the_service_are_told_by_row_and_a_correction_is_the_next_revision()
    {
        var wrong = _xilin.File("a.csv",
            Head + "320404004201,2022-07,,ENTERPRISE_VISITS,35,家,\n320404004000,2022-07,,PUBLIC_BUDGET_REVENUE,5,亿元,\n");
        var local = (await SubmitAsync(wrong)).AssertExitCode(1);
        Assert.Contains("a.csv 第 3 行：[F307 错误]", local.Output, StringComparison.Ordinal);
        Assert.Single(await RowsAsync());

        var asked = (await SubmitAsync(wrong, "--unchecked")).AssertExitCode(1);
        Assert.Contains("✗ 已退回 320404004000 2022-07 修订 1", asked.Output, StringComparison.Ordinal);
        var right = _xilin.File("a.csv",
            Head + "320404004201,2022-07,,ENTERPRISE_VISITS,36,家,\n320404004000,2022-07,,PUBLIC_BUDGET_REVENUE,5,万元,\n");
        var english = (await SubmitAsync(right, "--lang", "en")).AssertExitCode(0);
        Assert.Contains("accepted 320404004201 2022-07 revision 2", english.Output, StringComparison.Ordinal);
        Assert.Contains("accepted 320404004000 2022-07 revision 2", english.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_refused_for_the_time_being_can_be_sent_again_as_it_is()
    {
        var early = _xilin.File("a.csv", Head + "320404004201,2022-08,,ENTERPRISE_VISITS,35,家,\n");
        Assert.Contains("F205", (await SubmitAsync(early)).AssertExitCode(1).Output, StringComparison.Ordinal);
        _service.Clock.Set(new DateTimeOffset(2022, 9, 2, 0, 0, 0, TimeSpan.Zero));
        (await SubmitAsync(early)).AssertExitCode(0);
        Assert.Equal(["accepted", "refused"], (await RowsAsync()).Select(row => (string)row!["verdict"]!));
        (await SubmitAsync(early)).AssertExitCode(0);
        Assert.Equal(2, (await RowsAsync()).Count);
    }

    [Fact]
    public async Task Going_back_to_older_figures_is_a_revision_of_its_own()
    {
        var (three, four) = (_xilin.File("3.csv", Head + "320404004201,2022-07,,ENTERPRISE_VISITS,3,家,\n"),
                _xilin.File("4.csv", Head + "320404004201,2022-07,,ENTERPRISE_VISITS,4,家,\n"));
        (await SubmitAsync(three)).AssertExitCode(0);
        (await SubmitAsync(four)).AssertExitCode(0);
        Assert.Contains("修订 3", (await SubmitAsync(three)).AssertExitCode(0).Output, StringComparison.Ordinal);
        Assert.Contains("以前已报", (await SubmitAsync(three)).AssertExitCode(0).Output, StringComparison.Ordinal);
        Assert.Equal(3, (await RowsAsync()).Count);
    }

    [Fact]
    public async Task A_revision_below_the_one_that_stands_is_marked_counted_and_seen_by_a_script()
    {
        (await SubmitAsync(_xilin.File("a.csv", Head + "320404004201,2022-07,2,ENTERPRISE_VISITS,6,家,\n"))).AssertExitCode(0);
        var late = _xilin.File("b.csv", Head + "320404004201,2022-07,1,ENTERPRISE_VISITS,5,家,\n");
        var told = (await SubmitAsync(late)).AssertExitCode(5);
        Assert.Contains("! 已被更正取代 320404004201 2022-07 修订 1", told.Output, StringComparison.Ordinal);
        Assert.Contains("[F601 提示] 已有更新的报送，本份的这些数值未采用", told.Output, StringComparison.Ordinal);
        Assert.Contains("接收 0 份，已被更正取代 1 份", told.Output, StringComparison.Ordinal);
        Assert.Contains("! sent before, not sent again: superseded", (await SubmitAsync(late, "--lang", "en")).AssertExitCode(5).Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_explanation_in_the_file_answers_what_is_asked()
    {
        for (var month = 1; month <= 6; month++)
        {
            var past = TestSubmissions.NewSubmission(XilinSubmissions.Xilin, $"2022-{month:00}", XilinSubmissions.Budget(100))
                .Set("correction", new JsonObject { ["reason"] = "补报上半年的数据" });
            await _service.SubmitAndApplyAsync(past);
        }

        var unexplained = _xilin.File("a.csv", Head + "320404004000,2022-07,,PUBLIC_BUDGET_REVENUE,1000,万元,\n");
        var question = (await SubmitAsync(unexplained)).AssertExitCode(1);
        Assert.Contains("a.csv 第 2 行：[R01 核实]", question.Output, StringComparison.Ordinal);

        var explained = _xilin.File("a.csv", Head + "320404004000,2022-07,,PUBLIC_BUDGET_REVENUE,1000,万元,一次性入库土地增值税清算税款\n");
        Assert.Contains("R01 已说明", (await SubmitAsync(explained)).AssertExitCode(0).Output, StringComparison.Ordinal);
        (await SubmitAsync(explained)).AssertExitCode(0);
        Assert.Equal(9, (await RowsAsync()).Count);
    }

    [Fact]
    public async Task Wrong_usage_and_missing_files_are_code_2_and_nothing_is_sent()
    {
        Assert.Contains("--server", (await _xilin.RunAsync("submit", _xilin.File("a.csv", Head))).AssertExitCode(2).Errors,
            StringComparison.Ordinal);
        (await _xilin.RunAsync("submit")).AssertExitCode(2);
        (await SubmitAsync(_xilin.In("none.csv"))).AssertExitCode(2);
        (await _xilin.RunAsync("submit", _xilin.File("a.csv", Head), "--server", "ftp://x")).AssertExitCode(2);
        Assert.DoesNotContain("secret",
            (await _xilin.RunAsync("submit", _xilin.File("a.csv", Head), "--server", "http://u:secret@127.0.0.1:1")).AssertExitCode(
                2).Errors, StringComparison.Ordinal);
        Assert.Contains("See xilin --help.", (await _xilin.RunAsync("--lang", "en")).AssertExitCode(2).Errors, StringComparison.Ordinal);
        Assert.Contains("See xilin parked show --help.", (await _xilin.RunAsync("parked", "show", "--lang", "en")).AssertExitCode(2).Errors,
            StringComparison.Ordinal);
        Assert.Contains("no option --patience",
            (await SubmitAsync(_xilin.File("a.csv", Head), "--patience", "5", "--lang", "en")).AssertExitCode(2).Errors,
            StringComparison.Ordinal);
        Assert.Contains("是文件夹", (await SubmitAsync(".")).AssertExitCode(2).Errors, StringComparison.Ordinal);
        var help = (await _xilin.RunAsync("submit", "--help")).AssertExitCode(0).Output;
        Assert.Contains("退出码", help, StringComparison.Ordinal);
        Assert.Contains("Exit codes", (await _xilin.RunAsync("submit", "--help", "--lang", "en")).AssertExitCode(0).Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_both_ways_are_in_the_environment_it_is_said_which_one_and_not_guessed()
    {
        (_xilin.Environment["XILIN_SERVER"], _xilin.Environment["XILIN_BUS"], _xilin.Environment["XILIN_BUS_PASSWORD"]) =
            (Server, "amqp://xilin-staff@127.0.0.1:1/", "secret");
        Assert.Contains("XILIN_SERVER 和 XILIN_BUS", (await _xilin.RunAsync("outbox", "send")).AssertExitCode(2).Errors,
            StringComparison.Ordinal);
        Assert.Contains("127.0.0.1:1", (await _xilin.RunAsync("parked", "list", "--timeout", "1")).AssertExitCode(3).Errors,
            StringComparison.Ordinal);
        Assert.Contains("2022年没有数据", (await _xilin.RunAsync("report", "2022")).AssertExitCode(3).Errors, StringComparison.Ordinal);
        (await _xilin.RunAsync("outbox", "send", "--server", Server)).AssertExitCode(0);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task The_outbox_is_open_to_its_owner_alone()
    {
        (await SubmitAsync(_xilin.File("a.csv", Head + "320404004201,2022-07,,ENTERPRISE_VISITS,35,家,\n"))).AssertExitCode(0);
        Assert.All(Directory.GetFiles(Path.Combine(_xilin.Outbox, "sent"), "*.json", SearchOption.AllDirectories),
            file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
        Assert.All([_xilin.Outbox, Path.Combine(_xilin.Outbox, "sent")],
            folder => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
                File.GetUnixFileMode(folder)));
    }

    [Fact]
    public async Task A_check_alone_sends_nothing_and_keeps_nothing()
    {
        (await SubmitAsync(_xilin.File("a.csv", Head + "320404004201,2022-07,,ENTERPRISE_VISITS,35,家,\n"), "--check")).AssertExitCode(0);
        Assert.Contains("F302",
            (await SubmitAsync(_xilin.File("b.csv", Head + "320404004201,2022-07,,PUBLIC_BUDGET_REVENUE,35,万元,\n"),
                "--check")).AssertExitCode(1).Output, StringComparison.Ordinal);
        Assert.Empty(await RowsAsync());
        Assert.Equal((0, 0), (_xilin.PendingCount, _xilin.SentCount));
    }

    private string Server => _service.Client.BaseAddress!.ToString();

    private Task<XilinResult> SubmitAsync(string file, params string[] more) =>
        _xilin.RunAsync(["submit", file, "--server", Server, .. more]);

    private async Task<JsonArray> RowsAsync() => (await _service.GetAsync("/api/submissions?limit=500")).AsArray();
}
