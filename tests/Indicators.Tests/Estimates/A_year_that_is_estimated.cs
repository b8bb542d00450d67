using CsCheck;

namespace XilinIngest.Indicators.Tests.Estimates;

public sealed class A_year_that_is_estimated
{
    private static readonly Gen<decimal> Amount = Gen.Int[1, 1_000_000].Select(cents => cents / 100m);

    private static readonly Gen<SeasonalYear[]> Years = Gen.Select(Gen.Int[400, 480], Amount).Array[2, 5].Select(years =>
        years.Select((year, at) => new SeasonalYear(2010 + at, year.Item2 * year.Item1 / 1000, year.Item2)).ToArray());

    /// <summary>Computed by hand: shares 0.5, 0.45 and 0.55; each estimated from the mean of the other two.</summary>
    [Fact]
    public void Is_the_year_to_date_by_the_mean_share_with_the_largest_error_of_the_earlier_years_around_it()
    {
        var estimate = Of(60, (50, 100), (54, 120), (44, 80));
        Assert.Null(estimate.Obstacle);
        var found = estimate.Estimate!;
        Assert.Equal(0.5m, found.MeanShare);
        Assert.Equal(120m, found.Amount);
        Assert.Equal([0m, 0.45m / 0.525m - 1, 0.55m / 0.475m - 1], found.Trials.Select(trial => trial.Error), Near);
        Assert.Equal([100m, 54 / 0.525m, 44 / 0.475m], found.Trials.Select(trial => trial.Estimate), Near);
    }

    [Fact]
    public void Has_an_interval_that_the_year_would_have_been_in_whatever_earlier_year_it_is()
    {
        var found = Of(45, (50, 100), (66, 120), (36, 80)).Estimate!;
        Assert.Equal(found.Amount / (1 + found.LargestError), found.Low);
        Assert.Equal(found.Amount / (1 - found.LargestError), found.High);
        Assert.Equal(0.55m / 0.475m - 1, found.LargestError, 15);
        Assert.All(found.Trials, trial => Assert.InRange(trial.Year.FullYear,
            trial.Estimate / (1 + found.LargestError) - 0.000001m, trial.Estimate / (1 - found.LargestError) + 0.000001m));
    }

    [Theory]
    [InlineData(0, "NotPositive")]
    [InlineData(-5, "NotPositive")]
    [InlineData(60, "TooFewYears", "50/100")]
    [InlineData(60, "TooFewYears", "50/100", "-5/100", "50/0", "120/100")]
    [InlineData(60, "TooFewYears", "50/100", "0/100")]
    [InlineData(60, "TooUncertain", "50/100", "100/100")]
    [InlineData(60, "TooEarly", "4/100", "50/100")]
    [InlineData(60, "TooUncertain", "50/100", "90/100")]
    public void Has_none_where_the_figures_do_not_allow_it(int yearToDate, string obstacle, params string[] years)
    {
        var result = SeasonalEstimator.Estimate(yearToDate, years.Select((year, at) => year.Split('/') is [var part, var whole]
            ? new SeasonalYear(2010 + at, decimal.Parse(part, null), decimal.Parse(whole, null)) : default), canFall: false);
        Assert.Null(result.Estimate);
        Assert.Equal(obstacle, result.Obstacle.ToString());
    }

    [Fact]
    public void Is_given_up_to_an_error_of_three_tenths() => Assert.Equal(0.3m, Of(60, (65, 100), (50, 100)).Estimate!.LargestError);

    [Fact]
    public void Does_not_end_below_what_is_there_already_unless_a_month_may_be_below_zero()
    {
        SeasonalYear[] years = [new(2010, 90, 100), new(2011, 99, 100)];
        Assert.Equal(95, SeasonalEstimator.Estimate(95, years, canFall: false).Estimate!.Low);
        Assert.True(SeasonalEstimator.Estimate(95, years, canFall: true).Estimate!.Low < 95);
    }

    [Fact]
    public void Is_exact_where_the_season_repeats() => Gen.Select(Gen.Int[1, 19], Amount.Array[2, 5], Amount).Sample((part, wholes, now) =>
    {
        var years = wholes.Select((whole, at) => new SeasonalYear(2010 + at, whole * part / 20, whole));
        var found = SeasonalEstimator.Estimate(now * part / 20, years, canFall: false).Estimate!;
        Assert.Equal(now, found.Amount, 12);
        Assert.Equal(now, found.Low, 12);
        Assert.Equal(now, found.High, 12);
    });

    [Fact]
    public void Does_not_depend_on_the_unit_of_any_year() =>
        Gen.Select(Years, Amount, Amount, Amount).Sample((years, now, scale, other) =>
        {
            var scaled = years.Select((year, at) => at == 0
                ? year with { YearToDate = year.YearToDate * other, FullYear = year.FullYear * other } : year);
            var (before, after) = (SeasonalEstimator.Estimate(now, years, canFall: true).Estimate!,
                SeasonalEstimator.Estimate(now * scale, scaled, canFall: true).Estimate!);
            Assert.Equal(1, after.Amount / (before.Amount * scale), 12);
            Assert.Equal(1, after.Low / (before.Low * scale), 12);
            Assert.Equal(1, after.High / (before.High * scale), 12);
        });

    private static EstimateResult Of(decimal yearToDate, params (decimal YearToDate, decimal FullYear)[] years) =>
        SeasonalEstimator.Estimate(
            yearToDate, years.Select((year, at) => new SeasonalYear(2010 + at, year.YearToDate, year.FullYear)), canFall: false);

    private static bool Near(decimal expected, decimal actual) => Math.Abs(expected - actual) < 0.000000000001m;
}
