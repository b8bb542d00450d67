using System.Globalization;
using XilinIngest.Indicators;

namespace XilinIngest.Notifier.Tests.Routing;

public sealed class Sending_hours
{
    private static readonly WorkingDays October = new(new Dictionary<DateOnly, bool>
    {
        [new(2026, 10, 1)] = false,
        [new(2026, 10, 2)] = false,
        [new(2026, 10, 5)] = false,
        [new(2026, 10, 10)] = true,
    });

    // 2026-10-01 is a Thursday; the times are China's.
    [Theory]
    [InlineData("00:00-00:00", false, "2026-10-03T03:00", "2026-10-03T03:00")]
    [InlineData("22:00-07:30", false, "2026-10-03T21:59", "2026-10-03T21:59")]
    [InlineData("22:00-07:30", false, "2026-10-03T22:00", "2026-10-04T07:30")]
    [InlineData("22:00-07:30", false, "2026-10-04T03:00", "2026-10-04T07:30")]
    [InlineData("22:00-07:30", false, "2026-10-04T07:30", "2026-10-04T07:30")]
    [InlineData("12:00-14:00", false, "2026-10-04T13:00", "2026-10-04T14:00")]
    [InlineData("00:00-00:00", true, "2026-09-30T12:00", "2026-09-30T12:00")]
    [InlineData("00:00-00:00", true, "2026-10-01T12:00", "2026-10-06T00:00")]
    [InlineData("22:00-07:30", true, "2026-09-30T23:00", "2026-10-06T07:30")]
    [InlineData("22:00-07:30", true, "2026-10-09T23:00", "2026-10-10T07:30")]
    [InlineData("22:00-07:30", true, "2026-10-10T22:30", "2026-10-12T07:30")]
    public void Postpone_what_falls_outside_to_their_next_beginning(string quiet, bool workingDaysOnly, string time, string first)
    {
        var parts = quiet.Split('-');
        var hours = new SendingHours(Clock(parts[0]), Clock(parts[1]), workingDaysOnly);
        Assert.Equal(Time(first), hours.FirstFrom(Time(time), October));
    }

    [Fact]
    public void Do_not_search_for_ever_in_a_calendar_without_a_working_day()
    {
        var holidays = new WorkingDays(Enumerable.Range(0, 2_000).ToDictionary(day => new DateOnly(2026, 1, 1).AddDays(day), _ => false));
        var first = (SendingHours.Always with { WorkingDaysOnly = true }).FirstFrom(Time("2026-01-01T00:00"), holidays);
        Assert.InRange(first, Time("2026-12-31T00:00"), Time("2027-01-31T00:00"));
    }

    private static TimeOnly Clock(string text) => TimeOnly.ParseExact(text, "HH:mm", CultureInfo.InvariantCulture);

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text + "+08:00", CultureInfo.InvariantCulture);
}
