using static XilinIngest.Indicators.Tests.SampleIndicators;

namespace XilinIngest.Indicators.Tests.Totals;

/// <summary>1月免报: February is January and February together.</summary>
public sealed class An_exempt_January
{
    private static readonly Indicator Investment = NewIndicator(january: new(2022, 2023));

    [Theory]
    [InlineData("2021-01", true)]
    [InlineData("2022-01", false)]
    [InlineData("2023-01", false)]
    [InlineData("2024-01", true)]
    [InlineData("2022-02", true)]
    public void Is_exempt_by_indicator_and_year(string period, bool due)
    {
        Assert.Equal(due, Investment.IsDueIn(Month(period)));
        Assert.True(NewIndicator().IsDueIn(Month(period)));
    }

    [Fact]
    public void Leaves_eleven_submissions_to_come()
    {
        var months = Enumerable.Range(0, 12).Select(Month("2022-01").AddMonths);
        Assert.Equal(11, months.Count(month => Contribution.IsDue(Investment, Village(), month)));
    }

    [Fact]
    public void Has_no_total_of_its_own_in_the_month_of_January()
    {
        var sums = Investment.Contribute("2022-01", Year(null, 30), Every(10));
        var total = Investment.Total(sums, expected: 0);
        Assert.Equal(default, sums);
        Assert.Equal((null, null, null, TotalState.Provisional), (total.Month, total.Ytd, total.Growth.Percent, total.State));
    }

    [Fact]
    public void Is_inside_of_Februarys_year_to_date()
    {
        var sums = Investment.Contribute("2022-02", Year(null, 30), Year(10, 10));
        Assert.Equal((1, 30m, 20m), (sums.Reported, sums.Ytd, sums.RecordedBase));
        Assert.Equal(50.0m, Investment.Total(sums).Growth.Published);
    }

    [Fact]
    public void Of_the_base_year_makes_no_hole_in_it()
    {
        var sums = Investment.Contribute("2024-03", Year(1, 2, 3), Year(null, 2, 2));
        Assert.Equal((1, 4m), (sums.RecordedCount, sums.RecordedBase));
    }

    [Fact]
    public void Does_not_excuse_another_month() =>
        Assert.Equal(0, Investment.Contribute("2022-03", Year(null, null, 3)).Reported);
}

/// <summary>Units that begin and end.</summary>
public sealed class A_unit_that_begins_or_ends
{
    private static readonly Indicator Sales = NewIndicator();

    [Fact]
    public void Is_new_where_it_did_not_report_a_year_ago()
    {
        var sums = Sales.Contribute("2022-03", Year(1, 2, 3), unit: Village("2021-06"));
        Assert.Equal((1, 0, 6m), (sums.Reported, sums.RecordedCount, sums.NewCurrent));
    }

    [Fact]
    public void Is_whole_from_the_month_in_which_it_began() =>
        Assert.Equal(1, Sales.Contribute("2022-07", Year(null, null, null, null, 5, 6, 7), unit: Village("2022-05")).Reported);

    [Fact]
    public void Is_not_yet_there_before_it_begins() =>
        Assert.Equal(default, Sales.Contribute("2022-04", new Figures[12], unit: Village("2022-05")));

    [Fact]
    public void Leaves_its_base_when_it_has_closed()
    {
        var sums = Sales.Contribute("2022-03", new Figures[12], Every(10), Village(to: "2021-12"));
        Assert.Equal(new Sums { ClosedBaseCount = 1, ClosedCount = 1, ClosedBase = 30 }, sums);
        Assert.Equal(default, NewIndicator(RateKind.Instance).Contribute("2022-03", new Figures[12], Every(10), Village(to: "2021-12")));
    }

    [Fact]
    public void Leaves_what_it_did_in_the_year_when_it_closes_within()
    {
        var sums = Sales.Contribute("2022-06", Year(10, 10, 10), Every(9), Village(to: "2022-03"));
        Assert.Equal((0, 30m, 30m, 54m), (sums.Reported, sums.Ytd, sums.NewCurrent, sums.ClosedBase));
        Assert.Equal(new Sums { ClosedBaseCount = 1, ClosedCount = 1, ClosedBase = 30 },
            Sales.Contribute("2023-06", new Figures[12], Year(10, 10, 10), Village(to: "2022-03")));
        Assert.Equal(default, Sales.Contribute("2024-06", new Figures[12], unit: Village(to: "2022-03")));
    }

    [Fact]
    public void Is_not_compared_where_it_closed_with_a_month_missing()
    {
        var sums = Sales.Contribute("2022-06", Year(10, null, 10), Every(9), Village(to: "2022-03"));
        Assert.Equal((20m, 0m, 0), (sums.Ytd, sums.NewCurrent, sums.ClosedBaseCount));
        Assert.Equal(0, Sales.Contribute("2023-06", new Figures[12], Year(10, null, 10), Village(to: "2022-03")).ClosedBaseCount);
    }

    [Fact]
    public void Has_no_stock_any_more()
    {
        var firms = NewIndicator(StockKind.Instance);
        Assert.Equal(new Sums { ClosedBaseCount = 1, ClosedCount = 1, ClosedBase = 9 },
            firms.Contribute("2022-06", Year(10, 10, 10), Every(9), Village(to: "2022-03")));
        Assert.Equal(default, firms.Contribute("2023-06", new Figures[12], Year(10, 10, 10), Village(to: "2022-03")));
    }

    [Fact]
    public void Counts_as_closed_where_it_left_the_register()
    {
        var sales = NewIndicator(register: "trade");
        var unit = NewUnit(VillageOne, UnitKind.Village,
            spans: [Span("2020-01", "2021-12", Street, "trade"), Span("2022-01", null, Street)]);
        Assert.Equal(new Sums { ClosedBaseCount = 1, ClosedCount = 1, ClosedBase = 20 },
            sales.Contribute("2022-02", new Figures[12], Every(10), unit));
    }
}
