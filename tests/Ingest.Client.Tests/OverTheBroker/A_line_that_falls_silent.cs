using System.Diagnostics;
using XilinIngest.TestBrokers;

namespace XilinIngest.Client.Tests.OverTheBroker;

/// <summary>Between a terminal that watches and the broker: nothing passes any more, and neither end has closed.</summary>
[Collection(nameof(WireDeployment))]
public sealed class A_line_that_falls_silent(WireDeployment deployment) : IDisposable
{
    private readonly XilinProcess _xilin = new();

    public void Dispose() => _xilin.Dispose();

    [Fact, Trait("suite", "long")]
    public async Task Is_given_up_in_words_within_a_minute_and_does_not_end_the_program()
    {
        await using var proxy = TcpProxy.InFrontOf(deployment.Broker.Address);
        var bus = new UriBuilder(deployment.Broker.AddressFor(OfficeDefinitions.Staff, OfficeDefinitions.Password))
        {
            Host = "127.0.0.1",
            Port = proxy.Port
        }.Uri.ToString();
        using var watching = _xilin.Start("watch", "--bus", bus, "--lang", "en", "--catalogue", deployment.Data.Catalogue);
        try
        {
            await WatchesAsync();
            proxy.Stall();
            var since = Stopwatch.StartNew();
            await SaysAsync(watching, "The line is down", seconds: 60);
            Assert.True(since.Elapsed > TimeSpan.FromSeconds(5), $"It was given up after {since.Elapsed}, before it was silent.");
            Assert.False(watching.HasExited);
        }
        finally
        {
            watching.Kill();
        }
    }

    // The terminal's queue has a consumer once it has asked the broker for everything.
    private async Task WatchesAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!(await deployment.Broker.ControlAsync("--quiet", "list_queues", "name", "consumers")).Split('\n')
            .Any(queue => queue.StartsWith("xilin.staff.watch-", StringComparison.Ordinal)
                && queue.TrimEnd().EndsWith("\t1", StringComparison.Ordinal)))
        {
            await Task.Delay(100, limit.Token);
        }
    }

    private static async Task SaysAsync(Process process, string text, int seconds)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        var said = "";
        while (!said.Contains(text, StringComparison.Ordinal))
        {
            said += await process.StandardError.ReadLineAsync(limit.Token) ?? throw new InvalidOperationException($"It ended: {said}");
        }
    }
}
