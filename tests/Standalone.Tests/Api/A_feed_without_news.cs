using System.Text;

namespace XilinIngest.Standalone.Tests.Api;

public sealed class A_feed_without_news(InProcessService service) : IClassFixture<InProcessService>
{
    [Fact, Trait("suite", "long")]
    public async Task Carries_a_comment_within_fifteen_seconds_so_that_a_dead_line_can_be_told_from_a_quiet_one()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await using var stream = await service.Client.GetStreamAsync("/api/results/stream", limit.Token);
        var buffer = new byte[64];
        var text = "";
        while (!text.EndsWith(": ping\n\n", StringComparison.Ordinal))
        {
            text += Encoding.UTF8.GetString(buffer, 0, await stream.ReadAsync(buffer, limit.Token));
        }

        // Neither is an event: an id without data, and a line that begins with a colon, which every reader passes over.
        Assert.Matches("^id: [0-9]+\n\n: ping\n\n$", text);
    }
}
