using XilinIngest.Contracts;
using XilinIngest.Contracts.Responses;
using XilinIngest.Notifier.Events;
using XilinIngest.Notifier.Notices;
using XilinIngest.Notifier.Tasks;
using XilinIngest.Notifier.Tests.Silences;

namespace XilinIngest.Notifier.Tests.Tasks;

public sealed class A_task : IDisposable
{
    private const string Retail = "RETAIL_SALES";
    private static readonly AlertKey Key = new(NoticeWorkbench.Village, Retail, 2022);
    private static readonly DateOnly Due = new(2022, 8, 10);
    private readonly NoticeWorkbench _bench = new("all,,,,,page,zh,alert,,,1d,,,");

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Is_taken_by_one_and_the_other_hears_by_whom()
    {
        Raise();
        Assert.Null(Change(AlertTaskAction.Taken, "张三").Decision.Refusal);
        var (decision, task) = Change(AlertTaskAction.Taken, "李四");
        Assert.Equal((TaskRefusal.TakenByOther, "张三"), (decision.Refusal, task[^1].Assignee));

        // The same request again changes nothing.
        Assert.Equal(new TaskDecision(null, null), Change(AlertTaskAction.Taken, "张三").Decision);
        Assert.Single(Tasks());
    }

    [Fact]
    public async Task Is_taken_by_one_of_many_who_come_at_once()
    {
        Raise();
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => Change(AlertTaskAction.Taken, $"人员{i}"))));
        Assert.Single(answers, answer => answer.Decision.Refusal is null);
        Assert.Equal(15, answers.Count(answer => answer.Decision.Refusal == TaskRefusal.TakenByOther));
        Assert.Single(answers.Select(answer => answer.Task[^1].Assignee).Distinct());
    }

    [Fact]
    public void Is_changed_by_who_has_it_or_who_directs_and_by_no_one_else()
    {
        Raise();
        Assert.Equal(TaskRefusal.NotTaken, Change(AlertTaskAction.Noted, "张三").Decision.Refusal);
        Change(AlertTaskAction.Taken, "张三", note: "核实数据", due: Due);
        Assert.Equal(TaskRefusal.TakenByOther, Change(AlertTaskAction.HandedOver, "李四", assignee: "李四").Decision.Refusal);
        Assert.Equal(TaskRefusal.TakenByOther, Change(AlertTaskAction.GivenBack, "李四").Decision.Refusal);
        Change(AlertTaskAction.HandedOver, "王五", assignee: "李四", mayDirect: true);
        Change(AlertTaskAction.Noted, "李四", note: "");
        Change(AlertTaskAction.GivenBack, "李四", note: "不属本科室");
        Assert.Equal(TaskRefusal.NotTaken, Change(AlertTaskAction.GivenBack, "李四").Decision.Refusal);
        Change(AlertTaskAction.Taken, "赵六");

        Assert.Equal(
            [
                "Taken|张三|核实数据|2022-08-10", "HandedOver|李四|核实数据|2022-08-10", "Noted|李四||2022-08-10", "GivenBack||不属本科室|", "Taken|赵六||",
            ],
            Tasks().Select(each => $"{each.Action}|{each.Assignee}|{each.Note}|{each.Due:yyyy-MM-dd}"));
        Assert.Single(Tasks().Select(each => each.Task).Distinct());
    }

    [Fact]
    public void Is_done_when_its_alert_is_cleared_and_another_one_when_it_comes_again()
    {
        Raise();
        Change(AlertTaskAction.Taken, "张三", due: Due);
        _bench.Publish(NoticeWorkbench.Village, Retail, TargetColour.Amber);
        Assert.Single(Tasks());
        _bench.Publish(NoticeWorkbench.Village, Retail, TargetColour.Green);
        Assert.Equal(TaskRefusal.NoAlert, Change(AlertTaskAction.Taken, "李四").Decision.Refusal);
        _bench.Restart();
        Raise();
        Change(AlertTaskAction.Taken, "李四");

        Assert.Equal(
            [(AlertTaskAction.Taken, "张三"), (AlertTaskAction.Done, "张三"), (AlertTaskAction.Taken, "李四")],
            Tasks().Select(each => (each.Action, each.Assignee)));
        Assert.Equal(2, Tasks().Select(each => each.Task).Distinct().Count());
        Assert.Null(Tasks()[^1].Due);
    }

    [Fact]
    public void Of_an_alert_that_never_was_is_not_taken() =>
        Assert.Equal(TaskRefusal.NoAlert, Change(AlertTaskAction.Taken, "张三").Decision.Refusal);

    [Fact]
    public void Has_no_history_without_an_end()
    {
        Raise();
        Change(AlertTaskAction.Taken, "张三");
        for (var i = 1; i < TaskDecision.MaxEvents; i++)
        {
            Change(AlertTaskAction.Noted, "张三", note: $"第{i}次");
        }

        Assert.Equal(TaskRefusal.TooManyEvents, Change(AlertTaskAction.GivenBack, "张三").Decision.Refusal);
        Assert.Equal(TaskDecision.MaxEvents, Tasks().Count);
    }

    [Fact]
    public void Is_told_with_its_alert_without_a_name_and_as_overdue_when_its_day_has_passed()
    {
        Raise();
        _bench.Plan();
        Change(AlertTaskAction.Taken, "张三", note: "核实数据", due: Due);
        _bench.Clock.Advance(TimeSpan.FromDays(1.5));
        _bench.Plan();
        _bench.Clock.Advance(TimeSpan.FromDays(5));
        _bench.Plan();

        var texts = _bench.Store.ReadNotices(long.MaxValue, 10).Reverse().Select(row => NoticeFormat.Read(row.Content)).ToList();
        Assert.DoesNotContain("认领", texts[0].Text, StringComparison.Ordinal);
        Assert.EndsWith("【已认领，办结期限2022年8月10日：核实数据】", texts[1].Text, StringComparison.Ordinal);
        Assert.EndsWith("【已认领，办结期限2022年8月10日（已逾期）：核实数据】", texts[2].Text, StringComparison.Ordinal);
        Assert.All(texts, text => Assert.DoesNotContain("张三", NoticeFormat.Write(text), StringComparison.Ordinal));
        Assert.Equal((Due, true), (texts[2].Alerts[0].Task!.Due!.Value, texts[2].Alerts[0].Task!.IsOverdue));
    }

    private void Raise() => _bench.Publish(NoticeWorkbench.Village, Retail, TargetColour.Red);

    private IReadOnlyList<TaskEvent> Tasks() => _bench.Store.ReadTasks(2022, 100);

    private (TaskDecision Decision, IReadOnlyList<TaskEvent> Task) Change(
        AlertTaskAction action, string by, string? assignee = null, string? note = null, DateOnly? due = null, bool mayDirect = false) =>
        _bench.Store.ChangeTask(Key, new(action, by, mayDirect, assignee, note, due, _bench.Clock.GetUtcNow()));
}
