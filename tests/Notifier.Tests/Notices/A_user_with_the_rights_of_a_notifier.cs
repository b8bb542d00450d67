using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using XilinIngest.Contracts.Responses;
using XilinIngest.Indicators;
using XilinIngest.Notifier.Channels;
using XilinIngest.Notifier.Events;
using XilinIngest.Notifier.Notices;
using XilinIngest.Notifier.Reminders;
using XilinIngest.Notifier.Routing;
using XilinIngest.Notifier.Tests.Reminders;
using XilinIngest.Storage;
using XilinIngest.TestEngines;

namespace XilinIngest.Notifier.Tests.Notices;

/// <summary>The rights that deploy/postgresql gives are enough for the notifier, and for no more.</summary>
public sealed class A_user_with_the_rights_of_a_notifier
{
    [Theory, OnPostgreSql]
    public void Can_do_its_work_and_alter_nothing_that_was_said(StorageProvider engine)
    {
        var owner = TestDatabases.NewConnectionString(engine, "", "notices");
        NotifierRegistration.Migrate(Database.TryParse(engine, owner)!, NullLogger.Instance);
        var service = Grant(owner);
        NotifierRegistration.CheckSchema(service);
        using var store = new NoticeStore(service);
        var (alert, now) = (AlertEvents.Red("320404007000", 1), AlertEvents.Start);
        store.TakePage([new PublishedAlert(1, alert.Body())], now);
        for (var round = 0; round < 2; round++)
        {
            var current = store.ReadEventsAfter(0).Single();
            store.Add(
                new NoticeDraft(
                    Guid.CreateVersion7(now), new AlertRoute { Name = "r", Channel = "duty" }, "", NoticeReason.Changed, now,
                    [new AlertStanding(current, RouteVerdict.Told, ToldState.Nothing, [current])]),
                "{}");
            store.Record(store.FindDue("duty", now, 1), new(DeliveryOutcome.Failed, "HTTP 503"), now, now);
            store.Record(store.FindDue("duty", now, 1), new(DeliveryOutcome.Accepted, "HTTP 204"), now, now);
        }

        var silence = store.AddSilence(new()
        {
            Id = Guid.NewGuid(),
            Unit = "320404007000",
            StartsAt = now,
            EndsAt = now.AddDays(1),
            MadeBy = "街道统计办",
            Reason = "统一处置，暂不通知",
        })!;
        Assert.NotNull(store.EndSilence(silence.Number, "街道统计办", now.AddHours(1))!.EndedAt);
        var key = store.ReadEventsAfter(0).Single().Key;
        store.ChangeTask(key, new(AlertTaskAction.Taken, "张三", MayDirect: false, null, "核实数据", new DateOnly(2022, 9, 1), now));
        Assert.Equal("核实数据", store.ReadCurrentTasks()[key].Note);
        Assert.Equal(["sent", "sent"], store.ReadNotices(long.MaxValue, 10).Select(notice => notice.State));
        Assert.Equal(1, store.SendAgain(store.ReadNotices(long.MaxValue, 1)));
        store.Record(store.FindDue("duty", now, 1), new(DeliveryOutcome.Accepted, "HTTP 204"), now, now);
        store.AddReminders(
            new ReminderRun("first/2022-07", "first", "", "2022-07", now, MadeBy: null),
            [Reminders_in_the_database.Draft("320404007202", "reminders")], since: null);
        store.Withdraw(store.FindDue("reminders", now.AddYears(1), 1)[0], now);
        Assert.Equal((1, 0, 1), store.Prune(now.AddDays(1), 10));
        using var connection = service.Open();
        foreach (var forbidden in new[]
        {
            "UPDATE alert_event SET payload = ''", "UPDATE delivery_attempt SET answer = ''", "DELETE FROM told_alert",
            "DELETE FROM history_position", "UPDATE silence SET ends_at = ''", "DELETE FROM silence_end",
            "UPDATE task_event SET note = ''",
            "UPDATE reminder_run SET made_at = ''", "DELETE FROM task_event", "CREATE TABLE another (id bigint)",
        })
        {
            Assert.Equal("42501", Assert.Throws<PostgresException>(() => connection.Execute(forbidden)).SqlState);
        }
    }

    [Theory, OnPostgreSql]
    public void Is_not_needed_to_prune_old_notices(StorageProvider engine)
    {
        var owner = TestDatabases.NewConnectionString(engine, "", "notices");
        NotifierRegistration.Migrate(Database.TryParse(engine, owner)!, NullLogger.Instance);
        using (var notices = new NoticeStore(Database.TryParse(engine, owner)!))
        {
            notices.AddReminders(
                new ReminderRun("first/2022-07", "first", "", "2022-07", AlertEvents.Start, MadeBy: null),
                [Reminders_in_the_database.Draft("320404007202", "reminders")], since: null);
        }

        var service = Grant(owner, "notices-prune-rights.sql");
        Assert.True(NotifierRegistration.IsUpToDate(service));
        using var store = new NoticeStore(service);
        var (before, now) = (AlertEvents.Start.AddDays(1), AlertEvents.Start.AddYears(3));
        Assert.Equal([new OldRowsOfYear($"{AlertEvents.Start.Year}", 0, 0, 1)], store.CountOld(before));
        Assert.Equal((1, 0, 0, 1), store.PruneAs(null, before, 10, "clerk@host", now));
        Assert.Equal((1, 0, 0, 0), store.PruneAs(1, before, 10, "clerk@host", now));
        using var connection = service.Open();
        foreach (var forbidden in new[]
        {
            "UPDATE notice SET answer = ''", "DELETE FROM told_alert", "SELECT COUNT(*) FROM task_event", "DELETE FROM silence",
            "DELETE FROM pruning", "UPDATE pruning SET made_by = ''",
        })
        {
            Assert.Equal("42501", Assert.Throws<PostgresException>(() => connection.Execute(forbidden)).SqlState);
        }
    }

    private static Database Grant(string owner, string script = "notices-rights.sql")
    {
        var role = $"service_{Guid.NewGuid():N}";
        using (var connection = new NpgsqlConnection(owner))
        {
            connection.Execute($"CREATE ROLE {role} LOGIN");
        }

        PostgreSqlProgram.RunScript(
            owner, Path.Combine(RepositoryFiles.Root, "deploy", "postgresql", script), ("role", role));
        return Database.TryParse(
            StorageProvider.PostgreSql, new NpgsqlConnectionStringBuilder(owner) { Username = role }.ConnectionString)!;
    }
}
