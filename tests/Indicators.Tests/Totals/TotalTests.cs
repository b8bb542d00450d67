using static XilinIngest.Indicators.Tests.SampleIndicators;

namespace XilinIngest.Indicators.Tests.Totals;

public sealed class A_provisional_total
{
    private static readonly Indicator Sales = NewIndicator();
    private static readonly Sums Both = Sales.Contribute("2022-02", Year(11, 11), Every(10));
    private static readonly Sums New = Sales.Contribute("2022-02", Year(50, 50), unit: Village("2022-01"));
    private static readonly Sums Closed = Sales.Contribute("2022-02", new Figures[12], Every(30), Village(to: "2021-12"));
    private static readonly Sums Silent = Sales.Contribute("2022-02", new Figures[12], Every(1_000));

    [Fact]
    public void Compares_only_units_that_have_reported_in_both_years()
    {
        var total = Sales.Total(Both + Both + New + Closed + Silent, expected: 4);
        Assert.Equal((3, 4, TotalState.Provisional), (total.Reported, total.Expected, total.State));
        Assert.Equal((44m, 40m, 10.0m), (total.Compared, total.Base, total.Growth.Published));
        Assert.Equal(144m, total.Ytd);
    }

    [Fact]
    public void Says_nothing_where_no_one_has_reported_in_both()
    {
        Assert.Equal(Growth.Absent, Sales.Total(New + Closed + Silent, expected: 2).Growth);
        Assert.Null(Sales.Total(Silent).Ytd);
    }

    [Fact]
    public void Is_never_low_because_reports_are_missing()
    {
        var total = Sales.Total(Both + Silent + Silent + Silent, expected: 4);
        Assert.Equal(10.0m, total.Growth.Published); // against all four it would be −99.3 %
    }

    [Fact]
    public void Counts_new_and_closed_units_once_it_is_complete()
    {
        var total = Sales.Total(Both + New + Closed, expected: 2);
        Assert.Equal((122m, 80m, 52.5m), (total.Compared, total.Base, total.Growth.Published));
        Assert.Equal(TotalState.Complete, total.State);
        Assert.Equal(TotalState.Final, Sales.Total(Both, locked: true).State);
        Assert.Equal(TotalState.Provisional, Sales.Total(Both, expected: 2, locked: true).State);
    }

    [Fact]
    public void Of_closed_units_alone_is_their_fall()
    {
        // Complete by the one new unit; all that there was a year ago is gone.
        var total = Sales.Total(New + Closed);
        Assert.Equal((100m, 60m), (total.Compared, total.Base));
    }
}

public sealed class A_total_without_a_growth_basis
{
    [Fact]
    public void Has_no_growth_on_either_basis_whatever_was_reported()
    {
        var visits = NewIndicator(basis: GrowthBasis.None, rankBy: RankBy.Value);
        var sums = visits.Contribute("2022-01", Year(12m).With(1, figures => figures with { LastYear = 8 }), Year(10m))
            + visits.Contribute("2022-01", Year(7m), Year(5m));
        var total = visits.Total(sums, expected: 2);
        Assert.Equal((19m, TotalState.Complete), (total.Ytd, total.State));
        Assert.Equal((Growth.Absent, Growth.Absent, Growth.Absent, null, 0),
            (total.Growth, total.Comparable, total.Recorded, total.Base, total.Substitutes));
    }
}

public sealed class A_growth_on_the_comparable_basis
{
    private static readonly Indicator Investment = NewIndicator(basis: GrowthBasis.Comparable);

    private static Sums Reporting(decimal now, decimal? @base, decimal? recorded) => Investment.Contribute(
        "2022-01", Year(now).With(1, figures => figures with { LastYear = @base }), recorded is null ? null : Year(recorded));

    [Fact]
    public void Is_against_what_the_units_report_now_for_last_year()
    {
        var total = Investment.Total(Reporting(375_035, 363_758, 421_412));
        Assert.Equal((3.1m, 3.1m, -11.0m), (total.Growth.Published, total.Comparable.Published, total.Recorded.Published));
        Assert.Equal((363_758m, 375_035m, 0), (total.Base, total.Compared, total.Substitutes));
    }

    [Fact]
    public void Takes_the_recorded_figure_where_none_is_reported_and_says_so()
    {
        var total = Investment.Total(Reporting(110, 100, 90) + Reporting(55, null, 50), expected: 2);
        Assert.Equal((150m, 10.0m, 1), (total.Base, total.Growth.Published, total.Substitutes));
    }

    [Fact]
    public void Is_absent_where_every_base_is_a_recorded_one_which_serves_all_the_same()
    {
        var total = Investment.Total(Reporting(110, null, 100) + Reporting(55, null, 50), expected: 2);
        Assert.Equal(Growth.Absent, total.Comparable);
        Assert.Equal((10.0m, 150m, 2), (total.Growth.Published, total.Base, total.Substitutes));
    }

    [Theory]
    [InlineData(100.0, 80.0, 10.0, 0)]
    [InlineData(100.0, null, 10.0, 1)]
    [InlineData(null, null, null, 0)]
    public void Tells_its_substitutes_also_beside_a_growth_on_the_recorded_basis(
        double? first, double? second, double? comparable, int substitutes)
    {
        var total = NewIndicator(basis: GrowthBasis.Recorded)
            .Total(Reporting(110, (decimal?)first, 100) + Reporting(88, (decimal?)second, 80), expected: 2);
        Assert.Equal(((decimal?)comparable, 10.0m, substitutes), (total.Comparable.Published, total.Growth.Published, total.Substitutes));
    }

    [Fact]
    public void Leaves_out_a_unit_that_has_neither()
    {
        var total = Investment.Total(Reporting(110, 100, null) + Reporting(1_000, null, null), expected: 2);
        Assert.Equal((1_110m, 110m, 100m, 10.0m), (total.Ytd, total.Compared, total.Base, total.Growth.Published));
    }

    [Fact]
    public void Is_not_taken_from_a_year_with_a_hole() =>
        Assert.Equal(Growth.Absent, Investment.Total(Investment.Contribute(
            "2022-02", Year(null, 5).With(2, figures => figures with { LastYear = 100 }))).Growth);

    [Fact]
    public void Is_not_published_where_the_indicator_has_none()
    {
        var total = NewIndicator(basis: GrowthBasis.None).Total(Reporting(110, 100, 90));
        Assert.Equal((Growth.Absent, null), (total.Growth, total.Base));
    }
}
