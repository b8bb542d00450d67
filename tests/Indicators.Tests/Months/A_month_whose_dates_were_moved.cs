namespace XilinIngest.Indicators.Tests.Months;

public sealed class A_month_whose_dates_were_moved
{
    private static readonly Period July = new(2022, 7);
    private static readonly CalendarWindow Calendar =
        new(July, Day(8, 1), Day(8, 8), Day(9, 20), new(2023, 6, 30, 18, 0, 0, TimeSpan.Zero));
    private readonly MonthStates _months = new();

    [Fact]
    public void Has_the_calendars_dates_without_a_change()
    {
        Assert.Equal(Calendar, _months.WindowOf(Calendar));
        Assert.Equal(Calendar.Locks, _months.MayBeFinalAfter(Calendar));
        Assert.Equal(DateTimeOffset.MaxValue, _months.MayBeFinalAfter(null));
        Assert.Null(_months.WindowOf(null));
    }

    [Fact]
    public void Is_closed_and_final_from_its_row_on_whatever_the_clock_says()
    {
        _months.Apply(Close(5, Day(8, 20)));
        Assert.Equal(Calendar with { Closes = Day(8, 20) }, _months.WindowOf(Calendar));
        Assert.True(_months.IsClosed(Calendar, Day(8, 19)));
        Assert.Equal(DateTimeOffset.MinValue, _months.MayBeFinalAfter(Calendar));
    }

    [Fact]
    public void Locks_when_the_calendar_says_however_late_it_is_closed_for_the_first_time()
    {
        _months.Apply(Close(5, Day(11, 20)));
        Assert.Equal(Calendar with { Closes = Day(11, 20) }, _months.WindowOf(Calendar));
    }

    [Fact]
    public void Is_open_at_the_very_time_of_its_closing()
    {
        Assert.False(_months.IsClosed(Calendar, Calendar.Closes));
        Assert.True(_months.IsClosed(Calendar, Calendar.Closes.AddTicks(1)));
    }

    [Fact]
    public void Neither_closes_nor_locks_while_it_is_reopened()
    {
        _months.Apply(Close(5, Day(8, 20)));
        _months.Apply(Reopen(7, until: null));
        Assert.False(_months.IsClosed(Calendar, new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero)));
        Assert.Equal(DateTimeOffset.MaxValue, _months.WindowOf(Calendar).Locks);
    }

    [Theory]
    [InlineData(2022, 8, 2023, 6)]
    [InlineData(2022, 10, 2023, 8)]
    [InlineData(2024, 1, 2024, 11)]
    public void Closes_when_its_time_ends_and_locks_after_the_calendars_time_for_corrections(
        int year, int month, int locksYear, int locksMonth)
    {
        _months.Apply(Reopen(7, new(year, month, 30, 18, 0, 0, TimeSpan.Zero)));
        var window = _months.WindowOf(Calendar);
        Assert.Equal((year, month), (window.Closes.Year, window.Closes.Month));
        Assert.Equal((locksYear, locksMonth), (window.Locks.Year, window.Locks.Month));
        Assert.True(_months.IsClosed(Calendar, window.Closes.AddSeconds(1)));
        Assert.Equal(window.Locks, _months.MayBeFinalAfter(Calendar));
    }

    [Fact]
    public void Takes_corrections_for_as_long_as_the_calendar_gives_after_it_is_closed_again()
    {
        var closedAgain = new DateTimeOffset(2024, 1, 30, 18, 0, 0, TimeSpan.Zero);
        _months.Apply(Reopen(7, until: null));
        _months.Apply(Close(9, closedAgain));
        Assert.Equal(closedAgain, _months.WindowOf(Calendar).Closes);
        Assert.Equal(closedAgain + (Calendar.Locks - Calendar.Closes), _months.WindowOf(Calendar).Locks);
        Assert.Equal(DateTimeOffset.MinValue, _months.MayBeFinalAfter(Calendar));
    }

    [Fact]
    public void Locks_when_the_calendar_says_if_it_is_closed_again_early()
    {
        _months.Apply(Close(5, Day(8, 20)));
        _months.Apply(Reopen(7, until: null));
        _months.Apply(Close(9, Day(8, 30)));
        Assert.Equal(Calendar with { Closes = Day(8, 30) }, _months.WindowOf(Calendar));
    }

    [Fact]
    public void Is_what_its_greatest_row_says_in_whatever_order_and_however_often_the_rows_come()
    {
        Assert.True(_months.Apply(Reopen(7, until: null)));
        Assert.False(_months.Apply(Close(5, Day(8, 20))));
        Assert.False(_months.Apply(Reopen(7, until: null)));
        Assert.Equal([5L, 7], _months.HistoryOf(July).Select(change => change.Sequence));
        Assert.Equal(7, _months.NewestOf(July)!.Sequence);
        Assert.Null(_months.NewestOf(July.Previous));
        Assert.Equal([July], _months.Months);
    }

    private static DateTimeOffset Day(int month, int day) => new(2022, month, day, 18, 0, 0, TimeSpan.Zero);

    private static MonthStateChange Close(long sequence, DateTimeOffset at) =>
        new(sequence, July, MonthAction.Close, at, null, "http", null);

    private static MonthStateChange Reopen(long sequence, DateTimeOffset? until) =>
        new(sequence, July, MonthAction.Reopen, Day(8, 25), until, "http", "漏报");
}
