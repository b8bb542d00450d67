namespace XilinIngest.Indicators.Tests.Catalogue;

/// <summary>Quiet from 22:00 to 07:30 in China. 2022-07-01 is a Friday.</summary>
public sealed class The_hours_for_sending
{
    private static readonly SendingHours Nights = new(new(22, 0), new(7, 30), WorkingDaysOnly: false);
    private static readonly SendingHours Weekdays = Nights with { WorkingDaysOnly = true };

    // The Monday is a holiday, the Sunday before it is worked.
    private static readonly WorkingDays Moved = new(new Dictionary<DateOnly, bool>
    {
        [new(2022, 7, 3)] = true,
        [new(2022, 7, 4)] = false,
    });

    [Theory]
    [InlineData("2022-07-01 12:00", "2022-07-01 12:00")]
    [InlineData("2022-07-01 07:29", "2022-07-01 07:30")]
    [InlineData("2022-07-01 07:30", "2022-07-01 07:30")]
    [InlineData("2022-07-01 21:59", "2022-07-01 21:59")]
    [InlineData("2022-07-01 22:00", "2022-07-02 07:30")]
    [InlineData("2022-07-02 00:00", "2022-07-02 07:30")]
    public void Put_off_to_the_morning_what_comes_in_the_night(string time, string first) =>
        Assert.Equal(Local(first), Nights.FirstFrom(Local(time), WorkingDays.MondayToFriday));

    [Theory]
    [InlineData("2022-07-01 21:59", "2022-07-01 21:59")]
    [InlineData("2022-07-01 22:30", "2022-07-04 07:30")]
    [InlineData("2022-07-02 12:00", "2022-07-04 07:30")]
    [InlineData("2022-07-03 23:00", "2022-07-04 07:30")]
    public void Leave_out_days_off(string time, string first) =>
        Assert.Equal(Local(first), Weekdays.FirstFrom(Local(time), WorkingDays.MondayToFriday));

    [Theory]
    [InlineData("2022-07-02 12:00", "2022-07-03 07:30")]
    [InlineData("2022-07-03 12:00", "2022-07-03 12:00")]
    [InlineData("2022-07-03 22:00", "2022-07-05 07:30")]
    public void Follow_the_days_that_were_moved(string time, string first) =>
        Assert.Equal(Local(first), Weekdays.FirstFrom(Local(time), Moved));

    [Fact]
    public void Within_a_day_end_on_the_same_day()
    {
        var noon = new SendingHours(new(12, 0), new(14, 0), WorkingDaysOnly: false);
        Assert.Equal(Local("2022-07-01 14:00"), noon.FirstFrom(Local("2022-07-01 13:00"), WorkingDays.MondayToFriday));
        Assert.Equal(Local("2022-07-01 23:00"), noon.FirstFrom(Local("2022-07-01 23:00"), WorkingDays.MondayToFriday));
    }

    [Fact]
    public void May_be_all_hours() => Assert.Equal(
        Local("2022-07-02 03:00"), SendingHours.Always.FirstFrom(Local("2022-07-02 03:00"), WorkingDays.MondayToFriday));

    [Fact]
    public void End_the_search_after_a_year_without_a_working_day()
    {
        var none = new WorkingDays(Enumerable.Range(0, 800).ToDictionary(i => new DateOnly(2022, 7, 1).AddDays(i), _ => false));
        Assert.InRange(Weekdays.FirstFrom(Local("2022-07-01 12:00"), none), Local("2023-07-01 00:00"), Local("2023-07-04 00:00"));
    }

    private static DateTimeOffset Local(string text) =>
        new(DateTime.Parse(text, System.Globalization.CultureInfo.InvariantCulture), TimeSpan.FromHours(8));
}
