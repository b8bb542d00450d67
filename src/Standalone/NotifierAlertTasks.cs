using XilinIngest.Aggregator.Alerts;
using XilinIngest.Hosting.Access;
using XilinIngest.Notifier.Notices;
using XilinIngest.Notifier.Tasks;
using XilinIngest.Storage;

namespace XilinIngest.Standalone;

/// <summary>
/// The tasks of alerts, from the notifier in the same process. While its database is away the alerts are answered without them.
/// </summary>
internal sealed class NotifierAlertTasks(TaskBook book, NoticeStore store, ILogger<NotifierAlertTasks> logger) : IAlertTasks
{
    private bool _isAway;

    public IReadOnlyList<AlertTask>? ReadOpen(int year, Caller caller)
    {
        try
        {
            var tasks = book.Read(year, caller).Where(task => task.State != AlertTaskState.Done).ToList();
            _isAway = false;
            return tasks;
        }
        catch (Exception exception) when (StorageFault.FromProbeException(exception, store.Name) is { } fault)
        {
            if (!_isAway)
            {
                logger.LogWarning("Alerts are answered without who has taken them: {Reason} {Remedy}", fault.ReasonEn, fault.RemedyEn);
            }

            _isAway = true;
            return null;
        }
    }
}
