namespace XilinIngest.Client.Tests.Staff;

public sealed class Silencing_a_unit(InProcessService service) : IClassFixture<InProcessService>, IDisposable
{
    private readonly XilinProcess _xilin = new();

    public void Dispose() => _xilin.Dispose();

    [Fact]
    public async Task Is_made_listed_and_ended_from_the_command_line()
    {
        var made = (await RunAsync(
            "silence", "add", "--unit", XilinSubmissions.Xilin, "--indicator", "RETAIL_SALES", "--level", "amber", "--until", "2022-08-20",
            "--reason", "统一处置，暂不通知")).AssertExitCode(0).Output;
        Assert.Contains(
            $"{XilinSubmissions.Xilin} RETAIL_SALES，仅黄色：至 2022-08-21 00:00，生效中，http，理由：统一处置，暂不通知", made, StringComparison.Ordinal);
        var number = made.Split(' ')[0];

        Assert.Contains(made.Trim(), (await RunAsync("silence", "list")).AssertExitCode(0).Output, StringComparison.Ordinal);
        var ended = (await RunAsync("silence", "end", number, "--lang", "en")).AssertExitCode(0).Output;
        Assert.Contains(", ended 2022-08-", ended, StringComparison.Ordinal);
        Assert.DoesNotContain(made.Trim(), (await RunAsync("silence", "list")).AssertExitCode(0).Output, StringComparison.Ordinal);
        Assert.Contains("提前结束", (await RunAsync("silence", "list", "--all")).AssertExitCode(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task That_is_refused_says_why_and_makes_nothing()
    {
        string[] add = ["silence", "add", "--unit", XilinSubmissions.Dongdai, "--reason", "一个不短的理由"];
        Assert.Contains("90", (await RunAsync([.. add, "--until", "2023-08-20"])).AssertExitCode(3).Errors, StringComparison.Ordinal);
        Assert.Contains("2026-10-08", (await RunAsync([.. add, "--until", "tomorrow"])).AssertExitCode(2).Errors, StringComparison.Ordinal);
        Assert.Contains("没有第 99 号静默", (await RunAsync("silence", "end", "99")).AssertExitCode(3).Errors, StringComparison.Ordinal);
        Assert.Contains("没有这个单位",
            (await RunAsync("silence", "add", "--unit", "320404009999", "--until", "2022-08-20", "--reason", "一个不短的理由")).AssertExitCode(3)
            .Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("add", "xilin silence add --unit 320404004000")]
    [InlineData("list", "xilin silence list --all")]
    [InlineData("end", "xilin silence end 3")]
    public async Task Is_explained_with_an_example(string command, string example)
    {
        Assert.Contains(example, (await _xilin.RunAsync("silence", command, "--help")).AssertExitCode(0).Output, StringComparison.Ordinal);
        Assert.Contains(example,
            (await _xilin.RunAsync("silence", command, "--help", "--lang", "en")).AssertExitCode(0).Output, StringComparison.Ordinal);
    }

    private Task<XilinResult> RunAsync(params string[] arguments) =>
        _xilin.RunAsync([.. arguments, "--server", service.Client.BaseAddress!.ToString()]);
}
