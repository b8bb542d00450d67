namespace XilinIngest.Client.Tests.Staff;

public sealed class Chasing_who_has_not_reported : IAsyncLifetime, IDisposable
{
    private readonly TestFolder _catalogue = TestFolder.CopyOfCatalogue();
    private readonly XilinProcess _xilin = new();
    private InProcessService _service = null!;

    public async Task InitializeAsync()
    {
        // A rule that never comes: by hand its people, channel and language count.
        File.WriteAllText(
            _catalogue.In("reminders.csv"),
            "rule,kind,unit,offset,time,to,channel,language,quiet,days\nby-hand,,,31,09:00,reporter,page,,,\n");
        _service = await InProcessService.StartAsync(_catalogue.Path);
    }

    public Task DisposeAsync() => _service.DisposeAsync();

    public void Dispose()
    {
        _xilin.Dispose();
        _catalogue.Dispose();
    }

    [Fact]
    public async Task Is_previewed_sent_once_and_listed_from_the_command_line()
    {
        string[] dongdai = ["--unit", XilinSubmissions.Dongdai, "--period", "2022-07", "--only", XilinSubmissions.Dongdai];
        var preview = (await RunAsync(["chase", "preview", .. dongdai])).AssertExitCode(0).Output;
        Assert.Contains($"{XilinSubmissions.Dongdai} 东岱村：缺 ", preview, StringComparison.Ordinal);
        Assert.Contains("渠道 page", preview, StringComparison.Ordinal);
        Assert.Contains("截止时间：2022-08-08 18:00（北京时间）", preview, StringComparison.Ordinal);
        Assert.Contains(
            "本月还没有催过", (await RunAsync(["chase", "list", .. dongdai[..4]])).AssertExitCode(0).Output, StringComparison.Ordinal);

        Assert.Contains(
            "人工（http），page ", (await RunAsync(["chase", "send", .. dongdai])).AssertExitCode(0).Output, StringComparison.Ordinal);
        Assert.Contains(
            "12 小时内已催过，未再催", (await RunAsync(["chase", "send", .. dongdai])).AssertExitCode(0).Output, StringComparison.Ordinal);
        Assert.Contains(
            "by hand (http)", (await RunAsync(["chase", "send", .. dongdai, "--again", "--lang", "en"])).AssertExitCode(0).Output,
            StringComparison.Ordinal);

        var list = (await RunAsync(["chase", "list", .. dongdai[..4], "--lang", "en"])).AssertExitCode(0).Output;
        Assert.Equal(2, list.Split('\n').Count(line => line.Contains(", has not reported", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task That_is_refused_says_why_and_reminds_no_one()
    {
        string[] late = ["chase", "send", "--unit", XilinSubmissions.Dongdai, "--period"];
        Assert.Contains("尚未开报", (await RunAsync([.. late, "2022-12"])).AssertExitCode(3).Errors, StringComparison.Ordinal);
        Assert.Contains("2022-07", (await RunAsync([.. late, "July"])).AssertExitCode(3).Errors, StringComparison.Ordinal);
        Assert.Contains(
            "没有这个单位",
            (await RunAsync("chase", "send", "--unit", "320404009999", "--period", "2022-07")).AssertExitCode(3).Errors,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("preview", "xilin chase preview --unit 320404004000 --period 2022-07")]
    [InlineData("send", "xilin chase send --unit 320404004000 --period 2022-07")]
    [InlineData("list", "xilin chase list --unit 320404004000 --period 2022-07")]
    public async Task Is_explained_with_an_example(string command, string example)
    {
        Assert.Contains(example, Flat(await _xilin.RunAsync("chase", command, "--help")), StringComparison.Ordinal);
        Assert.Contains(example, Flat(await _xilin.RunAsync("chase", command, "--help", "--lang", "en")), StringComparison.Ordinal);
    }

    private static string Flat(XilinResult result) => result.AssertExitCode(0).Output;

    private Task<XilinResult> RunAsync(params string[] arguments) =>
        _xilin.RunAsync([.. arguments, "--server", _service.Client.BaseAddress!.ToString()]);
}
