using System.Data.Common;
using System.Text;
using Dapper;
using XilinIngest.Contracts;
using XilinIngest.Notifier.Events;
using XilinIngest.Storage;
using static XilinIngest.Notifier.Notices.NoticeStatements;

namespace XilinIngest.Notifier.Notices;

/// <summary>The database of the notifier: the events taken, what the routes were told of them, and the outbox.</summary>
internal sealed partial class NoticeStore(Database database) : IDisposable
{
    private readonly Lock _writing = new();
    private readonly KeptConnection _connection = new(database);

    /// <summary>The display name of the database.</summary>
    public string Name => database.Name;

    /// <summary>Stores an event, if it is not stored.</summary>
    public TakeResult Take(AlertEvent alert, byte[] body, DateTimeOffset now) =>
        Write((connection, transaction) => Insert(connection, transaction, alert, body, now));

    /// <summary>Stores the events of a page of the published alerts, and the position after it.</summary>
    /// <returns>The number of events that were not stored before.</returns>
    public int TakePage(IReadOnlyList<PublishedAlert> page, DateTimeOffset now) => Write((connection, transaction) =>
    {
        var (taken, last) = (0, "");
        foreach (var published in page)
        {
            var alert = AlertBodyReader.Read(published.Body);
            taken += Insert(connection, transaction, alert, published.Body, now) == TakeResult.Known ? 0 : 1;
            last = NoticeTime.Text(alert.PublishedAt);
        }

        connection.Execute(SetHistoryPosition.For(connection), new { page[^1].Publication, PublishedAt = last }, transaction);
        return taken;
    });

    public HistoryPosition ReadHistoryPosition() => Read(connection =>
        connection.QuerySingle<(long Publication, string PublishedAt)>(HistoryPositionOf.For(connection)) is var (publication, time)
            ? new HistoryPosition(publication, time) : HistoryPosition.Beginning);

    /// <summary>The events after one, in the order in which they were taken.</summary>
    public IReadOnlyList<TakenEvent> ReadEventsAfter(long id) => Read(connection =>
        connection.Query<EventRow>(EventsAfter.For(connection), new { Id = id }).Select(row => row.ToEvent()).ToList());

    /// <summary>An event as it was published.</summary>
    public AlertEvent ReadEvent(long id) => Read(connection => AlertBodyReader.Read(
        Encoding.UTF8.GetBytes(connection.QuerySingle<string>(PayloadOf.For(connection), new { Id = id }))));

    /// <summary>What each route was told last.</summary>
    public Dictionary<(string Route, AlertKey Key), ToldState> ReadTold() => Read(connection =>
        connection.Query<ToldRow>(AllTold.For(connection)).ToDictionary(
            row => (row.Route, new AlertKey(row.Unit, row.Indicator, (int)row.Year)),
            row => new ToldState(ColourText.Parse(row.Colour), row.EventId)));

    public void Dispose() => _connection.Dispose();

    private static TakeResult Insert(
        DbConnection connection, DbTransaction transaction, AlertEvent alert, byte[] body, DateTimeOffset now)
    {
        var row = new
        {
            Id = connection.QuerySingle<long>(LastEvent.For(connection), transaction: transaction) + 1,
            alert.Unit,
            alert.Indicator,
            alert.Year,
            alert.Version,
            PublishedAt = NoticeTime.Text(alert.PublishedAt),
        };
        if (connection.QuerySingle<long>(CountEvents.For(connection), row, transaction) > 0)
        {
            return TakeResult.Known;
        }

        // A rebuilt cube counts versions from 1 again, and a clock may go back: either a higher version or a later time is newer.
        var (version, time) = connection.QuerySingleOrDefault<(long Version, string? PublishedAt)>(
            NewestEvent.For(connection), row, transaction);
        var isLate = time is not null && alert.Version <= version && string.CompareOrdinal(row.PublishedAt, time) <= 0;
        connection.Execute(
            InsertEvent.For(connection),
            new
            {
                row.Id,
                row.Unit,
                row.Indicator,
                row.Year,
                row.Version,
                row.PublishedAt,
                Month = alert.Period,
                Colour = alert.Colour.ToWireName(),
                alert.SilencedBy,
                TakenAt = NoticeTime.Text(now),
                IsLate = isLate ? 1L : 0L,
                Payload = Encoding.UTF8.GetString(body),
            },
            transaction);
        if (!isLate && alert.Colour == TargetColour.Green)
        {
            FinishTask(connection, transaction, AlertBodyReader.KeyOf(alert), now);
        }

        return alert.Version > version + 1 && !isLate ? TakeResult.AfterGap : TakeResult.Taken;
    }

    private T Write<T>(Func<DbConnection, DbTransaction, T> work)
    {
        lock (_writing)
        {
            return _connection.Use(connection =>
            {
                using var transaction = Database.BeginWrite(connection);
                EnsureHeld(connection, transaction);
                var result = work(connection, transaction);
                transaction.Commit();
                database.EnsureCommittedToSameFile();
                return result;
            });
        }
    }

    private T Read<T>(Func<DbConnection, T> query)
    {
        using var connection = database.OpenInteractive();
        return query(connection);
    }

    private sealed record EventRow
    {
        public long Id { get; init; }
        public string Unit { get; init; } = "";
        public string Indicator { get; init; } = "";
        public long Year { get; init; }
        public long Version { get; init; }
        public string Period { get; init; } = "";
        public string Colour { get; init; } = "";
        public string? SilencedBy { get; init; }
        public string TakenAt { get; init; } = "";
        public long IsLate { get; init; }

        public TakenEvent ToEvent() => new(
            Id, new AlertKey(Unit, Indicator, (int)Year), (int)Version, Period, ColourText.Parse(Colour), SilencedBy,
            NoticeTime.Parse(TakenAt), IsLate != 0);
    }

    private sealed record ToldRow
    {
        public string Route { get; init; } = "";
        public string Unit { get; init; } = "";
        public string Indicator { get; init; } = "";
        public long Year { get; init; }
        public string Colour { get; init; } = "";
        public long EventId { get; init; }
    }
}
