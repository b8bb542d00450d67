using static XilinIngest.Indicators.Tests.SampleIndicators;

namespace XilinIngest.Indicators.Tests.Totals;

/// <summary>
/// February 2022: two villages have both years, one is new, one was silent a year ago, one lacks January, one closed in 2021 and one closed
/// in January 2022.
/// </summary>
public sealed class Units_left_out_of_a_growth
{
    private static readonly Indicator Sales = NewIndicator();
    private static readonly Sums Both = Sales.Contribute("2022-02", Year(11, 11), Every(10));
    private static readonly Sums New = Sales.Contribute("2022-02", Year(50, 50), unit: Village("2022-01"));
    private static readonly Sums SilentThen = Sales.Contribute("2022-02", Year(7, 7), Year(null, 7));
    private static readonly Sums Incomplete = Sales.Contribute("2022-02", Year(null, 5), Every(5));
    private static readonly Sums Closed = Sales.Contribute("2022-02", new Figures[12], Every(30), Village(to: "2021-12"));
    private static readonly Sums ClosedInPart = Sales.Contribute("2022-03", Year(null, 3), Every(3), Village(to: "2022-02"));
    private static readonly Sums All = Both + Both + New + SilentThen + Incomplete + Closed + ClosedInPart;

    [Fact]
    public void Are_the_new_and_the_closed_ones_as_well_while_reports_are_missing()
    {
        var leftOut = Sales.Total(All, expected: 5).LeftOut;
        Assert.Equal(new LeftOut(Closed: 2, New: 1, WithoutBase: 1, Incomplete: 1), leftOut);
        Assert.Equal(5, leftOut.Count);
    }

    [Fact]
    public void Are_those_without_a_whole_year_to_date_once_all_have_reported()
    {
        var leftOut = Sales.Total(All, expected: 4).LeftOut;
        Assert.Equal(new LeftOut(Closed: 1, New: 0, WithoutBase: 1, Incomplete: 1), leftOut);
        Assert.Equal(3, leftOut.Count);
    }

    [Fact]
    public void On_the_comparable_basis_are_those_that_have_no_base_at_all()
    {
        var investment = NewIndicator(basis: GrowthBasis.Comparable);
        var own = investment.Contribute("2022-02", Year(9, 9).With(2, february => february with { LastYear = 17 }));
        var newWithBase = investment.Contribute(
            "2022-02", Year(9, 9).With(2, february => february with { LastYear = 17 }), unit: Village("2022-01"));
        var total = investment.Total(All + own + newWithBase, expected: 6);
        Assert.Equal(new LeftOut(Closed: 2, New: 1, WithoutBase: 1, Incomplete: 1), total.LeftOut);
        Assert.Equal((18m + 18 + 44, 17m + 17 + 40, 2), (total.Compared, total.Base, total.Substitutes));
    }

    [Fact]
    public void Are_not_counted_where_nothing_is_compared()
    {
        Assert.Equal(default, NewIndicator(basis: GrowthBasis.None).Total(All, expected: 5).LeftOut);
        Assert.Equal(default, Sales.Total(SilentThen + Incomplete, expected: 2).LeftOut);
    }
}

public sealed class A_new_stock
{
    private static readonly Indicator Firms = NewIndicator(StockKind.Instance);

    [Fact]
    public void Has_the_base_that_its_unit_reports_for_last_year_or_none()
    {
        var without = Firms.Contribute("2022-01", Year(5), unit: Village("2022-01"));
        Assert.Equal((1, 5m, 1, 0), (without.NewCount, without.NewCurrent, without.NewWithoutBaseCount, without.ComparableCount));
        var with = Firms.Contribute(
            "2022-01", Year(5).With(1, january => january with { LastYear = 4 }), unit: Village("2022-01"));
        Assert.Equal((1, 5m, 0, 1, 4m, 0),
            (with.NewCount, with.NewCurrent, with.NewWithoutBaseCount, with.ComparableCount, with.ComparableBase, with.Substitutes));
    }
}
