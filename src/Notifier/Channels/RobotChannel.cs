using System.Net.Http.Headers;
using System.Text;
using XilinIngest.Hosting;
using XilinIngest.Notifier.Notices;

namespace XilinIngest.Notifier.Channels;

/// <summary>
/// Sends notices to the robot of a group chat: those that wait go out together as one message, because a robot takes few a minute.
/// </summary>
internal sealed class RobotChannel(RobotProtocol protocol, ChannelSettings settings, HttpSending http, TimeProvider clock) : INoticeChannel
{
    private readonly Uri _url = new(settings.Url!.Trim());
    private readonly string? _secret = settings.Secret?.Trim() is { Length: > 0 } secret ? secret : null;

    public int MaxNotices => 50;

    public int? PerMinute => protocol.PerMinute;

    public async Task<DeliveryAnswer> SendAsync(IReadOnlyList<NoticeContent> notices, CancellationToken cancellationToken)
    {
        var (text, count) = RobotText.Compose(notices, protocol.MaxTextBytes);

        // Signed now, at every attempt, because the robots refuse a time that is an hour old.
        var (url, body) = protocol.Write(_url, _secret, text, clock.GetUtcNow());
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(body, Encoding.UTF8) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        return await http.SendAsync(request, protocol.Read, cancellationToken) with { Covered = count };
    }
}
