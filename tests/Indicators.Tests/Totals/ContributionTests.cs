using static XilinIngest.Indicators.Tests.SampleIndicators;

namespace XilinIngest.Indicators.Tests.Totals;

public sealed class A_flow
{
    private static readonly Indicator Sales = NewIndicator();

    [Fact]
    public void Is_summed_over_the_months_of_the_year()
    {
        var sums = Sales.Contribute("2022-03", Year(10, 20, 30));
        Assert.Equal((1, 30m, 60m), (sums.Reported, sums.Month, sums.Ytd));
    }

    [Fact]
    public void With_a_month_missing_is_known_in_part_and_not_reported()
    {
        var sums = Sales.Contribute("2022-03", Year(10, null, 30));
        Assert.Equal((0, 1, 30m, 1, 40m), (sums.Reported, sums.MonthCount, sums.Month, sums.YtdCount, sums.Ytd));
        Assert.Equal(0, Sales.Contribute("2022-03", Year(10, 20)).Reported);
    }

    [Fact]
    public void Takes_a_year_to_date_that_it_carries_as_the_authority()
    {
        var year = Year(10, 20, 30, 5).With(3, march => march with { YearToDate = 50 });
        Assert.Equal(50m, Sales.Contribute("2022-03", year).Ytd);
        Assert.Equal(55m, Sales.Contribute("2022-04", year).Ytd);
        Assert.Equal(30m, Sales.Contribute("2022-02", year).Ytd);
    }

    [Fact]
    public void Is_whole_by_a_year_to_date_even_where_earlier_months_are_missing()
    {
        var sums = Sales.Contribute("2022-06", Year(null, null, null, null, 5, 6).With(5, may => may with { YearToDate = 50 }));
        Assert.Equal((1, 56m), (sums.Reported, sums.Ytd));
    }

    [Fact]
    public void May_fall_from_one_month_to_the_next()
    {
        var year = Year(100, 20).With(2, february => february with { YearToDate = 90 });
        Assert.Equal(-10m, Sales.Contribute("2022-02", year).Ytd - Sales.Contribute("2022-01", year).Ytd);
    }

    [Fact]
    public void Withdrawn_is_as_if_it_had_never_come() =>
        Assert.Equal(default, Sales.Contribute("2022-01", new Figures[12]));

    [Fact]
    public void Has_the_recorded_year_to_date_for_its_base()
    {
        var sums = Sales.Contribute("2022-02", Year(6, 7), Year(1, 2, 90));
        Assert.Equal((1, 13m, 3m), (sums.RecordedCount, sums.RecordedCurrent, sums.RecordedBase));
    }

    [Fact]
    public void Has_no_base_where_last_year_has_a_hole()
    {
        var sums = Sales.Contribute("2022-02", Year(6, 7), Year(null, 2));
        Assert.Equal((0, 0m, 0), (sums.RecordedCount, sums.NewCurrent, sums.ComparableCount));
    }
}

public sealed class A_stock
{
    private static readonly Indicator Firms = NewIndicator(StockKind.Instance);

    [Fact]
    public void Is_its_latest_value_and_a_missing_month_is_not_zero()
    {
        var sums = Firms.Contribute("2022-03", Year(10, 12));
        Assert.Equal((0, 0, 1, 12m), (sums.Reported, sums.MonthCount, sums.YtdCount, sums.Ytd));
        Assert.Equal(9m, Firms.Contribute("2022-01", new Figures[12], Every(9)).Ytd);
    }

    [Fact]
    public void Grows_against_the_same_month()
    {
        var sums = Firms.Contribute("2022-03", Year(10, 12, 15), Year(1, 2, 3, 4));
        Assert.Equal((15m, 3m), (sums.RecordedCurrent, sums.RecordedBase));
        Assert.Equal(0, Firms.Contribute("2022-03", Year(10, 12, 15), Year(1, 2)).RecordedCount);
    }
}

public sealed class A_net_increase
{
    private static readonly Indicator HighTech = NewIndicator(NetIncreaseKind.Instance, GrowthBasis.None);

    [Theory]
    [InlineData(15, 3)]
    [InlineData(10, -2)]
    public void Is_the_stock_less_the_stock_at_last_years_end(int stock, int increase)
    {
        var sums = HighTech.Contribute("2022-02", Year(13, stock), Every(12));
        Assert.Equal((1, stock, increase), (sums.Reported, sums.Month, sums.Ytd));
    }

    [Fact]
    public void Is_reported_but_not_known_without_last_December()
    {
        var sums = HighTech.Contribute("2022-01", Year(13), Year(12));
        Assert.Equal((1, 13m, 0), (sums.Reported, sums.Month, sums.YtdCount));
        Assert.Equal((TotalState.Complete, 13m, null), Of(HighTech.Total(sums)));
    }

    [Fact]
    public void Of_a_parent_is_not_known_once_all_have_reported_and_one_has_no_last_December()
    {
        var one = HighTech.Contribute("2022-01", Year(13), Every(12));
        var other = HighTech.Contribute("2022-01", Year(13));
        Assert.Equal((TotalState.Complete, 26m, null), Of(HighTech.Total(one + other, expected: 2)));
        Assert.Equal((TotalState.Provisional, 13m, 1m), Of(HighTech.Total(one, expected: 2)));
    }

    [Fact]
    public void Is_nothing_while_no_month_of_the_year_has_been_reported()
    {
        var sums = HighTech.Contribute("2022-02", new Figures[12], Every(12));
        Assert.Equal((0, 1, 0m), (sums.Reported, sums.YtdCount, sums.Ytd));
    }

    [Fact]
    public void Is_not_known_where_no_unit_has_one() => Assert.Null(HighTech.Total(default, expected: 2).Ytd);

    [Theory]
    [InlineData("2022-03", 4)]
    [InlineData("2021-12", 4)]
    [InlineData("2022-01", 4)]
    public void Of_a_newcomer_is_all_that_it_has(string founded, int increase)
    {
        var sums = HighTech.Contribute("2022-11", Year(null, null, null, null, null, null, null, null, null, null, 4),
            founded == "2021-12" ? Every(0) : null, Village(founded));
        Assert.Equal((1, 1, increase), (sums.Reported, sums.YtdCount, sums.Ytd));
    }

    [Fact]
    public void Of_a_newcomer_that_has_said_nothing_is_not_nothing()
    {
        var sums = HighTech.Contribute("2022-11", new Figures[12], unit: Village("2022-03"));
        Assert.Equal((0, 0), (sums.Reported, sums.YtdCount));
    }

    // It was put on the register in January; what stands in December does not count.
    [Fact]
    public void Of_a_newcomer_is_not_reckoned_from_what_it_may_not_have_reported() =>
        Assert.Equal(4m, HighTech.Contribute("2022-01", Year(4), Every(3), Village("2022-01")).Ytd);

    private static (TotalState, decimal?, decimal?) Of(Total total) => (total.State, total.Month, total.Ytd);
}

public sealed class A_rate
{
    private static readonly Indicator Vaccinated = NewIndicator(RateKind.Instance);

    private static Figures[] Part(decimal part, decimal whole) => new Figures[12].With(2, _ => new(null, null, null, part, whole));

    [Fact]
    public void Of_a_parent_comes_from_the_summed_parts()
    {
        var sums = Vaccinated.Contribute("2022-02", Part(90, 100)) + Vaccinated.Contribute("2022-02", Part(1, 10));
        var before = Vaccinated.Contribute("2021-02", Part(1, 2));
        var total = Vaccinated.Total(sums, expected: 2, lastYear: before);
        Assert.Equal(82.7m, Rounding.Rate(total.Ytd!.Value)); // not 50.0, the mean
        Assert.Equal(32.7m, total.Growth.Published); // points, not 65.5 %
        Assert.Equal(50m, total.Base);
        Assert.Equal(TotalState.Complete, total.State);
    }

    [Fact]
    public void With_a_denominator_of_zero_is_absent()
    {
        var total = Vaccinated.Total(Vaccinated.Contribute("2022-02", new Figures[12]));
        Assert.Equal((null, null, Growth.Absent), (total.Ytd, total.Base, total.Growth));
    }
}

public sealed class A_given_figure
{
    [Fact]
    public void Is_taken_as_it_is_and_never_summed_over_the_year()
    {
        var index = NewIndicator(GivenKind.Instance);
        var sums = index.Contribute("2022-02", Year(103, 104), Year(99, 98));
        Assert.Equal((104m, 0, 0), (sums.Ytd, sums.RecordedCount, sums.ComparableCount));
        Assert.Equal(Growth.Absent, index.Total(sums).Growth);
    }
}
