using XilinIngest.Contracts.Responses;
using XilinIngest.Hosting.Access;
using XilinIngest.Indicators;
using XilinIngest.Notifier.Notices;

namespace XilinIngest.Notifier.Reminders;

/// <summary>Writes a stored reminder as it is answered.</summary>
internal static class ReminderResponse
{
    /// <param name="row">The reminder.</param>
    /// <param name="units">The names.</param>
    /// <param name="caller">The caller: who reminded is for those who may remind, act on the unit, or read all.</param>
    /// <param name="today">The month in which the caller's units are looked up.</param>
    /// <param name="state">Who has reported by now; null: it is not known.</param>
    public static ReminderEntry Of(ReminderRow row, UnitTree units, Caller caller, Period today, MonthCompleteness? state)
    {
        var unit = units.TryFind(row.Unit, out var found) ? found : null;
        var mayName = caller.MayRemindFor(unit, today, units) || caller.MaySeeWhoActs(unit, today, units);
        bool? hasReported = state is null || row.IsDigest != 0 ? null : state.Missing.All(missing => missing.Unit != row.Unit);
        return new(
            row.Number, row.Unit, unit?.NameZh ?? row.Unit, unit?.NameEn ?? row.Unit, row.Period, row.IsDigest != 0,
            row.Missing.Split(' ', StringSplitOptions.RemoveEmptyEntries), row.Channel, NoticeTime.Parse(row.MadeAt), row.ByRule,
            mayName ? row.MadeBy : null, StateOf(row), row.FinishedAt is { } finished ? NoticeTime.Parse(finished) : null, row.Answer,
            hasReported);
    }

    // A notice is deleted when it is old, before its reminder.
    private static ReminderState StateOf(ReminderRow row) => row switch
    {
        { WithdrawnAt: not null } => ReminderState.Withdrawn,
        { Channel: null } => ReminderState.Unreachable,
        { State: "pending" } => ReminderState.Pending,
        { State: "refused" } => ReminderState.Refused,
        _ => ReminderState.Sent,
    };
}
