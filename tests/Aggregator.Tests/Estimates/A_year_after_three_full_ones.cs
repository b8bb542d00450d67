using XilinIngest.Aggregator.Estimates;
using XilinIngest.Aggregator.Tests.Histories;
using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Tests.Estimates;

/// <summary>
/// A street of two villages, which report in January and July, and zero in between. By June the street has 50 of 100, 54 of 120 and 44 of
/// 80, then 57. Its figures are printed in tens, with one decimal.
/// </summary>
public sealed class A_year_after_three_full_ones
{
    private const string Street = "320404001000", Village1 = "320404001201", Village2 = "320404001202";

    private static readonly (int Year, (decimal Village1, decimal Village2) January, (decimal Village1, decimal Village2) July)[] Years =
        [(2019, (30, 20), (25, 25)), (2020, (34, 20), (66, 0)), (2021, (4, 40), (36, 0)), (2022, (57, 0), (0, 0))];

    /// <summary>
    /// By hand: the shares are 0.5, 0.45 and 0.55, so 57 ÷ 0.5 = 114. From the others' shares the three years would have been
    /// 50 ÷ 0.5 = 100, 54 ÷ 0.525 = 102.857 and 44 ÷ 0.475 = 92.632: off by 0, −14.3 % and 15.8 %. The interval is 114 ÷ 1.15789 = 98.5 to
    /// 114 ÷ 0.84211 = 135.4.
    /// </summary>
    [Fact]
    public void Is_estimated_by_their_mean_share_with_the_interval_and_the_errors_of_their_own_estimates()
    {
        var estimate = Estimate(_ => true);
        Assert.Null(estimate.Obstacle);
        Assert.Equal((114m, 98m, 135m), (estimate.Amount, estimate.Low, estimate.High));
        Assert.Equal((50m, 15.8m), (estimate.SharePercent, estimate.ErrorPercent));
        Assert.Equal(
            [(2019, 50m, 100m, 50m, 100m, 0m), (2020, 54m, 120m, 45m, 103m, -14.3m), (2021, 44m, 80m, 55m, 93m, 15.8m)],
            estimate.Years.Select(year =>
                (year.Year, year.YearToDate, year.FullYear, year.SharePercent, year.Estimate, year.ErrorPercent)));
    }

    /// <summary>By hand: the shares 0.5 and 0.55, so 57 ÷ 0.525 = 108.57; 44 ÷ 0.5 = 88 instead of 80.</summary>
    [Fact]
    public void Of_which_one_lacks_a_report_is_estimated_from_the_other_two()
    {
        var estimate = Estimate(submission => submission.Period != "2020-10" || submission.Unit != Village2);
        Assert.Equal([2019, 2021], estimate.Years.Select(year => year.Year));
        Assert.Equal((109m, 10m), (estimate.Amount, estimate.ErrorPercent));
    }

    private static YearEstimate Estimate(Func<AcceptedSubmission, bool> reports)
    {
        var fixture = new AggregatorFixture(Catalogue);
        fixture.Step(Years.SelectMany(year => Enumerable.Range(1, year.Year == 2022 ? 6 : 12).SelectMany(month => new[]
        {
            Report(Village1, new(year.Year, month), month switch { 1 => year.January.Village1, 7 => year.July.Village1, _ => 0 }),
            Report(Village2, new(year.Year, month), month switch { 1 => year.January.Village2, 7 => year.July.Village2, _ => 0 }),
        })).Where(reports));
        return EstimateQuery.ForMonth(fixture.Published, Catalogue.Units[new UnitCode(Street)], Visits, new Period(2022, 6));
    }

    private static AcceptedSubmission Report(string village, Period period, decimal value) => SubmissionHistory.Submission(
        village, period, 1, AggregatorFixture.Now.AddMonths(-1), new Guid(village[^1], (short)period.Number, 0, new byte[8]),
        [new AcceptedValue { Indicator = TestDistrict.Visits, Value = value }]);

    private static Indicator Visits { get; } = TestDistrict.Indicators[7] with { Order = 0 };

    private static Catalogue Catalogue { get; } = new(
        [Visits],
        new UnitTree(
        [
            Unit(0, "320404000000", UnitKind.District, null), Unit(1, Street, UnitKind.Street, "320404000000"),
            Unit(2, Village1, UnitKind.Village, Street), Unit(3, Village2, UnitKind.Village, Street),
        ]),
        [], [], [], []);

    private static Unit Unit(int index, string code, UnitKind kind, string? parent) => new()
    {
        Code = new UnitCode(code),
        NameZh = code,
        NameEn = code,
        Kind = kind,
        Index = index,
        Spans = [new UnitSpan(new Period(2018, 1), null, parent is null ? null : new UnitCode(parent), new HashSet<string>())],
    };
}
