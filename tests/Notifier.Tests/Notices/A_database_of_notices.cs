using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Notifier.Channels;
using XilinIngest.Notifier.Events;
using XilinIngest.Notifier.Notices;
using XilinIngest.Notifier.Routing;
using XilinIngest.Storage;
using XilinIngest.TestEngines;

namespace XilinIngest.Notifier.Tests.Notices;

public sealed class A_database_of_notices : IDisposable
{
    private const string Street = "320404007000";
    private static readonly DateTimeOffset Now = AlertEvents.Start.AddHours(1);
    private static readonly AlertKey Key = new(Street, "RETAIL_SALES", 2022);
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public void Takes_each_event_once_in_any_order_and_says_where_one_is_missing(StorageProvider engine)
    {
        using var store = NoticeDatabase.Open(engine, _folder);
        Assert.Equal(TakeResult.Taken, Take(store, AlertEvents.Red(Street, 1)));
        Assert.Equal(TakeResult.Known, Take(store, AlertEvents.Red(Street, 1)));
        Assert.Equal(TakeResult.AfterGap, Take(store, AlertEvents.Red(Street, 3)));
        Assert.Equal(TakeResult.Taken, Take(store, AlertEvents.Green(Street, 2)));
        Assert.Equal(TakeResult.Known, Take(store, AlertEvents.Green(Street, 2)));

        var events = store.ReadEventsAfter(0);
        Assert.Equal([(1L, 1, false), (2, 3, false), (3, 2, true)], events.Select(taken => (taken.Id, taken.Version, taken.IsLate)));
        Assert.Equal(Colour.Green, events[2].Colour);
        Assert.Equal(AlertEvents.Red(Street, 3).Text(), store.ReadEvent(2).Text());
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public void Takes_the_versions_of_rebuilt_results_as_newer_though_they_begin_at_1(StorageProvider engine)
    {
        using var store = NoticeDatabase.Open(engine, _folder);
        Take(store, AlertEvents.Red(Street, 5));
        Assert.Equal(TakeResult.Taken, Take(store, AlertEvents.Green(Street, 1, AlertEvents.Start.AddDays(1))));
        Assert.False(store.ReadEventsAfter(1).Single().IsLate);
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public void Keeps_the_position_in_the_published_alerts_with_the_events(StorageProvider engine)
    {
        using var store = NoticeDatabase.Open(engine, _folder);
        Assert.Equal(HistoryPosition.Beginning, store.ReadHistoryPosition());
        var page = new[] { AlertEvents.Red(Street, 1), AlertEvents.Green(Street, 2) }
            .Select((alert, i) => new PublishedAlert(10 + i, alert.Body())).ToList();
        Assert.Equal(2, store.TakePage(page, Now));
        Assert.Equal(0, store.TakePage(page, Now));
        Assert.Equal(new HistoryPosition(11, "2022-08-05T01:04:03.456Z"), store.ReadHistoryPosition());
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public void Keeps_a_notice_until_it_is_sent_or_refused(StorageProvider engine)
    {
        using var store = NoticeDatabase.Open(engine, _folder);
        Take(store, AlertEvents.Red(Street, 1));
        var draft = Draft(store);
        store.Add(draft, "{}");

        var notice = store.FindDue("duty", Now, 10).Single();
        Assert.Equal((draft.Id.ToString(), "pending", 0L), (notice.Id, notice.State, notice.Attempts));
        Assert.Empty(store.FindDue("other", Now, 10));
        Assert.Contains(("leaders", "g"), store.ReadPendingGroups());
        Assert.Equal(new ToldState(Colour.Red, 1), store.ReadTold()[("leaders", Key)]);

        store.Record([notice], new(DeliveryOutcome.Failed, "HTTP 503"), Now, Now.AddMinutes(1));
        Assert.Empty(store.FindDue("duty", Now, 10));
        var again = store.FindDue("duty", Now.AddMinutes(1), 10).Single();
        Assert.Equal((notice.Id, 1L, "HTTP 503"), (again.Id, again.Attempts, again.Answer));

        store.Record([again], new(DeliveryOutcome.Accepted, "HTTP 204"), Now.AddMinutes(1), Now);
        Assert.Empty(store.FindDue("duty", Now.AddDays(1), 10));
        Assert.Empty(store.ReadPendingGroups());
        Assert.Equal(Now, store.ReadGroupTimes()[("leaders", "g")]);
        var sent = Assert.Single(store.ReadNotices(long.MaxValue, 10));
        Assert.Equal(("sent", 2L, "HTTP 204", "2022-08-05T02:03:03.456Z"), (sent.State, sent.Attempts, sent.Answer, sent.FinishedAt));
    }

    private static NoticeDraft Draft(NoticeStore store)
    {
        var current = store.ReadEventsAfter(0).Single();
        return new(
            Guid.CreateVersion7(Now), new AlertRoute { Name = "leaders", Channel = "duty" }, "g", NoticeReason.Changed, Now,
            [new AlertStanding(current, RouteVerdict.Told, ToldState.Nothing, [current])]);
    }

    private static TakeResult Take(NoticeStore store, AlertEvent alert) => store.Take(alert, alert.Body(), Now);
}
