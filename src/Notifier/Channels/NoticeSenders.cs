using Microsoft.Extensions.Logging;
using XilinIngest.Hosting;
using XilinIngest.Notifier.Notices;

namespace XilinIngest.Notifier.Channels;

/// <summary>The senders of the configured channels, and of the page.</summary>
internal sealed class NoticeSenders : IDisposable
{
    private readonly HttpSending _http = new();

    public NoticeSenders(
        IReadOnlyDictionary<string, ChannelSettings> channels, NoticeStore store, NotifierSignals signals, RecipientList recipients,
        OutboxMetrics metrics, TimeProvider clock, ILogger<NoticeSenders> logger)
    {
        All =
        [
            .. channels.Select(channel => new NoticeSender(
                channel.Key, Create(channel.Key, channel.Value, recipients, clock), store, signals, metrics, clock, logger)),
            new NoticeSender(PageChannel.Name, new PageChannel(), store, signals, metrics, clock, logger),
        ];
    }

    public IReadOnlyList<NoticeSender> All { get; }

    public bool Has(string channel) => All.Any(sender => sender.Name == channel);

    public void Dispose() => _http.Dispose();

    private INoticeChannel Create(string name, ChannelSettings settings, RecipientList recipients, TimeProvider clock)
    {
        return settings.FindKind() switch
        {
            ChannelKind.Webhook or ChannelKind.Alertmanager => new WebhookChannel(name, settings, _http, clock),
            ChannelKind.Mail => new MailChannel(settings, recipients),
            ChannelKind.WeCom => new RobotChannel(RobotProtocol.WeCom, settings, _http, clock),
            ChannelKind.DingTalk => new RobotChannel(RobotProtocol.DingTalk, settings, _http, clock),
            ChannelKind.Feishu => new RobotChannel(RobotProtocol.Feishu, settings, _http, clock),
            _ => throw new InvalidOperationException($"Channel {name} has no kind; its settings were not validated."),
        };
    }
}
