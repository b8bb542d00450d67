using XilinIngest.Aggregator.Alerts;
using XilinIngest.Hosting.Access;
using XilinIngest.Notifier.Tasks;

namespace XilinIngest.Standalone;

/// <summary>The tasks of alerts, from the notifier in the same process.</summary>
internal sealed class NotifierAlertTasks(TaskBook book) : IAlertTasks
{
    public IEnumerable<AlertTask> ReadOpen(int year, Caller caller) =>
        book.Read(year, caller).Where(task => task.State != AlertTaskState.Done);
}
