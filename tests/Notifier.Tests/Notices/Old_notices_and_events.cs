using Microsoft.Extensions.Logging.Abstractions;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Notifier.Channels;
using XilinIngest.Notifier.Events;
using XilinIngest.Notifier.Notices;
using XilinIngest.Notifier.Routing;
using XilinIngest.Standalone;
using XilinIngest.Storage;
using XilinIngest.TestEngines;

namespace XilinIngest.Notifier.Tests.Notices;

public sealed class Old_notices_and_events : IDisposable
{
    private const string Street = "320404007000";
    private const string OtherStreet = "320404004000";
    private static readonly DateTimeOffset LongAgo = AlertEvents.Start;
    private static readonly DateTimeOffset Cutoff = LongAgo.AddDays(10);
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public void Are_deleted_but_for_the_newest_of_a_group_and_of_an_alert(StorageProvider engine)
    {
        using var store = NoticeDatabase.Open(engine, _folder);
        for (var version = 1; version <= 4; version++)
        {
            Tell(store, version % 2 == 1 ? AlertEvents.Red(Street, version) : AlertEvents.Green(Street, version), LongAgo);
        }

        Tell(store, AlertEvents.Red(OtherStreet, 1), Cutoff.AddDays(1));
        Assert.Equal((3, 3, 0), store.Prune(Cutoff, 100));
        Assert.Equal((0, 0, 0), store.Prune(Cutoff, 100));

        Assert.Equal([5, 4], store.ReadNotices(long.MaxValue, 10).Select(notice => notice.Number));
        Assert.Equal([4, 5], store.ReadEventsAfter(0).Select(taken => taken.Id));
        Assert.Equal(LongAgo, store.ReadGroupTimes()[("leaders", Street)]);
        Assert.Equal(2, store.ReadTold().Count);

        // The numbers go on, so what was told is not mistaken for something newer.
        Tell(store, AlertEvents.Red(Street, 5, Cutoff.AddDays(2)), Cutoff.AddDays(2));
        Assert.Equal(6, store.ReadNotices(long.MaxValue, 1).Single().Number);
        Assert.Equal(new ToldState(Colour.Red, 6), store.ReadTold()[("leaders", new AlertKey(Street, "RETAIL_SALES", 2022))]);
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public void Are_counted_by_year_and_deleted_by_a_run_that_is_recorded(StorageProvider engine)
    {
        using var store = NoticeDatabase.Open(engine, _folder);
        for (var version = 1; version <= 4; version++)
        {
            Tell(store, version % 2 == 1 ? AlertEvents.Red(Street, version) : AlertEvents.Green(Street, version), LongAgo);
        }

        Assert.Equal([new OldRowsOfYear($"{LongAgo.Year}", 3, 3, 0)], store.CountOld(Cutoff));
        Assert.Equal((1, 2, 2, 0), store.PruneAs(null, Cutoff, 2, "clerk@host", Cutoff));
        Assert.Null(Assert.Single(store.ReadPrunings()).EndedAt);
        Assert.Equal((1, 1, 1, 0), store.PruneAs(1, Cutoff, 2, "clerk@host", Cutoff));
        Assert.Equal((1, 0, 0, 0), store.PruneAs(1, Cutoff, 2, "clerk@host", Cutoff.AddMinutes(1)));
        var run = Assert.Single(store.ReadPrunings());
        Assert.Equal((3, 3, 0, "clerk@host", NoticeTime.Text(Cutoff.AddMinutes(1))),
            (run.Notices, run.Events, run.ReminderRuns, run.MadeBy, run.EndedAt));

        // Nothing is left, which is no run.
        Assert.Empty(store.CountOld(Cutoff));
        Assert.Equal((null, 0, 0, 0), store.PruneAs(null, Cutoff, 2, "clerk@host", Cutoff));
        Assert.Single(store.ReadPrunings());
    }

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public void Stay_while_a_notice_is_not_sent_and_an_event_is_not_told(StorageProvider engine)
    {
        using var store = NoticeDatabase.Open(engine, _folder);
        Tell(store, AlertEvents.Red(Street, 1), LongAgo);
        Take(store, AlertEvents.Green(Street, 2), LongAgo);
        Take(store, AlertEvents.Red(Street, 3), LongAgo);
        Add(store, AlertEvents.Red(OtherStreet, 1), LongAgo);
        Add(store, AlertEvents.Green(OtherStreet, 2), LongAgo);

        // The first event is told; the others wait for the next notice. The two notices of the other alert are not sent.
        Assert.Equal((0, 2, 0), store.Prune(Cutoff, 100));
        Assert.Equal([2, 3, 5], store.ReadEventsAfter(0).Select(taken => taken.Id));
        Assert.Equal(["pending", "pending", "sent"], store.ReadNotices(long.MaxValue, 10).Select(notice => notice.State));
    }

    [Theory, OnSqlite]
    public void Are_deleted_once_a_day_and_in_parts(StorageProvider engine)
    {
        using var store = NoticeDatabase.Open(engine, _folder);
        var clock = new SampleClock(Cutoff.AddDays(100));
        for (var version = 1; version <= 250; version++)
        {
            Tell(store, version % 2 == 1 ? AlertEvents.Red(Street, version) : AlertEvents.Green(Street, version), LongAgo);
        }

        var pruning = new NoticePruning(TimeSpan.FromDays(50), store, clock, NullLogger<NoticePruning>.Instance);
        pruning.RunIfDue();
        Assert.Equal(50, store.ReadNotices(long.MaxValue, 500).Count);
        pruning.RunIfDue();
        Assert.Single(store.ReadNotices(long.MaxValue, 500));

        Tell(store, AlertEvents.Red(Street, 251), LongAgo);
        pruning.RunIfDue();
        Assert.Equal(2, store.ReadNotices(long.MaxValue, 500).Count);
        clock.Set(Cutoff.AddDays(101));
        pruning.RunIfDue();
        Assert.Single(store.ReadNotices(long.MaxValue, 500));
    }

    private static void Tell(NoticeStore store, AlertEvent alert, DateTimeOffset at)
    {
        Add(store, alert, at);
        store.Record(store.FindDue("duty", at, 1), new(DeliveryOutcome.Accepted, "HTTP 204"), at, at);
    }

    private static void Add(NoticeStore store, AlertEvent alert, DateTimeOffset at)
    {
        Take(store, alert, at);
        var current = store.ReadEventsAfter(0)[^1];
        store.Add(
            new(
                Guid.CreateVersion7(at), new AlertRoute { Name = "leaders", Channel = "duty" }, alert.Unit, NoticeReason.Changed, at,
                [new AlertStanding(current, RouteVerdict.Told, ToldState.Nothing, [current])]),
            "{}");
    }

    private static void Take(NoticeStore store, AlertEvent alert, DateTimeOffset at) => store.Take(alert, alert.Body(), at);
}
