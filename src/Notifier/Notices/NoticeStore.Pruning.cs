using System.Data.Common;
using Dapper;
using static XilinIngest.Notifier.Notices.NoticePruningStatements;
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
    public (int Notices, int Events, int Runs) Prune(DateTimeOffset before, int limit) =>
        Write((connection, transaction) => Delete(connection, transaction, before, limit));

    /// <summary>As above, and records it.</summary>
    /// <param name="run">The number of the run; null: it begins with this batch.</param>
    /// <param name="before">The time.</param>
    /// <param name="limit">The most notices and the most events.</param>
    /// <param name="madeBy">Who started the run.</param>
    /// <param name="now">The time of the batch.</param>
    /// <returns>The number of the run, and how many rows were deleted; no row: nothing is left.</returns>
    public (long? Run, int Notices, int Events, int Runs) PruneAs(
        long? run, DateTimeOffset before, int limit, string madeBy, DateTimeOffset now) => Write((connection, transaction) =>
    {
        var (notices, events, runs) = Delete(connection, transaction, before, limit);
        var areAny = notices + events + runs > 0;
        if (areAny && run is null)
        {
            run = connection.QuerySingle<long>(LastPruning.For(connection), transaction: transaction) + 1;
            var row = new { Number = run, StartsAt = NoticeTime.Text(now), OlderThan = NoticeTime.Text(before), MadeBy = madeBy };
            connection.Execute(InsertPruning.For(connection), row, transaction);
        }

        if (areAny)
        {
            connection.Execute(
                AddToPruning.For(connection), new { Notices = notices, Events = events, Runs = runs, Number = run }, transaction);
        }
        else
        {
            EndPrunings(connection, transaction, before, now);
        }

        return (run, notices, events, runs);
    });

    /// <summary>Records that nothing is left to delete: a run may have been broken off when it had deleted all.</summary>
    public void EndPrunings(DateTimeOffset before, DateTimeOffset now) => Write((connection, transaction) =>
        EndPrunings(connection, transaction, before, now));

    /// <summary>What there is to delete, by year.</summary>
    public IReadOnlyList<OldRowsOfYear> CountOld(DateTimeOffset before)
    {
        using var connection = database.Open();
        var (notices, events, runs) = (Counts(CountOldNotices), Counts(CountOldEvents), Counts(ReminderStatements.CountOldRuns));
        return
        [
            .. notices.Keys.Concat(events.Keys).Concat(runs.Keys).Distinct().Order().Select(year => new OldRowsOfYear(
                year, notices.GetValueOrDefault(year), events.GetValueOrDefault(year), runs.GetValueOrDefault(year))),
        ];

        Dictionary<string, long> Counts(Storage.SqlStatement statement) =>
            connection.Query<CountRow>(statement.For(connection), new { OlderThan = NoticeTime.Text(before) })
                .ToDictionary(row => row.RowYear, row => row.Found);
    }

    /// <summary>The recorded runs, oldest first.</summary>
    public IReadOnlyList<NoticePruningRun> ReadPrunings() =>
        Read(connection => connection.Query<NoticePruningRun>(AllPrunings.For(connection)).AsList());

    private static int EndPrunings(DbConnection connection, DbTransaction transaction, DateTimeOffset before, DateTimeOffset now) =>
        connection.Execute(
            EndOldPrunings.For(connection), new { EndedAt = NoticeTime.Text(now), OlderThan = NoticeTime.Text(before) }, transaction);

    private static (int Notices, int Events, int Runs) Delete(
        DbConnection connection, DbTransaction transaction, DateTimeOffset before, int limit)
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
    }

    private static List<NumberedRow> ReadOld(
        DbConnection connection, DbTransaction transaction, Storage.SqlStatement statement, DateTimeOffset before, int limit) =>
        connection.Query<long>(statement.For(connection), new { OlderThan = NoticeTime.Text(before), Limit = limit }, transaction)
            .Select(number => new NumberedRow(number)).AsList();

    private sealed record NumberedRow(long Number);

    private sealed class CountRow
    {
        public string RowYear { get; init; } = "";
        public long Found { get; init; }
    }
}

/// <summary>What is old of one year: of when it was sent, taken or made.</summary>
internal sealed record OldRowsOfYear(string Year, long Notices, long Events, long ReminderRuns);

/// <summary>A run of <c>xilin-admin prune</c> that is recorded in the notices' database.</summary>
internal sealed record NoticePruningRun
{
    public long Number { get; init; }
    public string StartedAt { get; init; } = "";

    /// <summary>Null: it goes on, or was broken off.</summary>
    public string? EndedAt { get; init; }
    public string OlderThan { get; init; } = "";
    public string MadeBy { get; init; } = "";
    public long Notices { get; init; }
    public long Events { get; init; }
    public long ReminderRuns { get; init; }
}
