using Microsoft.Extensions.Logging.Abstractions;
using XilinIngest.Notifier.Channels;
using XilinIngest.Notifier.Notices;
using XilinIngest.Notifier.Reminders;
using XilinIngest.Storage;
using XilinIngest.TestEngines;

namespace XilinIngest.Notifier.Tests.Reminders;

public sealed class Reminders_in_the_database : IDisposable
{
    private static readonly DateTimeOffset Now = new(2022, 8, 8, 1, 0, 0, TimeSpan.Zero);
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public void Come_back_as_they_were_written_and_are_made_once(StorageProvider engine)
    {
        using var store = Open(engine);
        var run = new ReminderRun("first/2022-07", "first", "", "2022-07", Now, null);
        Assert.False(store.HasReminderRun(run.Id));
        var added = store.AddReminders(run, [Draft("320404007202", "duty"), Draft("320404007201", null)], since: null);
        Assert.True(added.IsNew && store.HasReminderRun(run.Id));
        Assert.Equal(["duty", null], added.Reminders.Select(row => row.Channel));
        Assert.Equal(("pending", null), (added.Reminders[0].State, added.Reminders[1].State));
        Assert.False(store.AddReminders(run, [Draft("320404007202", "duty")], since: null).IsNew);

        var byHand = new ReminderRun(Guid.NewGuid().ToString(), null, "320404007000", "2022-07", Now.AddHours(1), "街道统计办");
        var drafts = new[] { Draft("320404007202", "duty"), Draft("320404007201", "duty") };
        var again = store.AddReminders(byHand, drafts, Now.AddHours(-11));
        Assert.Equal(["320404007201"], again.Reminders.Select(row => row.Unit));
        Assert.Equal(["320404007202"], again.Recent);
        Assert.Equal(
            [("320404007201", "街道统计办"), ("320404007201", null), ("320404007202", null)],
            store.ReadReminders("2022-07", 10).Select(row => (row.Unit, row.MadeBy)));
        Assert.Single(store.ReadReminders("2022-07", 1));
        Assert.Empty(store.ReadReminders("2022-08", 10));
        Assert.Equal(Now.AddHours(1), store.ReadLastReminders("2022-07")["320404007201"]);

        var due = store.FindDue("duty", Now.AddHours(2), 10);
        store.Record([due[0]], new(DeliveryOutcome.Accepted, "HTTP 204"), Now.AddHours(2), Now);
        Assert.Equal((true, false), (store.WasAccepted(due[0].Number), store.WasAccepted(due[1].Number)));
        store.Withdraw(due[1], Now.AddHours(2));
        var rows = store.ReadReminders("2022-07", 10);
        Assert.NotNull(rows[0].WithdrawnAt);
        Assert.Equal(("sent", "HTTP 204"), (rows[2].State, rows[2].Answer));
        Assert.Single(store.ReadNotices(long.MaxValue, 10));

        Assert.Equal(2, store.Prune(Now.AddDays(1), 10).Runs);
        Assert.Empty(store.ReadReminders("2022-07", 10));
    }

    internal static ReminderDraft Draft(string unit, string? channel) => new(
        unit, IsDigest: false, ["RETAIL_SALES", "PETITIONS"], channel is null ? null : new(channel, []), new NoticeContent
        {
            Id = Guid.NewGuid(),
            Route = "reminder/first",
            Group = unit,
            Reason = "reminder",
            Language = "zh",
            CreatedAt = Now,
            Title = "催报",
            Text = "请填报。",
            Alerts = [],
        });

    private NoticeStore Open(StorageProvider engine)
    {
        var database = TestDatabases.NewDatabase(engine, _folder.Path, "notices");
        NotifierRegistration.Migrate(database, NullLogger.Instance);
        return new NoticeStore(database);
    }
}
