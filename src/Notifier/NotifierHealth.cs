using Microsoft.Extensions.Diagnostics.HealthChecks;
using XilinIngest.CatalogueFiles;
using XilinIngest.Notifier.Channels;
using XilinIngest.Notifier.Events;
using XilinIngest.Notifier.Notices;
using XilinIngest.Notifier.Reminders;
using XilinIngest.Notifier.Templates;
using XilinIngest.Storage;

namespace XilinIngest.Notifier;

/// <summary>
/// Degraded while standing by, while notices cannot be stored, while a channel fails, and while the routes have faults. Never unhealthy:
/// figures are taken and published without it.
/// </summary>
internal sealed class NotifierHealth(
    NoticeLease lease, NotifierService service, AlertIntake intake, NoticeSenders senders, NoticeStore store, RouteSource routes,
    TemplateSource templates, ReminderPlanner reminders, ReminderSource rules, ContactSource contacts, ReminderDestinations destinations)
    : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var problems = Problems().ToList();
        return Task.FromResult(problems.Count == 0
            ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded(string.Join('\n', problems)));
    }

    private IEnumerable<string> Problems()
    {
        if (!lease.IsHeld)
        {
            yield return $"standby: 另一进程正在使用 {store.Name}，它停止后由本进程接替。 / standby: another process works on {store.Name}; this one "
                + "takes over when it stops.";
        }

        if ((lease.Fault ?? intake.Fault ?? service.Fault) is { } fault)
        {
            yield return StorageFault.FromProbeException(fault, store.Name) is { } storage
                ? $"通知暂停：{storage.ReasonZh}{storage.RemedyZh} / Notices are not sent: {storage.ReasonEn} {storage.RemedyEn}"
                : $"通知暂停，自动重试。 / Notices are not sent, and are tried again: {fault.Message}";
        }

        if (intake.HistoryFault is { } history)
        {
            yield return $"已发布的预警读取不到，自动重试。 / The published alerts cannot be read, and are tried again: {history.Message}";
        }

        foreach (var sender in senders.All.Where(sender => sender.Problem is not null))
        {
            yield return $"渠道 {sender.Name} 发送失败。 / Channel {sender.Name} fails: {sender.Problem}.";
        }

        if (service.RoutesWithoutChannel.ToList() is { Count: > 0 } without)
        {
            yield return $"routes.csv 中的渠道没有设置，请补充 Channels 设置或更正。 / Channels without settings: {string.Join(", ", without)}.";
        }

        if (routes.Faults.Count > 0)
        {
            yield return $"routes.csv 或 holidays.csv 有 {routes.Faults.Count} 处错误，相应各行不起作用。 / "
                + $"Lines of routes.csv or holidays.csv are left out: {routes.Faults[0]}";
        }

        if (reminders.Fault is { } unknown)
        {
            yield return "暂时无法得知谁已报齐，催报提醒暂停，自动重试。 / It is not known who has reported, so no one is reminded; it is tried again: "
                + unknown.Message;
        }

        if (rules.Faults is [var rule, ..])
        {
            yield return $"reminders.csv 有 {rules.Faults.Count} 处错误，相应各行不起作用。 / Lines of reminders.csv are left out: {rule}";
        }

        if (ChannelsWithoutSettings().ToList() is { Count: > 0 } unset)
        {
            yield return "催报所用的渠道没有设置，或只能发预警（alertmanager），请补充 Channels 设置或更正 reminders.csv、contacts.csv。 / "
                + "Reminders name channels without settings, or of the kind alertmanager, which takes alerts alone: "
                + $"{string.Join(", ", unset)}.";
        }

        if (templates.Faults is [var template, ..])
        {
            yield return $"通知模板有误，沿用原来的：{template.ToStringZh()} / A template of notices has a fault and is not used: {template}";
        }
    }

    // Contacts count where rules remind: a file of contacts may be older than the settings.
    private IEnumerable<string> ChannelsWithoutSettings() => rules.Current.Count == 0
        ? []
        : rules.Current.Select(rule => rule.Channel)
            .Concat(contacts.Current.Select(contact => contact.Channel.Length == 0 ? null : contact.Channel))
            .OfType<string>().Distinct().Where(channel => !destinations.Has(channel)).Order(StringComparer.Ordinal);
}
