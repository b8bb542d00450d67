using XilinIngest.Indicators;
using XilinIngest.Notifier.Channels;
using XilinIngest.Notifier.Events;
using XilinIngest.Notifier.Notices;
using XilinIngest.Notifier.Routing;
using XilinIngest.Storage;
using XilinIngest.TestEngines;

namespace XilinIngest.Notifier.Tests.Notices;

/// <summary>A notifier that was frozen while another one took its notices over, at the database.</summary>
public sealed class Notices_that_are_taken_over : IDisposable
{
    private const string Street = "320404007000";
    private static readonly DateTimeOffset Now = AlertEvents.Start.AddHours(1);
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public void Are_not_made_taken_sent_or_deleted_by_the_one_that_had_them(StorageProvider engine)
    {
        var database = NoticeDatabase.Create(engine, _folder);
        using var frozen = new NoticeStore(database);
        frozen.TakeOver();
        Take(frozen, 1);
        frozen.Add(Draft(frozen), "{}");
        var row = Assert.Single(frozen.FindDue("duty", Now, 10));

        using var next = new NoticeStore(database);
        next.TakeOver();
        Assert.Throws<LeaseLostException>(frozen.EnsureHeld);
        Assert.Throws<LeaseLostException>(() => Take(frozen, 2));
        Assert.Throws<LeaseLostException>(() => frozen.Add(Draft(frozen), "{}"));
        Assert.Throws<LeaseLostException>(() => frozen.Record([row], new(DeliveryOutcome.Accepted, "HTTP 204"), Now, Now));
        Assert.Throws<LeaseLostException>(() => frozen.Prune(Now.AddYears(9), 10));

        next.EnsureHeld();
        Assert.Equal(("pending", 0L), (next.ReadNotices(9, 9).Single().State, next.ReadNotices(9, 9).Single().Attempts));
        Assert.Equal(TakeResult.Taken, Take(next, 2));
        next.Record([row], new(DeliveryOutcome.Accepted, "HTTP 204"), Now, Now);
        using var command = new NoticeStore(database);
        Assert.Equal(1, command.SendAgain([row]));
    }

    private static TakeResult Take(NoticeStore store, int version) =>
        store.Take(AlertEvents.Red(Street, version), AlertEvents.Red(Street, version).Body(), Now);

    private static NoticeDraft Draft(NoticeStore store)
    {
        var current = store.ReadEventsAfter(0)[^1];
        return new(
            Guid.CreateVersion7(Now), new AlertRoute { Name = "leaders", Channel = "duty" }, "g", NoticeReason.Changed, Now,
            [new AlertStanding(current, RouteVerdict.Told, ToldState.Nothing, [current])]);
    }
}
