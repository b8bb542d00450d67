using Microsoft.Extensions.Logging;
using XilinIngest.Hosting;
using XilinIngest.Notifier.Notices;
using XilinIngest.Notifier.Observability;
using XilinIngest.Notifier.Reminders;

namespace XilinIngest.Notifier.Channels;

/// <summary>The senders of the configured channels, and of the page.</summary>
internal sealed class NoticeSenders : IDisposable
{
    private readonly HttpSending _http = new();

    public NoticeSenders(
        IReadOnlyDictionary<string, ChannelSettings> channels, NoticeStore store, NotifierSignals signals, RecipientList recipients,
        RouteHours hours, ReminderRecheck recheck, OutboxMetrics metrics, NotifierTelemetry telemetry, TimeProvider clock,
        ILogger<NoticeSenders> logger)
    {
        All =
        [
            .. channels.Select(channel => new NoticeSender(
                channel.Key,
                ChannelFactory.Create(
                    channel.Key, channel.Value, _http, notice => recipients.AddressesFor(notice, channel.Key), clock),
                store, hours, recheck, signals, metrics, telemetry, clock, logger)),
            new NoticeSender(PageChannel.Name, new PageChannel(), store, hours, recheck, signals, metrics, telemetry, clock, logger),
        ];
    }

    public IReadOnlyList<NoticeSender> All { get; }

    public bool Has(string channel) => All.Any(sender => sender.Name == channel);

    public void Dispose() => _http.Dispose();
}
