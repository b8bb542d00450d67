using Dapper;
using static XilinIngest.Notifier.Notices.NoticeStatements;

namespace XilinIngest.Notifier.Notices;

/// <summary>Notices that are sent again by hand.</summary>
internal sealed partial class NoticeStore
{
    /// <summary>A notice by its id; null: there is none.</summary>
    public NoticeRow? FindNotice(Guid id) => Read(connection =>
        connection.QuerySingleOrDefault<NoticeRow>(NoticeById.For(connection), new { NoticeId = id.ToString() }));

    /// <summary>The notices that were made from one time on and before another, oldest first.</summary>
    public IReadOnlyList<NoticeRow> FindNotices(DateTimeOffset from, DateTimeOffset until, int limit) => Read(connection =>
        connection.Query<NoticeRow>(
            NoticesBetween.For(connection),
            new { MadeFrom = NoticeTime.Text(from), MadeUntil = NoticeTime.Text(until), Limit = limit }).AsList());

    /// <summary>Puts notices that were sent or refused into the outbox again. The notifier finds them there, also while it runs.</summary>
    /// <returns>The number of notices that were put there; one that waits to be sent stays as it is.</returns>
    public int SendAgain(IEnumerable<NoticeRow> notices) => Write((connection, transaction) =>
        connection.Execute(ReleaseNotice.For(connection), notices.Select(notice => new { notice.Number }).ToList(), transaction));
}
