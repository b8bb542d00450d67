using XilinIngest.Contracts.Responses;
using XilinIngest.Indicators;
using XilinIngest.Notifier.Events;
using XilinIngest.Notifier.Notices;
using XilinIngest.Notifier.Silences;
using XilinIngest.Notifier.Tasks;
using XilinIngest.Storage;
using XilinIngest.TestEngines;

namespace XilinIngest.Notifier.Tests.Notices;

public sealed class Silences_and_tasks_in_the_database : IDisposable
{
    private const string Street = "320404007000";
    private static readonly DateTimeOffset Now = AlertEvents.Start.AddHours(1);
    private static readonly AlertKey Key = new(Street, "RETAIL_SALES", 2022);
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory, OnSqlite, OnPostgreSql, OnSqlServer]
    public void Come_back_as_they_were_written(StorageProvider engine)
    {
        using var store = NoticeDatabase.Open(engine, _folder);
        var first = store.AddSilence(NewSilence() with { Indicator = "RETAIL_SALES", Level = Colour.Amber })!;
        var second = store.AddSilence(NewSilence())!;
        Assert.Equal([first, second], store.ReadOpenSilences(Now.AddHours(1)));
        Assert.Equal([second, first], store.ReadSilences(10));
        Assert.Equal(second, Assert.Single(store.ReadSilences(1)));
        var ended = store.EndSilence(first.Number, "李四", Now.AddMinutes(1))!;
        Assert.Equal(ended, store.FindSilence(first.Number));
        Assert.Equal(second, Assert.Single(store.ReadOpenSilences(Now.AddHours(1))));
        Assert.Empty(store.ReadOpenSilences(Now.AddDays(1)));
        Assert.Equal(second, store.AddSilence(second with { Number = 0 }));

        store.Take(AlertEvents.Red(Street, 1), AlertEvents.Red(Street, 1).Body(), Now);
        var (_, task) = store.ChangeTask(Key, Take("张三", new DateOnly(2022, 9, 1)));
        Assert.Equal(task, store.ReadTasks(2022, 1));
        Assert.Equal(task[0], store.ReadCurrentTasks()[Key]);
        Assert.Equal(TaskRefusal.TakenByOther, store.ChangeTask(Key, Take("李四", null)).Decision.Refusal);
        store.Take(AlertEvents.Green(Street, 2), AlertEvents.Green(Street, 2).Body(), Now.AddHours(1));
        Assert.Equal(
            task[0] with { Id = 2, Action = AlertTaskAction.Done, At = Now.AddHours(1), MadeBy = null }, store.ReadCurrentTasks()[Key]);
        Assert.Equal(2, store.ReadTasks(2022, 1).Count);
        Assert.Empty(store.ReadTasks(2021, 1));
    }

    private static TaskChange Take(string by, DateOnly? due) =>
        new(AlertTaskAction.Taken, by, MayDirect: false, null, "核实数据", due, Now);

    private static Silence NewSilence() => new()
    {
        Id = Guid.NewGuid(),
        Unit = Street,
        StartsAt = Now,
        EndsAt = Now.AddDays(1),
        MadeBy = "街道督查室1",
        Reason = "统一处置，暂不通知",
    };
}
