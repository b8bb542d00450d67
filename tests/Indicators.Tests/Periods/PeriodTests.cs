namespace XilinIngest.Indicators.Tests.Periods;

public sealed class A_period
{
    [Theory]
    [InlineData("2022-12-31T15:59:59Z", "2022-12")]
    [InlineData("2022-12-31T16:00:00Z", "2023-01")]
    [InlineData("2023-01-31T23:30:00-08:00", "2023-02")]
    public void Begins_at_midnight_where_the_units_are(string time, string month) => Assert.Equal(
        Period.Parse(month), Period.Containing(DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("2022-07", 2022, 7)]
    [InlineData("0001-01", 1, 1)]
    [InlineData("9999-12", 9999, 12)]
    public void Is_read_and_written_as_year_and_month(string text, int year, int month)
    {
        Assert.True(Period.TryParse(text, out var period));
        Assert.Equal((year, month, text), (period.Year, period.Month, period.ToString()));
        Assert.Equal(new Period(year, month), period);
        Assert.Equal(period, Period.FromNumber(period.Number));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("2022-7")]
    [InlineData("2022-13")]
    [InlineData("2022-00")]
    [InlineData("0000-01")]
    [InlineData("2022/07")]
    [InlineData("2022-07 ")]
    [InlineData(" 022-07")]
    [InlineData("+022-07")]
    [InlineData("2022-+7")]
    [InlineData("202207")]
    [InlineData("2022-07-01")]
    [InlineData("２０２２-０７")]
    [InlineData("22-07-1")]
    public void Is_not_read_from_any_other_notation_than_year_and_month(string? text)
    {
        Assert.False(Period.TryParse(text, out var period));
        Assert.Equal(default, period);
    }

    [Fact]
    public void By_default_is_the_first_month_of_all()
    {
        Assert.Equal("0001-01", default(Period).ToString());
        Assert.Equal(new Period(1, 1), default);
        Assert.Throws<ArgumentOutOfRangeException>(() => default(Period).Previous);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(10_000, 1)]
    [InlineData(2022, 0)]
    [InlineData(2022, 13)]
    public void Cannot_be_made_out_of_range(int year, int month) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Period(year, month));

    [Fact]
    public void Steps_over_the_years_end()
    {
        var january = new Period(2022, 1);
        Assert.Equal(new Period(2021, 12), january.Previous);
        Assert.Equal(new Period(2021, 1), january.SameMonthLastYear);
        Assert.Equal(new Period(2024, 2), january.AddMonths(25));
        Assert.Equal(new Period(2020, 12), january.AddMonths(-13));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Period(9999, 12).AddMonths(1));
    }

    [Fact]
    public void Sorts_by_year_and_then_by_month()
    {
        var (earlier, later) = (new Period(2021, 12), new Period(2022, 1));
        Assert.True(earlier < later && later > earlier && earlier <= later && later >= earlier);
        Assert.False(later < earlier || earlier > later || later <= earlier || earlier >= later);
        var same = new Period(2021, 12);
        Assert.True(earlier <= same && earlier >= same && !(earlier < same) && !(earlier > same));
        Assert.Equal(0, earlier.CompareTo(same));
    }

    [Fact]
    public void Says_what_it_should_have_been() =>
        Assert.Contains("2022-07", Assert.Throws<FormatException>(() => Period.Parse("July")).Message, StringComparison.Ordinal);
}
