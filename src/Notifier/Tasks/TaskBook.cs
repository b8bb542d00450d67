using XilinIngest.CatalogueFiles;
using XilinIngest.Contracts.Responses;
using XilinIngest.Hosting.Access;
using XilinIngest.Indicators;
using XilinIngest.Notifier.Notices;

namespace XilinIngest.Notifier.Tasks;

/// <summary>The tasks of alerts as a caller may read them.</summary>
internal sealed class TaskBook(NoticeStore store, CatalogueSource catalogues, TimeProvider clock)
{
    private const int MaxTasks = 500;

    /// <summary>The newest tasks of a year's alerts, newest first.</summary>
    public IEnumerable<AlertTask> Read(int year, Caller caller)
    {
        var (units, now, month) = (catalogues.Current.Units, clock.GetUtcNow(), MonthOf(year));
        foreach (var task in store.ReadTasks(year, MaxTasks).GroupBy(each => each.Task).OrderByDescending(task => task.Key))
        {
            var unit = units.TryFind(task.First().Key.Unit, out var found) ? found : null;
            if (unit is null ? caller.MayReadAll : caller.MaySeeFiguresOf(unit, month, units))
            {
                yield return ToResponse([.. task], caller.MaySeeWhoActs(unit, month, units), now);
            }
        }
    }

    /// <summary>The month by which it is decided whose a unit is in a year: its last, as for the alerts.</summary>
    public static Period MonthOf(int year) => new(year, 12);

    /// <param name="task">The events of one task, oldest first.</param>
    /// <param name="withNames">Whether the caller may read who has it.</param>
    /// <param name="now">The time.</param>
    public static AlertTask ToResponse(IReadOnlyList<TaskEvent> task, bool withNames, DateTimeOffset now)
    {
        var last = task[^1];
        var state = last.IsTaken ? AlertTaskState.Taken
            : last.Action == AlertTaskAction.Done ? AlertTaskState.Done : AlertTaskState.GivenBack;
        return new(
            last.Key.Unit, last.Key.Indicator, last.Key.Year, last.Task, state, withNames ? last.Assignee : null, last.Note, last.Due,
            TaskText.IsOverdue(last, now),
            [.. task.Select(each => new AlertTaskEvent(
                each.Action, each.At, withNames ? each.MadeBy : null, withNames ? each.Assignee : null, each.Note, each.Due))]);
    }
}
