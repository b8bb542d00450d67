using XilinIngest.Contracts.Responses;
using XilinIngest.Notifier.Notices;

namespace XilinIngest.Notifier.Tests.Reminders;

public sealed class A_reminder
{
    private const string People = "unit,role,name,telephone,mail,channel\n"
        + $"{ReminderWorkbench.Village},reporter,填报人1,0519-55500001,one@xilin.example,post\n"
        + $"{ReminderWorkbench.Village},reporter,填报人2,0519-55500002,two@xilin.example,post\n"
        + $"{ReminderWorkbench.Village},leader,分管领导3,0519-55500003,three@xilin.example,duty\n"
        + $"{ReminderWorkbench.OtherVillage},reporter,填报人4,0519-55500004,,\n";

    [Fact]
    public async Task Says_what_is_missing_until_when_and_where_it_is_reported()
    {
        await using var bench = await ReminderWorkbench.StartAsync(People, "first,,,-3,09:00,reporter leader,,,,");
        bench.Clock.SetUtcNow(ReminderWorkbench.Deadlines["2022-07"].AddDays(-3));
        await bench.PlanAsync();
        var notices = bench.Store.ReadNotices(long.MaxValue, 10);

        Assert.Equal(["duty", "post"], notices.Select(notice => notice.Channel).Order());
        var notice = NoticeFormat.Read(notices[0].Content);
        Assert.Equal(("reminder", "reminder/first"), (notice.Reason, notice.Route));
        Assert.Equal("单位2：2022年7月报表1项指标未报", notice.Title);
        Assert.Equal(
            "截止时间：2022-08-08 18:00（北京时间），还有3天。\n未报指标：信访。\n"
            + $"请登录填报：https://xilin.example/enter?unit={ReminderWorkbench.Village}&period=2022-07", notice.Text);
        Assert.Equal([], notice.Alerts);
    }

    [Fact]
    public async Task Of_a_unit_that_no_channel_reaches_is_in_the_list_and_not_in_the_outbox()
    {
        await using var bench = await ReminderWorkbench.StartAsync(People, "first,,,-3,09:00,reporter,,,,");
        bench.Book.Report(ReminderWorkbench.Village, "2022-07");
        bench.Clock.SetUtcNow(ReminderWorkbench.Deadlines["2022-07"].AddDays(-3));
        await bench.PlanAsync();

        Assert.Empty(bench.Store.ReadNotices(long.MaxValue, 10));
        var row = Assert.Single(bench.Store.ReadReminders("2022-07", 10));
        Assert.Equal((ReminderWorkbench.OtherVillage, null, "PETITIONS"), (row.Unit, row.Channel, row.Missing));
    }

    [Fact]
    public async Task To_the_street_lists_the_units_that_are_late()
    {
        await using var bench = await ReminderWorkbench.StartAsync(
            People, $"street,digest,{ReminderWorkbench.Street},2,09:00,department,duty,en,,");
        bench.Clock.SetUtcNow(ReminderWorkbench.Deadlines["2022-07"].AddDays(2));
        await bench.PlanAsync();

        var notice = NoticeFormat.Read(Assert.Single(bench.Store.ReadNotices(long.MaxValue, 10)).Content);
        Assert.Equal("Xilin, 2022-07: 2 units have not reported everything", notice.Title);
        Assert.Equal(
            "Due 2022-08-08 18:00, China's time: 2 days late.\nUnit 2: 1 missing.\nUnit 1: 1 missing.\n"
            + $"The list, and whom to ask: https://xilin.example/completeness?unit={ReminderWorkbench.Street}&period=2022-07", notice.Text);
    }

    [Fact]
    public async Task Is_taken_out_of_the_outbox_when_the_unit_has_reported_meanwhile()
    {
        await using var bench = await ReminderWorkbench.StartAsync(People, "first,,,-3,09:00,reporter,duty,,,");
        bench.IsChannelAway = true;
        bench.Clock.SetUtcNow(ReminderWorkbench.Deadlines["2022-07"].AddDays(-3));
        await bench.PlanAsync();
        await bench.SendAsync();
        bench.Book.Report(ReminderWorkbench.Village, "2022-07");
        bench.IsChannelAway = false;
        bench.Clock.Advance(TimeSpan.FromMinutes(1));
        await bench.SendAsync();

        Assert.Equal([$"reminder/first 2022-07 {ReminderWorkbench.OtherVillage}"], bench.Sent);
        Assert.Equal(
            [(ReminderWorkbench.OtherVillage, false, "sent"), (ReminderWorkbench.Village, true, null)],
            bench.Store.ReadReminders("2022-07", 10).Select(row => (row.Unit, row.WithdrawnAt is not null, row.State)));
    }

    [Theory]
    [InlineData(MonthStateName.Closed)]
    [InlineData(MonthStateName.Locked)]
    public async Task Of_a_month_that_is_closed_meanwhile_is_taken_out_of_the_outbox_and_no_rule_makes_another(MonthStateName state)
    {
        await using var bench = await ReminderWorkbench.StartAsync(
            People, "first,,,-3,09:00,reporter,duty,,,", "second,,,2,09:00,reporter,duty,,,");
        bench.IsChannelAway = true;
        bench.Clock.SetUtcNow(ReminderWorkbench.Deadlines["2022-07"].AddDays(-3));
        await bench.PlanAsync();
        await bench.SendAsync();
        (bench.Book.State, bench.IsChannelAway) = (state, false);
        bench.Clock.SetUtcNow(ReminderWorkbench.Deadlines["2022-07"].AddDays(2));
        await bench.PlanAsync();
        await bench.SendAsync();

        Assert.Empty(bench.Sent);
        var rows = bench.Store.ReadReminders("2022-07", 10);
        Assert.Equal(2, rows.Count);
        Assert.All(rows, row => Assert.NotNull(row.WithdrawnAt));
    }

    [Fact]
    public async Task Waits_while_the_aggregator_says_that_its_results_may_lack_reports()
    {
        await using var bench = await ReminderWorkbench.StartAsync(People, "first,,,-3,09:00,reporter,duty,,,");
        bench.Book.MayLackReports = true;
        bench.Clock.SetUtcNow(ReminderWorkbench.Deadlines["2022-07"].AddDays(-3));
        await bench.PlanAsync();
        Assert.Empty(bench.Store.ReadReminders("2022-07", 10));

        bench.Book.MayLackReports = false;
        await bench.PlanAsync();
        await bench.SendAsync();
        Assert.Equal(2, bench.Sent.Count);
    }

    [Fact]
    public async Task By_hand_leaves_out_who_was_reminded_a_short_while_ago_unless_it_is_asked_for()
    {
        await using var bench = await ReminderWorkbench.StartAsync(People, "first,,,0,09:00,reporter,duty,,,");
        bench.Clock.SetUtcNow(ReminderWorkbench.Deadlines["2022-07"].AddDays(-1));
        var first = Request() with { Units = [ReminderWorkbench.Village] };
        Assert.Equal([ReminderWorkbench.Village], await SendAsync(bench, first));
        Assert.Equal([ReminderWorkbench.Village], await SendAsync(bench, first));
        Assert.Equal([ReminderWorkbench.OtherVillage], await SendAsync(bench, Request()));
        Assert.Empty(await SendAsync(bench, Request()));

        var scope = new ReminderScope { Unit = ReminderWorkbench.Street, Period = "2022-07" };
        var preview = await bench.ByHand.PreviewAsync(scope, _ => true, CancellationToken.None);
        Assert.All(preview.Reminders, unit => Assert.True(unit.IsRecent));
        Assert.Equal(2, (await SendAsync(bench, Request() with { Again = true })).Count);
        bench.Clock.Advance(TimeSpan.FromHours(12.1));
        Assert.Equal(2, (await SendAsync(bench, Request())).Count);
        Assert.Equal(6, bench.Store.ReadNotices(long.MaxValue, 100).Count);
    }

    [Fact]
    public async Task Is_previewed_with_its_channels_and_people_and_nothing_is_sent()
    {
        await using var bench = await ReminderWorkbench.StartAsync(People);
        var scope = new ReminderScope { Unit = ReminderWorkbench.Street, Period = "2022-07" };
        var preview = await bench.ByHand.PreviewAsync(scope, unit => unit.Code.Value == ReminderWorkbench.Village, CancellationToken.None);

        Assert.Equal(2, preview.Reminders.Count);
        var channel = Assert.Single(preview.Reminders[0].Channels);
        Assert.Equal(("post", 2), (channel.Name, channel.Recipients));
        Assert.Equal(["填报人1", "填报人2"], channel.People);
        Assert.Empty(preview.Reminders[1].Channels);
        var blind = await bench.ByHand.PreviewAsync(scope, _ => false, CancellationToken.None);
        Assert.Null(blind.Reminders[0].Channels[0].People);
        Assert.Empty(bench.Store.ReadNotices(long.MaxValue, 10));
        Assert.Empty(bench.Store.ReadReminders("2022-07", 10));
    }

    [Fact]
    public async Task Waits_while_it_is_not_known_who_has_reported()
    {
        await using var bench = await ReminderWorkbench.StartAsync(People, "first,,,0,09:00,reporter,duty,,,");
        bench.Clock.SetUtcNow(ReminderWorkbench.Deadlines["2022-07"]);
        bench.Book.IsAway = true;
        await bench.PlanAsync();
        Assert.NotNull(bench.Fault);
        Assert.Empty(bench.Store.ReadReminders("2022-07", 10));
        bench.Book.IsAway = false;
        await bench.PlanAsync();
        Assert.Null(bench.Fault);
        Assert.Equal(2, bench.Store.ReadReminders("2022-07", 10).Count);
    }

    private static ReminderRequest Request() => new() { Id = Guid.NewGuid(), Unit = ReminderWorkbench.Street, Period = "2022-07" };

    private static async Task<IReadOnlyList<string>> SendAsync(ReminderWorkbench bench, ReminderRequest request) =>
        [.. (await bench.ByHand.SendAsync(request, Hosting.Access.Caller.LocalTrusted, CancellationToken.None)).Reminders
            .Select(row => row.Unit)];
}
