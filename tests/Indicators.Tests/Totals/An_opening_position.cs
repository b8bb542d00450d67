using static XilinIngest.Indicators.Tests.SampleIndicators;

namespace XilinIngest.Indicators.Tests.Totals;

/// <summary>A year-to-date without the value of its month: 90 through June, and 12 in July.</summary>
public sealed class An_opening_position
{
    private static readonly Indicator Sales = NewIndicator();
    private static readonly Figures[] Opened = Year(null, null, null, null, null, null, 12).With(6, _ => new(null, 90));

    [Fact]
    public void Counts_as_a_report_of_its_month_and_begins_the_year()
    {
        var june = Sales.Contribute("2022-06", Opened);
        Assert.Equal((1, 0, 1, 90m), (june.Reported, june.MonthCount, june.YtdCount, june.Ytd));
        var july = Sales.Contribute("2022-07", Opened);
        Assert.Equal((1, 1, 12m, 102m), (july.Reported, july.MonthCount, july.Month, july.Ytd));
        Assert.Equal(0, Sales.Contribute("2022-05", Opened).YtdCount);
    }

    [Fact]
    public void Is_a_base_for_the_year_after()
    {
        var sums = Sales.Contribute("2023-07", Every(20), Opened, Village());
        Assert.Equal((140m, 102m), (sums.RecordedCurrent, sums.RecordedBase));
        Assert.Equal(0, Sales.Contribute("2023-05", Every(20), Opened).RecordedCount);
    }

    [Fact]
    public void Leaves_a_complete_total_without_the_value_of_the_month()
    {
        var both = Sales.Contribute("2022-06", Opened);
        both.Add(Sales.Contribute("2022-06", Every(10)));
        var total = Sales.Total(both, expected: 2);
        Assert.Equal((null, 150m, TotalState.Complete), (total.Month, total.Ytd, total.State));
        total = Sales.Total(both, expected: 3);
        Assert.Equal((10m, 150m, TotalState.Provisional), (total.Month, total.Ytd, total.State));
        Assert.Equal(10m, Sales.Total(Sales.Contribute("2022-06", Every(10))).Month);
    }

    [Fact]
    public void Does_not_count_where_the_value_of_the_month_was_given_and_is_returned()
    {
        Assert.Equal(new Figures(null, 90), new Figures(null, 90).Effective(isValueGiven: false));
        Assert.Equal(default, new Figures(null, 90).Effective(isValueGiven: true));
        Assert.Equal(new Figures(5, 90), new Figures(5, 90).Effective(isValueGiven: true));
        Assert.Equal(default, new Figures(null, numerator: 5).Effective(isValueGiven: false));
    }
}
