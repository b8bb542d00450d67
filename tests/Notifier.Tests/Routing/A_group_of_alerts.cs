using XilinIngest.Indicators;
using XilinIngest.Notifier.Events;
using XilinIngest.Notifier.Notices;
using XilinIngest.Notifier.Routing;

namespace XilinIngest.Notifier.Tests.Routing;

public sealed class A_group_of_alerts
{
    private static readonly DateTimeOffset Noon = new(2026, 9, 8, 4, 0, 0, TimeSpan.Zero);
    private static readonly AlertRoute Route = new()
    {
        Name = "r",
        Channel = "page",
        Wait = TimeSpan.FromMinutes(1),
        Interval = TimeSpan.FromMinutes(10),
        Repeat = TimeSpan.FromHours(6),
    };

    [Fact]
    public void Waits_for_others_from_its_first_change_on()
    {
        var due = Decide(Route, null, Alert("a", Colour.Red, Colour.Green, 2), Alert("b", Colour.Red, Colour.Green, 1))!;
        Assert.Equal((Noon.AddSeconds(1) + Route.Wait, NoticeReason.Changed), (due.At, due.Reason));
        Assert.Equal(["b", "a"], due.Alerts.Select(alert => alert.Current.Key.Unit));
    }

    [Fact]
    public void Is_told_no_more_often_than_the_interval_says()
    {
        var due = Decide(Route, Noon, Alert("a", Colour.Red, Colour.Amber, 5))!;
        Assert.Equal(Noon + Route.Interval, due.At);
    }

    [Theory]
    [InlineData(Colour.Red, Colour.Red)]
    [InlineData(Colour.Green, Colour.Green)]
    public void Says_nothing_of_an_alert_that_is_back_where_it_was_told(Colour now, Colour told) =>
        Assert.Null(Decide(Route with { Repeat = null }, Noon, Alert("a", now, told, 5)));

    [Fact]
    public void Says_that_an_alert_is_over_which_it_had_told()
    {
        var due = Decide(Route, Noon, Alert("a", Colour.Green, Colour.Red, 5))!;
        Assert.Equal(NoticeReason.Changed, due.Reason);
    }

    [Fact]
    public void Says_nothing_while_a_parents_alert_silences_it_and_remembers_what_it_told()
    {
        var silenced = Alert("a", Colour.Red, Colour.Amber, 5) with { Verdict = RouteVerdict.Silenced };
        Assert.Null(Decide(Route, Noon, silenced));
        Assert.NotNull(Decide(Route, Noon, silenced with { Verdict = RouteVerdict.Told }));
    }

    [Fact]
    public void Says_again_what_still_stands_after_its_time()
    {
        var due = Decide(Route, Noon, Alert("a", Colour.Red, Colour.Red, null), Alert("b", Colour.Green, Colour.Green, null))!;
        Assert.Equal((Noon + Route.Repeat!.Value, NoticeReason.Repeated), (due.At, due.Reason));
        Assert.Equal("a", Assert.Single(due.Alerts).Current.Key.Unit);
    }

    [Fact]
    public void Keeps_to_the_hours_of_its_route()
    {
        var quiet = Route with { Hours = new SendingHours(new(11, 0), new(14, 0), WorkingDaysOnly: false) };
        Assert.Equal(Noon.AddHours(2), Decide(quiet, null, Alert("a", Colour.Red, Colour.Green, 1))!.At);
    }

    [Fact]
    public void Keeps_to_the_hours_of_its_route_also_where_it_was_due_before_them()
    {
        var quiet = Route with { Hours = new SendingHours(new(12, 30), new(14, 0), WorkingDaysOnly: false) };
        var alert = Alert("a", Colour.Red, Colour.Green, 1);
        Assert.Equal(Noon.AddMinutes(20), DecideAt(Noon.AddMinutes(20), quiet, null, alert)!.At);
        Assert.Equal(Noon.AddHours(2), DecideAt(Noon.AddHours(1), quiet, null, alert)!.At);
        var standing = Alert("a", Colour.Red, Colour.Red, null);
        Assert.Equal(Noon.AddHours(2), DecideAt(Noon.AddHours(1), quiet, Noon.AddHours(-6), standing)!.At);
    }

    [Fact]
    public void Is_not_silent_for_a_year_because_the_clock_was_a_year_ahead()
    {
        var before = Noon.AddYears(-1);
        Assert.Equal(before, DecideAt(before, Route, Noon, Alert("a", Colour.Red, Colour.Amber, 5))!.At);
        Assert.Equal(before, DecideAt(before, Route, Noon, Alert("a", Colour.Red, Colour.Red, null))!.At);
    }

    [Fact]
    public void Of_very_many_is_told_in_parts_the_oldest_first()
    {
        var all = Enumerable.Range(1, 450).Select(i => Alert($"u{i}", Colour.Red, Colour.Green, i)).Reverse().ToArray();
        var due = Decide(Route, null, all)!;
        Assert.Equal(Enumerable.Range(1, GroupSchedule.MaxAlerts).Select(i => $"u{i}"), due.Alerts.Select(alert => alert.Current.Key.Unit));
    }

    private static GroupDue? Decide(AlertRoute route, DateTimeOffset? lastNoticeAt, params AlertStanding[] alerts) =>
        DecideAt(Noon, route, lastNoticeAt, alerts);

    private static GroupDue? DecideAt(DateTimeOffset now, AlertRoute route, DateTimeOffset? lastNoticeAt, params AlertStanding[] alerts) =>
        GroupSchedule.Decide(route, alerts, lastNoticeAt, WorkingDays.MondayToFriday, now);

    // An event taken so many seconds after noon; null: nothing is untold.
    private static AlertStanding Alert(string unit, Colour colour, Colour told, int? second)
    {
        var current = new TakenEvent(
            second ?? 0, new AlertKey(unit, "RETAIL_SALES", 2026), 1, "2026-08", colour, null, Noon.AddSeconds(second ?? 0), IsLate: false);
        return new(
            current, colour == Colour.Green ? RouteVerdict.BelowLevel : RouteVerdict.Told, new ToldState(told, 0),
            second is null ? [] : [current]);
    }
}
