using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace XilinIngest.Client.Tests.Outbox;

/// <summary>Real processes: killed at any moment, two at once, the line down and up again.</summary>
public sealed class An_outbox : IAsyncLifetime, IDisposable
{
    private const int Submissions = 40;
    private readonly XilinProcess _xilin = new();
    private readonly TestFolder _data = new();
    private InProcessService _service = null!;

    public async Task InitializeAsync() => _service = await InProcessService.StartAsync(RepositoryFiles.Catalogue, _data);

    public Task DisposeAsync() => _service.DisposeAsync();

    public void Dispose()
    {
        _data.Dispose();
        _xilin.Dispose();
    }

    [Fact]
    public async Task Keeps_what_could_not_be_sent_and_sends_it_once_when_the_service_is_back()
    {
        var server = Server;
        await _service.DisposeAsync();
        (await _xilin.RunAsync("submit", File("a.csv", 3), "--server", server, "--timeout", "1")).AssertExitCode(3);
        (await _xilin.RunAsync("submit", File("a.csv", 3), "--server", server, "--timeout", "1")).AssertExitCode(3);
        Assert.Equal((3, 0), (_xilin.PendingCount, _xilin.SentCount));
        Assert.Contains("320404004201", (await _xilin.RunAsync("outbox", "list")).AssertExitCode(0).Output, StringComparison.Ordinal);

        _service = await InProcessService.StartAsync(RepositoryFiles.Catalogue, _data);
        (await _xilin.RunAsync("submit", _xilin.File("b.csv", Csv([("320404004202", 9)])), "--server", Server)).AssertExitCode(0);
        Assert.Equal((0, 4), (_xilin.PendingCount, _xilin.SentCount));
        (await _xilin.RunAsync("outbox", "send", "--server", Server)).AssertExitCode(0);
        Assert.Equal(4, (await RowsAsync()).Count);
    }

    [Fact]
    public async Task Loses_and_doubles_nothing_when_it_is_killed_at_any_moment()
    {
        var random = new Random(20221);
        var file = File("a.csv", Submissions);
        var kills = 0;
        for (var i = 0; i < 12; i++)
        {
            using var process = _xilin.Start("submit", file, "--server", Server);

            // From before the first file is written until after the last receipt.
            await Task.Delay(100 + random.Next(700));
            kills += process.HasExited ? 0 : 1;
            process.Kill();
            await process.WaitForExitAsync();
        }

        Assert.True(kills > 3, $"it was killed {kills} times only, which shows little");
        (await _xilin.RunAsync("submit", file, "--server", Server)).AssertExitCode(0);
        Assert.Equal((0, Submissions), (_xilin.PendingCount, _xilin.SentCount));
        await AssertEachOnceAsync();
    }

    [Fact]
    public async Task Serves_two_processes_one_after_the_other()
    {
        var file = File("a.csv", Submissions);
        using var first = _xilin.Start("submit", file, "--server", Server);
        using var second = _xilin.Start("submit", file, "--server", Server);
        var ran = await Task.WhenAll(XilinProcess.EndAsync(first), XilinProcess.EndAsync(second));
        Assert.All(ran, one => one.AssertExitCode(0));
        Assert.Equal((0, Submissions), (_xilin.PendingCount, _xilin.SentCount));
        await AssertEachOnceAsync();
    }

    [Fact]
    public async Task That_cannot_be_written_is_said_before_anything_is_sent()
    {
        System.IO.File.WriteAllText(_xilin.Outbox, "a file where the folder should be");
        Assert.Contains("发件箱",
            (await _xilin.RunAsync("submit", File("a.csv", 1), "--server", Server, "--catalogue",
                RepositoryFiles.Catalogue)).AssertExitCode(4).Errors, StringComparison.Ordinal);
        Assert.Empty(await RowsAsync());
    }

    private string Server => _service.Client.BaseAddress!.ToString();

    // Enough units and months for as many submissions.
    private string File(string name, int count) =>
        _xilin.File(name, Csv(Enumerable.Range(0, count).Select(i => (Units[i % Units.Length], i))));

    private static readonly string[] Units =
        ["320404004201", "320404004202", "320404004203", "320404004001", "320404004002", "320404004003", "320404004004"];

    private static string Csv(IEnumerable<(string Unit, int Value)> rows) => rows.Aggregate(
        new StringBuilder("unit,period,indicator,value,unit_of_measure,correction_reason\n"),
        (text, row) =>
            text.Append(CultureInfo.InvariantCulture,
                $"{row.Unit},2022-{7 - row.Value / Units.Length:00},ENTERPRISE_VISITS,{row.Value},家,补报以前月份的数据\n")).ToString();

    private async Task<JsonArray> RowsAsync() => (await _service.GetAsync("/api/submissions?limit=500")).AsArray();

    private async Task AssertEachOnceAsync()
    {
        var rows = await RowsAsync();
        Assert.Equal(Submissions, rows.Select(row => (string)row!["submissionId"]!).Distinct().Count());
        Assert.Equal(Submissions, rows.Count);
        Assert.All(rows, row => Assert.Equal("accepted", (string)row!["verdict"]!));
    }
}
