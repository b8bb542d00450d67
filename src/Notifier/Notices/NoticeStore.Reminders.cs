using System.Data.Common;
using Dapper;
using XilinIngest.Notifier.Reminders;
using static XilinIngest.Notifier.Notices.NoticeStatements;
using static XilinIngest.Notifier.Notices.ReminderStatements;

namespace XilinIngest.Notifier.Notices;

/// <summary>The reminders in the notifier's database.</summary>
internal sealed partial class NoticeStore
{
    /// <summary>Whether a run was made.</summary>
    public bool HasReminderRun(string id) => Read(connection =>
        connection.QuerySingleOrDefault<long?>(RunOfId.For(connection), new { RunId = id }) is not null);

    /// <summary>Adds a run, its reminders and their notices to the outbox in one transaction, once for its id.</summary>
    /// <param name="run">The run.</param>
    /// <param name="drafts">Its reminders.</param>
    /// <param name="since">Units that were reminded of the month since this time are left out; null: none is.</param>
    public AddedReminders AddReminders(ReminderRun run, IReadOnlyList<ReminderDraft> drafts, DateTimeOffset? since) =>
        Write((connection, transaction) =>
        {
            if (connection.QuerySingleOrDefault<long?>(RunOfId.For(connection), new { RunId = run.Id }, transaction) is { } known)
            {
                return new(IsNew: false, ReadRun(connection, transaction, known), []);
            }

            var last = ReadLast(connection, transaction, run.Period);
            var recent = drafts.Select(draft => draft.Unit).Distinct()
                .Where(unit => since is { } from && last.TryGetValue(unit, out var at) && at >= from).ToHashSet(StringComparer.Ordinal);
            if (run.Rule is null && drafts.All(draft => recent.Contains(draft.Unit)))
            {
                // The same request may be made again once there is someone to remind.
                return new(IsNew: true, [], [.. recent]);
            }

            var number = connection.QuerySingle<long>(LastRun.For(connection), transaction: transaction) + 1;
            connection.Execute(
                InsertRun.For(connection),
                new
                {
                    Number = number,
                    RunId = run.Id,
                    ByRule = run.Rule,
                    run.Unit,
                    Month = run.Period,
                    MadeAt = NoticeTime.Text(run.MadeAt),
                    run.MadeBy,
                },
                transaction);
            foreach (var draft in drafts.Where(draft => !recent.Contains(draft.Unit)))
            {
                Insert(connection, transaction, number, run, draft);
            }

            return new AddedReminders(IsNew: true, ReadRun(connection, transaction, number), [.. recent]);
        });

    /// <summary>The newest reminders of a month, newest first.</summary>
    public IReadOnlyList<ReminderRow> ReadReminders(string period, int limit) => Read(connection =>
        connection.Query<ReminderRow>(RemindersOfMonth.For(connection), new { Month = period, Limit = limit }).AsList());

    /// <summary>When each unit was last reminded of a month.</summary>
    public Dictionary<string, DateTimeOffset> ReadLastReminders(string period) =>
        Read(connection => ReadLast(connection, transaction: null, period));

    /// <summary>Whether a receiver has the notice already: it is sent again because someone asked for it.</summary>
    public bool WasAccepted(long notice) => Read(connection =>
        connection.QuerySingle<long>(CountAccepted.For(connection), new { Notice = notice }) > 0);

    /// <summary>Takes the notice of a reminder out of the outbox.</summary>
    public void Withdraw(NoticeRow notice, DateTimeOffset now) => Write((connection, transaction) =>
    {
        connection.Execute(
            WithdrawReminder.For(connection), new { NoticeId = notice.Id, WithdrawnAt = NoticeTime.Text(now) }, transaction);
        connection.Execute(DeleteAttempts.For(connection), new { notice.Number }, transaction);
        return connection.Execute(DeleteNotice.For(connection), new { notice.Number }, transaction);
    });

    private static void Insert(
        DbConnection connection, DbTransaction transaction, long run, ReminderRun made, ReminderDraft draft)
    {
        var isSent = draft.Destination is not null;
        connection.Execute(
            InsertReminder.For(connection),
            new
            {
                Number = connection.QuerySingle<long>(LastReminder.For(connection), transaction: transaction) + 1,
                Run = run,
                draft.Unit,
                Month = made.Period,
                IsDigest = draft.IsDigest ? 1L : 0L,
                Missing = string.Join(' ', draft.Missing),
                draft.Destination?.Channel,
                NoticeId = isSent ? draft.Content.Id.ToString() : null,
            },
            transaction);
        if (isSent)
        {
            InsertIntoOutbox(connection, transaction, new OutboxEntry(
                draft.Content.Id, draft.Content.Route, draft.Content.Group, draft.Destination!.Channel, draft.Content.Reason,
                draft.Content.CreatedAt, NoticeFormat.Write(draft.Content)));
        }
    }

    private static List<ReminderRow> ReadRun(DbConnection connection, DbTransaction transaction, long run) =>
        connection.Query<ReminderRow>(RemindersOfRun.For(connection), new { Run = run }, transaction).AsList();

    private static Dictionary<string, DateTimeOffset> ReadLast(DbConnection connection, DbTransaction? transaction, string period) =>
        connection.Query<(string Unit, string MadeAt)>(LastReminders.For(connection), new { Month = period }, transaction)
            .ToDictionary(row => row.Unit, row => NoticeTime.Parse(row.MadeAt));
}
