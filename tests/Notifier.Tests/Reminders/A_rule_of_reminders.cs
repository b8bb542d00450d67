using System.Globalization;
using XilinIngest.Indicators;
using XilinIngest.Notifier.Reminders;

namespace XilinIngest.Notifier.Tests.Reminders;

public sealed class A_rule_of_reminders
{
    // Monday, 8 August 2022.
    private static readonly CalendarWindow July = new(
        new Period(2022, 7), At("2022-08-01T00:00"), At("2022-08-08T18:00"), At("2022-08-20T18:00"), At("2023-06-30T18:00"));

    [Theory]
    [InlineData(-3, "2022-08-05T09:00")]
    [InlineData(0, "2022-08-08T09:00")]
    [InlineData(2, "2022-08-10T09:00")]
    public void Counts_its_days_from_the_day_of_the_deadline_in_China(int offset, string time) =>
        Assert.Equal(At(time), ReminderSchedule.TimeOf(Rule(offset), July, WorkingDays.MondayToFriday));

    [Fact]
    public void Waits_for_a_working_day_and_its_own_time_of_it()
    {
        var rule = Rule(-2) with { Hours = SendingHours.Always with { WorkingDaysOnly = true } };
        Assert.Equal(At("2022-08-08T09:00"), ReminderSchedule.TimeOf(rule, July, WorkingDays.MondayToFriday));
        var moved = new WorkingDays(new Dictionary<DateOnly, bool> { [new(2022, 8, 7)] = true });
        Assert.Equal(At("2022-08-07T09:00"), ReminderSchedule.TimeOf(rule, July, moved));
    }

    [Fact]
    public void Waits_for_the_end_of_quiet_hours()
    {
        var rule = Rule(0) with { Hours = new(new(20, 0), new(10, 0), WorkingDaysOnly: false) };
        Assert.Equal(At("2022-08-08T10:00"), ReminderSchedule.TimeOf(rule, July, WorkingDays.MondayToFriday));
    }

    [Theory]
    [InlineData("2022-08-05T08:59")]
    [InlineData("2022-08-05T09:00", -3)]
    [InlineData("2022-08-07T09:00", -1)]
    [InlineData("2022-08-08T09:30", 0)]
    [InlineData("2022-08-13T08:59", 2)]
    [InlineData("2022-08-13T09:00")]
    public void Is_due_from_its_time_on_for_three_days_unless_a_later_one_reminds_the_same_people(string now, params int[] due) =>
        Assert.Equal(due, Due(now, Rule(-3), Rule(-1), Rule(0), Rule(2)).Select(occasion => occasion.Rule.Offset));

    [Fact]
    public void Is_due_beside_one_that_reminds_others()
    {
        var leaders = Rule(0) with { Name = "leaders", Roles = [ContactRole.Leader] };
        var digest = Rule(0) with { Name = "digest", Kind = ReminderKind.Digest, Unit = new UnitCode("320404007000") };
        Assert.Equal(
            ["0/2022-07", "leaders/2022-07", "digest/2022-07"],
            Due("2022-08-08T09:00", Rule(-1), Rule(0), leaders, digest).Select(occasion => occasion.Id));
    }

    private static IReadOnlyList<ReminderOccasion> Due(string now, params ReminderRule[] rules) =>
        ReminderSchedule.Due(rules, [July], WorkingDays.MondayToFriday, At(now));

    private static ReminderRule Rule(int offset) => new()
    {
        Name = FormattableString.Invariant($"{offset}"),
        Offset = offset,
        Time = new TimeOnly(9, 0),
        Roles = [ContactRole.Reporter],
    };

    private static DateTimeOffset At(string china) =>
        new(DateTime.Parse(china, CultureInfo.InvariantCulture), TimeSpan.FromHours(8));
}
