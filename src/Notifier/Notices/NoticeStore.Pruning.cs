using System.Data.Common;
using Dapper;
using static XilinIngest.Notifier.Notices.NoticeStatements;

namespace XilinIngest.Notifier.Notices;

/// <summary>Takes old rows out of the notifier's database.</summary>
internal sealed partial class NoticeStore
{
    /// <summary>
    /// Deletes some of the notices that were sent or refused before a time, with their attempts, and some of the events that were taken
    /// before it. The newest notice of each group stays, since intervals and repetitions count from it; so do the newest event of each
    /// alert, and the events that a route was not told. Runs of reminders made before the time are deleted with their reminders.
    /// </summary>
    /// <param name="before">The time.</param>
    /// <param name="limit">The most notices and the most events, so that the database is not locked for long.</param>
    /// <returns>The number of notices, of events and of runs of reminders that were deleted.</returns>
    public (int Notices, int Events, int Runs) Prune(DateTimeOffset before, int limit) => Write((connection, transaction) =>
    {
        var notices = ReadOld(connection, transaction, OldNotices, before, limit);
        connection.Execute(DeleteAttempts.For(connection), notices, transaction);
        connection.Execute(DeleteNotice.For(connection), notices, transaction);
        var events = ReadOld(connection, transaction, OldEvents, before, limit);
        connection.Execute(DeleteEvent.For(connection), events, transaction);
        var runs = ReadOld(connection, transaction, ReminderStatements.OldRuns, before, limit);
        connection.Execute(ReminderStatements.DeleteRemindersOf.For(connection), runs, transaction);
        connection.Execute(ReminderStatements.DeleteRun.For(connection), runs, transaction);
        return (notices.Count, events.Count, runs.Count);
    });

    private static List<NumberedRow> ReadOld(
        DbConnection connection, DbTransaction transaction, Storage.SqlStatement statement, DateTimeOffset before, int limit) =>
        connection.Query<long>(statement.For(connection), new { OlderThan = NoticeTime.Text(before), Limit = limit }, transaction)
            .Select(number => new NumberedRow(number)).AsList();

    private sealed record NumberedRow(long Number);
}
