using System.Diagnostics;
using System.Text.Json.Nodes;
using XilinIngest.TestBrokers;

namespace XilinIngest.Client.Tests.Staff;

/// <summary>A watching terminal whose connection carries no data any more, although no end has closed it.</summary>
public sealed class A_feed_that_falls_silent : IAsyncLifetime, IDisposable
{
    private readonly XilinProcess _xilin = new();
    private readonly InProcessService _service = new();

    public Task InitializeAsync() => _service.InitializeAsync();

    public Task DisposeAsync() => _service.DisposeAsync();

    public void Dispose() => _xilin.Dispose();

    [Fact, Trait("suite", "long")]
    public async Task Is_given_up_in_words_within_forty_seconds_and_resumed_without_a_gap()
    {
        await using var proxy = TcpProxy.InFrontOf(_service.Client.BaseAddress!);
        await RateAsync("320404004201", 1, 500);
        await RateAsync("320404004202", 1, 900);

        // The feed begins with an id. From it the terminal resumes.
        var begun = proxy.WaitForTextFromTargetAsync("\nid: ");
        using var watching =
            _xilin.Start("watch", "--indicator", "SENIOR_VACCINATION_RATE", "--server", $"http://127.0.0.1:{proxy.Port}", "--lang", "en",
                "--count", "2");
        await begun.WaitAsync(TimeSpan.FromSeconds(30));

        // A result that is published during the silence must be shown after it.
        var since = Stopwatch.StartNew();
        proxy.Stall();
        await RateAsync("320404004201", 2, 950);
        var said = "";
        while (!said.Contains("nothing came for 30 s", StringComparison.Ordinal))
        {
            said += await watching.StandardError.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(45));
        }

        Assert.InRange(since.Elapsed.TotalSeconds, 15, 40);
        proxy.Cut();
        await RateAsync("320404004202", 2, 800);
        var ended = (await XilinProcess.EndAsync(watching)).AssertExitCode(0).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, ended.Length);
        Assert.Contains("v3", ended[0], StringComparison.Ordinal);
    }

    private Task<long> RateAsync(string unit, int revision, int part) =>
        _service.SubmitAndApplyAsync(TestSubmissions.NewSubmission(unit, "2022-07", new JsonObject
        {
            ["indicator"] = "SENIOR_VACCINATION_RATE",
            ["unit"] = "%",
            ["numerator"] = part,
            ["denominator"] = 1000,
        }).Set("revision", revision));
}
