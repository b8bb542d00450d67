using XilinIngest.Hosting;
using XilinIngest.Notifier.Notices;

namespace XilinIngest.Notifier.Channels;

/// <summary>Makes the channel that settings describe.</summary>
internal static class ChannelFactory
{
    /// <param name="name">The channel's name.</param>
    /// <param name="settings">Its settings, validated.</param>
    /// <param name="http">Posts what goes over HTTP.</param>
    /// <param name="addressesFor">Who gets the mail of a notice.</param>
    /// <param name="clock">The clock, for signatures.</param>
    public static INoticeChannel Create(
        string name, ChannelSettings settings, HttpSending http, Func<NoticeContent, IReadOnlyList<string>> addressesFor,
        TimeProvider clock) => settings.FindKind() switch
        {
            ChannelKind.Webhook or ChannelKind.Alertmanager => new WebhookChannel(name, settings, http, clock),
            ChannelKind.Mail => new MailChannel(settings, addressesFor),
            ChannelKind.WeCom => new RobotChannel(RobotProtocol.WeCom, settings, http, clock),
            ChannelKind.DingTalk => new RobotChannel(RobotProtocol.DingTalk, settings, http, clock),
            ChannelKind.Feishu => new RobotChannel(RobotProtocol.Feishu, settings, http, clock),
            _ => throw new InvalidOperationException($"Channel {name} has no kind; its settings were not validated."),
        };
}
