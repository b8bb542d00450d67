using Microsoft.AspNetCore.Http;
using XilinIngest.Hosting;
using XilinIngest.Notifier.Channels;
using XilinIngest.Notifier.Notices;

namespace XilinIngest.Notifier.Tests.Channels;

/// <summary>A webhook's receiver over real HTTP whose answer is not what a program expects.</summary>
public sealed class A_receiver_that_misbehaves : IAsyncLifetime, IDisposable
{
    private readonly HttpSending _http = new();
    private NoticeReceiver _receiver = null!;

    public async Task InitializeAsync() => _receiver = await NoticeReceiver.StartAsync();

    public async Task DisposeAsync() => await _receiver.DisposeAsync();

    public void Dispose() => _http.Dispose();

    [Theory]
    [InlineData(200, DeliveryOutcome.Accepted)]
    [InlineData(500, DeliveryOutcome.Failed)]
    internal async Task Has_the_notice_as_its_status_says_though_its_answer_is_huge(int status, DeliveryOutcome outcome)
    {
        _receiver.Answer = async (_, context) =>
        {
            context.Response.StatusCode = status;
            await context.Response.WriteAsync(new string('x', 1_000_000));
            return status;
        };
        var answer = await SendAsync();
        Assert.Equal(outcome, answer.Outcome);
        Assert.InRange(answer.Text.Length, 200, 220);
    }

    [Theory]
    [InlineData("text/html; charset=GBK")]
    [InlineData("text/html; charset=no-such-charset")]
    [InlineData("text/html; charset=\"\"")]
    public async Task Has_the_notice_though_its_answer_names_a_charset_that_is_unknown(string type)
    {
        _receiver.Answer = async (_, context) =>
        {
            context.Response.ContentType = type;
            await context.Response.Body.WriteAsync(new byte[] { 0xCA, 0xD5, 0xB5, 0xBD });
            return StatusCodes.Status200OK;
        };
        var answer = await SendAsync();
        Assert.Equal(DeliveryOutcome.Accepted, answer.Outcome);
        Assert.StartsWith("HTTP 200", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(300)]
    [InlineData(-300)]
    [InlineData(100_000_000)]
    public async Task Is_left_alone_until_the_date_that_it_names_as_for_seconds(int seconds)
    {
        var now = new DateTimeOffset(2031, 5, 1, 0, 0, 0, TimeSpan.Zero);
        _receiver.Answer = (_, context) =>
        {
            context.Response.Headers.Date = now.ToString("R");
            context.Response.Headers.RetryAfter = now.AddSeconds(seconds).ToString("R");
            return Task.FromResult(StatusCodes.Status503ServiceUnavailable);
        };
        var answer = await SendAsync();
        Assert.Equal(TimeSpan.FromSeconds(seconds), answer.RetryAfter);
        Assert.InRange(RetryDelay.After(1, answer.RetryAfter, 0.5), TimeSpan.FromSeconds(2), TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task Has_the_notice_though_its_answer_breaks_off()
    {
        _receiver.Answer = async (_, context) =>
        {
            context.Response.ContentLength = 1000;
            await context.Response.WriteAsync("ok");
            await context.Response.Body.FlushAsync();

            // So that what was written arrives before the reset.
            await Task.Delay(500);
            context.Abort();
            return StatusCodes.Status200OK;
        };
        Assert.Equal(DeliveryOutcome.Accepted, (await SendAsync()).Outcome);
    }

    [Fact]
    public async Task Is_waited_for_no_longer_than_its_time_where_its_answer_does_not_end()
    {
        _receiver.Answer = async (_, context) =>
        {
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.WriteAsync(".");
                await context.Response.Body.FlushAsync();
                await Task.Delay(200);
            }

            return StatusCodes.Status200OK;
        };
        var started = TimeProvider.System.GetTimestamp();
        Assert.Equal(DeliveryOutcome.Accepted, (await SendAsync()).Outcome);
        Assert.InRange(TimeProvider.System.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }

    private Task<DeliveryAnswer> SendAsync() => new WebhookChannel(
        "duty", new ChannelSettings { Kind = "webhook", Url = _receiver.Url.ToString(), Secret = "0123456789abcdef" }, _http,
        TimeProvider.System).SendAsync([TestNotice.Create("duty", english: true, TimeProvider.System.GetUtcNow())], CancellationToken.None);
}
