using System.Net.Http.Headers;
using System.Text;
using XilinIngest.Hosting;
using XilinIngest.Notifier.Notices;

namespace XilinIngest.Notifier.Channels;

/// <summary>
/// Posts notices as JSON (docs/notices.md): our own body or Alertmanager's. The header Idempotency-Key is the notice's id.
/// </summary>
internal sealed class WebhookChannel(string name, ChannelSettings settings, HttpSending http, TimeProvider clock) : INoticeChannel
{
    private const string IdempotencyKey = "Idempotency-Key";

    private readonly Uri _url = new(settings.Url!.Trim());
    private readonly string? _secret = settings.Secret?.Trim() is { Length: > 0 } secret ? secret : null;
    private readonly string? _token = settings.Token?.Trim() is { Length: > 0 } token ? token : null;
    private readonly bool _isAlertmanager = settings.FindKind() == ChannelKind.Alertmanager;

    public async Task<DeliveryAnswer> SendAsync(IReadOnlyList<NoticeContent> notices, CancellationToken cancellationToken)
    {
        var notice = notices[0];
        var body = Encoding.UTF8.GetBytes(_isAlertmanager ? AlertmanagerJson.Write(name, notice) : NoticeFormat.Write(notice));
        using var request = new HttpRequestMessage(HttpMethod.Post, _url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        request.Headers.Add(IdempotencyKey, notice.Id.ToString());
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("xilin-notifier", "1"));
        if (_secret is not null)
        {
            request.Headers.Add(WebhookSignature.Header, WebhookSignature.Create(_secret, clock.GetUtcNow(), body));
        }

        if (_token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _token);
        }

        return await http.SendAsync(request, read: null, cancellationToken);
    }
}
