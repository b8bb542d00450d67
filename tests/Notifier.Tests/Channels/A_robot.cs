using System.Text;
using Microsoft.Extensions.Time.Testing;
using XilinIngest.Hosting;
using XilinIngest.Notifier.Channels;
using XilinIngest.Notifier.Notices;

namespace XilinIngest.Notifier.Tests.Channels;

/// <summary>The robots of group chats, held against a receiver with their documented rules.</summary>
public sealed class A_robot : IAsyncLifetime, IDisposable
{
    private readonly HttpSending _http = new();
    private RobotReceiver _receiver = null!;

    public async Task InitializeAsync() => _receiver = await RobotReceiver.StartAsync();

    public async Task DisposeAsync() => await _receiver.DisposeAsync();

    public void Dispose() => _http.Dispose();

    [Theory]
    [InlineData("wecom")]
    [InlineData("dingtalk")]
    [InlineData("feishu")]
    public async Task Takes_what_waits_in_one_message_signed_as_it_asks(string kind)
    {
        var answer = await Channel(kind).SendAsync([Notice("一", 1), Notice("二", 2)], CancellationToken.None);
        Assert.Equal((DeliveryOutcome.Accepted, "taken", 2), (answer.Outcome, answer.Text, answer.Covered));
        Assert.Equal("一\n第1项\n\n二\n第1项\n第2项", Assert.Single(_receiver.Texts));
    }

    [Theory]
    [InlineData("dingtalk", 310000)]
    [InlineData("feishu", 19021)]
    public async Task Refuses_a_wrong_signature_for_good_though_with_HTTP_200(string kind, int code)
    {
        var answer = await Channel(kind, "SEC-another-0123456789").SendAsync([Notice("一", 1)], CancellationToken.None);
        Assert.Equal(DeliveryOutcome.Refused, answer.Outcome);
        Assert.Contains(FormattableString.Invariant($"{code}"), answer.Text, StringComparison.Ordinal);
        Assert.Equal([code], _receiver.Refused);
    }

    [Theory]
    [InlineData("wecom", 20, 45009)]
    [InlineData("dingtalk", 20, 130101)]
    [InlineData("feishu", 100, 11232)]
    public async Task Says_when_it_was_sent_too_many_and_is_left_alone_for_a_minute(string kind, int limit, int code)
    {
        var channel = Channel(kind);
        for (var i = 0; i < limit; i++)
        {
            Assert.Equal(DeliveryOutcome.Accepted, (await channel.SendAsync([Notice("一", 1)], CancellationToken.None)).Outcome);
        }

        var answer = await channel.SendAsync([Notice("一", 1)], CancellationToken.None);
        Assert.Equal((DeliveryOutcome.Failed, TimeSpan.FromMinutes(1)), (answer.Outcome, answer.RetryAfter));
        Assert.Equal([code], _receiver.Refused);
        Assert.Equal(limit, channel.PerMinute);
    }

    [Theory]
    [InlineData("wecom")]
    [InlineData("dingtalk")]
    [InlineData("feishu")]
    public async Task Gets_no_more_than_fits_and_the_beginning_of_what_is_too_long(string kind)
    {
        var answer = await Channel(kind).SendAsync([Notice("长", 3_000), Notice("二", 1)], CancellationToken.None);
        Assert.Equal((DeliveryOutcome.Accepted, 1), (answer.Outcome, answer.Covered));
        Assert.Matches("^长\n第1项\n(.*\n)*……另有[0-9]+项，见通知列表。$", Assert.Single(_receiver.Texts));
    }

    [Fact]
    public void Is_sent_no_more_in_a_minute_than_it_takes()
    {
        var clock = new FakeTimeProvider();
        var rate = new MessageRate(20, clock);
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(TimeSpan.Zero, rate.WaitTime());
            rate.Add();
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(TimeSpan.FromSeconds(42), rate.WaitTime());
        clock.Advance(TimeSpan.FromSeconds(42));
        Assert.Equal(TimeSpan.Zero, rate.WaitTime());
        rate.Add();
        Assert.Equal(TimeSpan.FromSeconds(1), rate.WaitTime());
    }

    [Fact]
    public async Task Calls_no_one_because_someones_note_has_a_tag_that_does()
    {
        var notice = Notice("一", 1) with { Text = "【已认领：<at user_id=\"all\">所有人</at>】" };
        await Channel("feishu").SendAsync([notice], CancellationToken.None);
        Assert.Equal("一\n【已认领：＜at user_id=\"all\">所有人＜/at>】", Assert.Single(_receiver.Texts));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>gateway</html>")]
    [InlineData("[]")]
    [InlineData("{\"errcode\":\"0\"}")]
    public void That_answers_without_a_code_is_tried_again(string body) =>
        Assert.Equal(DeliveryOutcome.Failed, RobotProtocol.WeCom.Read(body).Outcome);

    private RobotChannel Channel(string kind, string secret = RobotReceiver.Secret) => new(
        kind switch
        {
            "wecom" => RobotProtocol.WeCom,
            "dingtalk" => RobotProtocol.DingTalk,
            _ => RobotProtocol.Feishu,
        },
        new ChannelSettings { Kind = kind, Url = _receiver.UrlOf(kind), Secret = secret }, _http, TimeProvider.System);

    private static NoticeContent Notice(string title, int lines)
    {
        var text = new StringBuilder();
        for (var i = 1; i <= lines; i++)
        {
            text.Append(i == 1 ? "" : "\n").Append('第').Append(i).Append('项');
        }

        return new()
        {
            Id = Guid.NewGuid(),
            Route = "chat",
            Group = "",
            Reason = "changed",
            Language = "zh",
            CreatedAt = TimeProvider.System.GetUtcNow(),
            Title = title,
            Text = text.ToString(),
            Alerts = [],
        };
    }
}
