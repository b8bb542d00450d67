using CsCheck;
using static XilinIngest.Indicators.Tests.SampleIndicators;

namespace XilinIngest.Indicators.Tests.Ranking;

public sealed class A_ranking
{
    [Fact]
    public void Gives_equal_values_one_rank_and_skips_the_next() =>
        Assert.Equal([3, 1, 1, 4], CompetitionRanking.Compute([5m, 7m, 7.0m, -1m], Direction.HigherIsBetter));

    [Fact]
    public void Turns_round_where_lower_is_better() =>
        Assert.Equal([3, 1, 1, 4], CompetitionRanking.Compute([2m, 0m, 0m, 9m], Direction.LowerIsBetter));

    [Fact]
    public void Leaves_out_who_has_no_value_and_takes_no_rank_for_it() =>
        Assert.Equal([2, null, 1, null], CompetitionRanking.Compute([5m, null, 7m, null], Direction.HigherIsBetter));

    [Fact]
    public void Of_no_one_is_empty()
    {
        Assert.Empty(CompetitionRanking.Compute([], Direction.HigherIsBetter));
        Assert.Equal([null], CompetitionRanking.Compute([null], Direction.HigherIsBetter));
    }

    [Fact]
    public void Is_one_more_than_the_number_of_those_who_are_better() => Gen.Int[0, 9].Nullable().Array[0, 20].Sample(values =>
    {
        var figures = values.Select(value => (decimal?)value).ToArray();
        var ranks = CompetitionRanking.Compute(figures, Direction.HigherIsBetter);
        Assert.Equal(figures.Select(value => value is null ? (int?)null : 1 + figures.Count(other => other > value)), ranks);
    });
}

public sealed class What_a_unit_is_ranked_by
{
    private static readonly Target Plan = new(Street, new("SALES"), 2022, TargetKind.Amount, 300_000);

    private static Total Total(decimal now, decimal @base) =>
        NewIndicator().Total(NewIndicator().Contribute("2022-01", Year(now), Year(@base)));

    [Fact]
    public void Is_its_growth_at_published_precision()
    {
        var indicator = NewIndicator(rankBy: RankBy.Growth);
        Assert.Equal(5.8m, CompetitionRanking.ValueOf(indicator, UnitLevel.Street, Total(105.84m, 100), null));
        Assert.Equal(CompetitionRanking.ValueOf(indicator, UnitLevel.Street, Total(105.84m, 100), null),
            CompetitionRanking.ValueOf(indicator, UnitLevel.Street, Total(105.76m, 100), null));
        Assert.Null(CompetitionRanking.ValueOf(indicator, UnitLevel.Street, Total(5, 0), null));
        Assert.Null(CompetitionRanking.ValueOf(indicator, UnitLevel.Street, Total(5, -1), null));
    }

    [Fact]
    public void Is_its_value_as_it_is_printed() =>
        Assert.Equal(12.3m, CompetitionRanking.ValueOf(NewIndicator(rankBy: RankBy.Value), UnitLevel.Street, Total(123_456, 1), null));

    [Theory]
    [InlineData(UnitLevel.Village, 1_230.4, 0.123)]
    [InlineData(UnitLevel.Village, 1_180, 0.118)]
    [InlineData(UnitLevel.Street, 1_230.4, 0.1)]
    [InlineData(UnitLevel.Street, 472, 0.0472)] // as nothing of it is left in 亿元, it is told in 万元
    public void Is_its_value_as_precise_as_its_level_prints_it(UnitLevel level, double amount, double value) => Assert.Equal(
        (decimal)value, CompetitionRanking.ValueOf(NewIndicator(rankBy: RankBy.Value), level, Total((decimal)amount, 1), null));

    [Fact]
    public void Is_how_much_of_the_plan_is_done()
    {
        var indicator = NewIndicator(rankBy: RankBy.Completion);
        Assert.Equal(41.2m, CompetitionRanking.ValueOf(indicator, UnitLevel.Street, Total(123_456, 1), Plan));
        Assert.Null(CompetitionRanking.ValueOf(indicator, UnitLevel.Street, Total(123_456, 1), null));
        Assert.Null(CompetitionRanking.ValueOf(indicator, UnitLevel.Street, Total(123_456, 1), Plan with { Kind = TargetKind.Growth }));
        Assert.Null(CompetitionRanking.ValueOf(NewIndicator(rankBy: RankBy.None), UnitLevel.Street, Total(123_456, 1), Plan));
    }

    [Fact]
    public void Is_how_much_of_the_plan_is_done_whatever_the_date()
    {
        var award = NewIndicator(YesNoKind.Instance, GrowthBasis.None, rankBy: RankBy.Completion);
        var total = award.Total(award.Contribute("2022-01", Year(1).With(1, _ => new(1, date: new DateOnly(2022, 1, 20)))));
        Assert.Equal(new RankKey(100, null), CompetitionRanking.KeyOf(award, UnitLevel.Village, total, Plan with { Value = 1 }));
        Assert.Equal(new RankKey(1, new(2022, 1, 20)),
            CompetitionRanking.KeyOf(award with { RankBy = RankBy.Value, Printing = award.Printing with { Divisor = 1 } },
                UnitLevel.Village, total, null));
    }
}
