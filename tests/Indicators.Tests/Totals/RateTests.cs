using static XilinIngest.Indicators.Tests.SampleIndicators;

namespace XilinIngest.Indicators.Tests.Totals;

/// <summary>Two villages: 90 of 100 and 10 of 100 a year ago, 95 of 100 and 20 of 100 now.</summary>
public sealed class A_rates_change
{
    private static readonly Indicator Vaccinated = NewIndicator(RateKind.Instance);
    private static readonly Sums LastYear = Of(90) + Of(10);
    private static readonly Sums First = Of(95);
    private static readonly Sums Both = First + Of(20);

    [Fact]
    public void Is_in_points_between_the_two_rates_as_printed()
    {
        var total = Vaccinated.Total(Both, expected: 2, lastYear: LastYear);
        Assert.Equal((57.5m, 50m, 7.5m), (total.Ytd, total.Base, total.Growth.Published));
    }

    // 95 % of the first village against 50 % of both would be +45 points; against its own 90 %, a difference from a rate that is nowhere
    // printed.
    [Fact]
    public void Is_not_said_while_reports_are_missing_but_the_rate_is()
    {
        var total = Vaccinated.Total(First, expected: 2, lastYear: LastYear);
        Assert.Equal((95m, TotalState.Provisional, 1, 2), (total.Ytd, total.State, total.Reported, total.Expected));
        Assert.Equal((Growth.Absent, Growth.Absent, null), (total.Growth, total.Recorded, total.Base));
    }

    [Fact]
    public void Is_not_said_against_a_month_that_was_not_complete() =>
        Assert.Equal((57.5m, Growth.Absent), (Vaccinated.Total(Both, expected: 2).Ytd, Vaccinated.Total(Both, expected: 2).Growth));

    [Fact]
    public void Comes_with_the_parts_of_the_rate_once_a_unit_has_reported()
    {
        Assert.Equal((115m, 200m), Vaccinated.Total(Both, expected: 2).Parts);
        Assert.Null(Vaccinated.Total(default, expected: 2).Parts);
        Assert.Null(NewIndicator().Total(First).Parts);
    }

    private static Sums Of(decimal numerator) =>
        Vaccinated.Contribute("2022-01", Year(0m).With(1, _ => new Figures(null, numerator: numerator, denominator: 100)));
}
