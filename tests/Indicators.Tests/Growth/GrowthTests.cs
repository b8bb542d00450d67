namespace XilinIngest.Indicators.Tests.Growths;

public sealed class A_growth
{
    [Theory]
    [InlineData(375_035, 363_758, 3.1)] // national fixed-asset investment, Jan–Sep 2023, on the restated base
    [InlineData(375_035, 421_412, -11.0)] // the same on last year's published figure: why the basis matters
    [InlineData(27_298.3, 29_047.6, -6.0)] // profits, Jan–May 2018 against 2017 as published; official is +16.5 on the comparable base
    [InlineData(27_298.3, 23_432.0, 16.5)]
    [InlineData(0, 5, -100.0)]
    [InlineData(5, 5, 0.0)]
    public void Is_the_summed_figures_against_the_summed_base(decimal current, decimal @base, decimal published)
    {
        var growth = Growth.Compute(current, @base);
        Assert.Equal(published, growth.Published);
        Assert.Equal(GrowthWord.None, growth.Word);
    }

    [Fact]
    public void Is_never_the_mean_of_the_childrens()
    {
        var (large, small) = (Growth.Compute(1_010, 1_000), Growth.Compute(20, 10));
        Assert.Equal(50.5m, (large.Published + small.Published) / 2);
        Assert.Equal(2.0m, Growth.Compute(1_010 + 20, 1_000 + 10).Published);
    }

    [Theory]
    [InlineData(5, 0, GrowthWord.BaseZero, 5)]
    [InlineData(0, 0, GrowthWord.BaseZero, 0)]
    [InlineData(-5, 0, GrowthWord.BaseZero, -5)]
    [InlineData(30, -20, GrowthWord.LossToProfit, 50)]
    [InlineData(0.01, -20, GrowthWord.LossToProfit, 20.01)]
    [InlineData(0, -20, GrowthWord.LossSmaller, 20)] // nothing is no profit: the whole loss is gone, and no more than that
    [InlineData(-30, 20, GrowthWord.ProfitToLoss, -50)]
    [InlineData(-10, -25, GrowthWord.LossSmaller, 15)]
    [InlineData(-25, -10, GrowthWord.LossLarger, -15)]
    [InlineData(-25, -25, GrowthWord.LossUnchanged, 0)]
    public void Is_said_in_words_with_the_change_where_the_base_is_not_above_zero(
        decimal current, decimal @base, GrowthWord word, decimal amount) =>
        Assert.Equal(new Growth(null, word, amount), Growth.Compute(current, @base));

    [Fact]
    public void Is_absent_by_default()
    {
        Assert.Equal(Growth.Absent, default);
        Assert.Null(Growth.Absent.Published);
    }

    [Fact]
    public void Is_compared_exactly_and_rounded_once()
    {
        Assert.Equal(100m / 3, Growth.Compute(4, 3).Percent);
        Assert.Equal(33.3m, Growth.Compute(4, 3).Published);
    }

    [Theory]
    [InlineData(5.7, 5.8, -0.1)]
    [InlineData(-1.2, 0.4, -1.6)]
    public void Changes_in_points_taken_from_the_published_rates(decimal now, decimal before, decimal change) =>
        Assert.Equal(change, Growth.Change(now, before));

    [Fact]
    public void Has_no_change_where_one_of_the_two_is_absent()
    {
        Assert.Null(Growth.Change(null, 5.8m));
        Assert.Null(Growth.Change(5.8m, null));
    }

    // 5.84 → 5.76 is 0.08 exactly, and 0.0 at one decimal: what readers see is 5.8 → 5.8.
    [Fact]
    public void Does_not_change_where_the_published_rates_are_the_same() =>
        Assert.Equal(0m, Growth.Change(Growth.Compute(105.76m, 100).Published, Growth.Compute(105.84m, 100).Published));

    [Fact]
    public void Of_a_rate_is_a_difference_in_points() => Assert.Equal(-1.5m, Growth.ComputeForRate(93.5m, 95m).Published);

    [Theory]
    [InlineData(10, 10, 10)]
    [InlineData(-3.9, 12.5, 4.0)] // not 4.3, the mean
    [InlineData(100, -50, 0)]
    [InlineData(-50, -50, -50)]
    [InlineData(0, 0, 0)]
    [InlineData(0, -99, -90)]
    public void Over_two_years_is_the_geometric_mean(decimal first, decimal second, decimal average) =>
        Assert.Equal(average, Growth.TwoYearAverage(first, second));

    [Theory]
    [InlineData(-100, 5)]
    [InlineData(5, -100)]
    [InlineData(-150, -150)]
    public void Over_two_years_has_none_after_a_year_that_lost_everything(decimal first, decimal second) =>
        Assert.Null(Growth.TwoYearAverage(first, second));

    [Fact]
    public void Over_two_years_has_none_where_a_year_has_none_or_is_beyond_measure()
    {
        Assert.Null(Growth.TwoYearAverage(null, 5));
        Assert.Null(Growth.TwoYearAverage(5, null));
        Assert.Null(Growth.TwoYearAverage(100_000_000_000_000_000_000_000m, 100_000_000_000_000_000_000_000m));
        Assert.Equal(999_999_999_999_999.9m, Growth.TwoYearAverage(999_999_999_999_999.9m, 999_999_999_999_999.9m));
    }
}

public sealed class A_published_figure
{
    [Theory]
    [InlineData(2.25, 2.3)]
    [InlineData(2.35, 2.4)]
    [InlineData(-2.25, -2.3)]
    [InlineData(-2.35, -2.4)]
    [InlineData(0.05, 0.1)]
    [InlineData(-0.05, -0.1)]
    [InlineData(2.2499, 2.2)]
    public void Is_rounded_half_away_from_zero(decimal exact, decimal published) => Assert.Equal(published, Rounding.Rate(exact));

    [Fact]
    public void Is_the_amount_in_the_printed_unit() =>
        Assert.Equal(12.35m, Rounding.Print(123_450m, SampleIndicators.NewIndicator(decimals: 2).Printing));

    [Fact]
    public void Is_rounded_alone_and_need_not_add_up()
    {
        var parts = new[] { 1.04m, 1.04m, 1.04m };
        Assert.Equal(3.0m, parts.Sum(Rounding.Rate));
        Assert.Equal(3.1m, Rounding.Rate(parts.Sum()));
    }
}
