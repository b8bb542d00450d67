using System.Data.Common;
using Dapper;
using XilinIngest.Notifier.Channels;
using XilinIngest.Notifier.Observability;
using XilinIngest.Notifier.Routing;
using static XilinIngest.Notifier.Notices.NoticeStatements;

namespace XilinIngest.Notifier.Notices;

/// <summary>The outbox in the notifier's database.</summary>
internal sealed partial class NoticeStore
{
    /// <summary>When the last notice of each group was made.</summary>
    public Dictionary<(string Route, string GroupKey), DateTimeOffset> ReadGroupTimes() => Read(connection =>
        connection.Query<GroupRow>(GroupTimes.For(connection)).ToDictionary(
            row => (row.Route, row.GroupKey), row => NoticeTime.Parse(row.CreatedAt)));

    /// <summary>The groups with a notice that is not sent yet.</summary>
    public HashSet<(string Route, string GroupKey)> ReadPendingGroups() => Read(connection =>
        connection.Query<GroupRow>(PendingGroups.For(connection)).Select(row => (row.Route, row.GroupKey)).ToHashSet());

    /// <summary>What the outbox holds.</summary>
    public OutboxState ReadOutboxState() => Read(connection =>
        connection.QuerySingle<(long Pending, string? Oldest)>(Outbox.For(connection)) is var (pending, oldest)
            ? new OutboxState(pending, oldest is null ? null : NoticeTime.Parse(oldest)) : new(0, null));

    /// <summary>Adds a notice to the outbox, and remembers what it tells, in one transaction.</summary>
    public void Add(NoticeDraft draft, string content) => Write((connection, transaction) =>
    {
        var number = InsertIntoOutbox(connection, transaction, new OutboxEntry(
            draft.Id, draft.Route.Name, draft.GroupKey, draft.Route.Channel, draft.Reason.ToText(), draft.CreatedAt, content));
        foreach (var (key, told) in draft.Told)
        {
            var row = new
            {
                Route = draft.Route.Name,
                key.Unit,
                key.Indicator,
                key.Year,
                Colour = ColourText.Write(told.Colour),
                told.EventId,
            };
            if (connection.Execute(UpdateTold.For(connection), row, transaction) == 0)
            {
                connection.Execute(InsertTold.For(connection), row, transaction);
            }
        }

        return number;
    });

    // A next attempt that is further away was stored before the clock was set back.
    private static readonly TimeSpan Longest = RetryDelay.LongestAsked + TimeSpan.FromMinutes(5);

    /// <summary>The oldest notices of a channel that are to be tried now.</summary>
    public IReadOnlyList<NoticeRow> FindDue(string channel, DateTimeOffset now, int limit) => Read(connection =>
        connection.Query<NoticeRow>(
            DueNotices.For(connection),
            new { Channel = channel, Now = NoticeTime.Text(now), Latest = NoticeTime.Text(now + Longest), Limit = limit }).AsList());

    /// <summary>Lets a notice wait until a time, without an attempt.</summary>
    public void Hold(NoticeRow notice, DateTimeOffset until) => Write((connection, transaction) => connection.Execute(
        HoldNotice.For(connection), new { notice.Number, NextAttemptAt = NoticeTime.Text(until) }, transaction));

    /// <summary>Records an attempt, and what it means for the notices.</summary>
    /// <param name="notices">The notices of the message.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="now">When it came.</param>
    /// <param name="nextAttemptAt">When they are tried again, if it failed.</param>
    public void Record(IReadOnlyList<NoticeRow> notices, DeliveryAnswer answer, DateTimeOffset now, DateTimeOffset nextAttemptAt) =>
        Write((connection, transaction) =>
        {
            foreach (var notice in notices)
            {
                var row = new
                {
                    Notice = notice.Number,
                    Number = notice.Attempts + 1,
                    TriedAt = NoticeTime.Text(now),
                    Outcome = answer.Outcome.ToText(),
                    Answer = answer.Text,
                    State = answer.Outcome == DeliveryOutcome.Accepted ? "sent" : "refused",
                    NextAttemptAt = NoticeTime.Text(nextAttemptAt),
                };
                connection.Execute(InsertAttempt.For(connection), row, transaction);
                connection.Execute(
                    answer.Outcome == DeliveryOutcome.Failed ? PostponeNotice.For(connection) : FinishNotice.For(connection), row,
                    transaction);
            }

            return notices.Count;
        });

    /// <summary>The notices before one, newest first.</summary>
    public IReadOnlyList<NoticeRow> ReadNotices(long before, int limit) => Read(connection =>
        connection.Query<NoticeRow>(NewestNotices.For(connection), new { Before = before, Limit = limit }).AsList());

    private static long InsertIntoOutbox(DbConnection connection, DbTransaction transaction, OutboxEntry entry)
    {
        var number = connection.QuerySingle<long>(LastNotice.For(connection), transaction: transaction) + 1;
        connection.Execute(
            InsertNotice.For(connection),
            new
            {
                Number = number,
                NoticeId = entry.Id.ToString(),
                entry.Route,
                entry.GroupKey,
                entry.Channel,
                entry.Reason,
                CreatedAt = NoticeTime.Text(entry.CreatedAt),
                entry.Content,
            },
            transaction);
        return number;
    }

    private sealed record OutboxEntry(
        Guid Id, string Route, string GroupKey, string Channel, string Reason, DateTimeOffset CreatedAt, string Content);

    private sealed record GroupRow
    {
        public string Route { get; init; } = "";
        public string GroupKey { get; init; } = "";
        public string CreatedAt { get; init; } = "";
    }
}
