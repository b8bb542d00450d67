using XilinIngest.Contracts;
using XilinIngest.Contracts.Responses;
using XilinIngest.Dashboard.Formatting;

namespace XilinIngest.Dashboard.Tests.Formatting;

/// <summary>A ranking by value of an indicator that is printed in 亿元 with one decimal.</summary>
public sealed class A_figure_that_ranks
{
    private static readonly Lang Zh = new(false);
    private static readonly CatalogueIndicator Sales = StagedIndicators.Award with
    {
        Kind = "Flow",
        Unit = "万元",
        PrintedUnitZh = "亿元",
        PrintedUnitEn = "100 million yuan",
        Divisor = 10_000,
        Decimals = 1,
        Fields = [FigureNames.Value],
        Stages = [],
    };

    [Fact]
    public void Of_a_village_is_whole_in_the_unit_of_report() =>
        Assert.Equal(["1,230万元", "1,180万元", "1,000万元"], Texts(0.123m, 0.118m, 0.1m));

    [Fact]
    public void Of_a_street_is_printed_and_what_is_too_small_has_its_own_unit() =>
        Assert.Equal(["34.3亿元", "1.8亿元", "472万元"], Texts(34.3m, 1.8m, 0.0472m));

    private static IEnumerable<string> Texts(params decimal[] values)
    {
        var ranking = new RankingPublished
        {
            Parent = "320404004000",
            Indicator = Sales.Code,
            Period = "2022-12",
            By = RankingMeasure.Value,
            Direction = RankingDirection.Higher,
            State = ResultState.Final,
            Reported = values.Length,
            Expected = values.Length,
            Units = [.. values.Select((value, i) => new RankedUnit { Unit = $"32040400400{i}", Value = value, Rank = i + 1 })],
            Version = 1,
            Cause = [],
            PublishedAt = default,
        };
        var amounts = RankingFormat.AmountsOf(ranking, Sales);
        return ranking.Units.Select(place => RankingFormat.Value(place, ranking.By, amounts, Zh));
    }
}
