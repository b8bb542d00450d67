using System.Text.Json;
using XilinIngest.Contracts;
using XilinIngest.Contracts.Responses;
using XilinIngest.Dashboard.Charts;
using XilinIngest.Dashboard.Formatting;
using XilinIngest.Dashboard.IndicatorDetail;

namespace XilinIngest.Dashboard.Tests.Indicator;

public sealed class The_parts_of_a_growth
{
    private static readonly Lang Zh = new(English: false);

    [Fact]
    public void Add_up_to_the_published_growth_with_the_rest_as_a_part_of_its_own()
    {
        var parts = GrowthContributions.Build(Below(-1.28m, 3.11m, 0.52m, null), 2.4m, Zh)!;
        Assert.Equal([3.11m, 0.52m, -1.28m], parts.Units.Select(unit => unit.Points));
        Assert.Equal([0m, 3.11m, 3.63m], parts.Units.Select(unit => unit.From));
        Assert.Equal((0.05m, 2.4m), (parts.Rest!.Points, parts.Rest.To));
        Assert.Null(GrowthContributions.Build(Below(1.5m, 0.9m), 2.4m, Zh)!.Rest);
    }

    [Fact]
    public void Are_at_most_thirteen_bars_that_still_add_up()
    {
        var parts = GrowthContributions.Build(Below([.. Enumerable.Range(1, 30).Select(at => (decimal?)(at - 15) / 10)]), 1.53m, Zh)!;
        var bars = parts.Bars(Zh);
        Assert.Equal(13, bars.Count);
        Assert.Equal(1.53m, bars.Sum(bar => bar.Points));
        Assert.All(bars.Zip(bars.Skip(1)), pair => Assert.Equal(pair.First.To, pair.Second.From));
        Assert.Equal("其他19个单位", bars[^2].Name);
    }

    [Fact]
    public void Are_none_where_no_unit_has_a_share_or_there_is_no_growth()
    {
        Assert.Null(GrowthContributions.Build(Below(null, null), 2.4m, Zh));
        Assert.Null(GrowthContributions.Build(Below(1, 2), null, Zh));
    }

    /// <summary>From, to: what is left free, and what is drawn above and below zero.</summary>
    [Theory]
    [InlineData(0, 3, 0, 3, 0)]
    [InlineData(3, 1, 1, 2, 0)]
    [InlineData(1, -2, 0, 1, -2)]
    [InlineData(-2, -5, -2, 0, -3)]
    [InlineData(-5, 4, 0, 4, -5)]
    [InlineData(-4, -1, -1, 0, -3)]
    public void Are_drawn_from_where_the_one_before_ends(int from, int to, int space, int above, int below)
    {
        var options = JsonSerializer.SerializeToElement(WaterfallChart.Build([new("a", from, to, "#000")], "pp"));
        Assert.Equal([space, above, below], options.GetProperty("series").EnumerateArray()
            .Select(series => (int)series.GetProperty("data")[0].GetProperty("value").GetDecimal()));
    }

    private static ChildUnits Below(params decimal?[] points) => new(Indicator, false, null,
        [.. points.Select((each, at) => new ChildUnitRow($"{at}", $"{at}村", null, Figure) { GrowthPoints = each })]);

    private static SeriesPoint Figure { get; } = new("2022-09", 1, 1, 1, 1, 1, 1, 1, null, 1, 1, ResultState.Complete);

    private static CatalogueIndicator Indicator { get; } = new("A", "甲", "A", "万元", "Flow", "Village", null, null, "Recorded", "Growth",
        "HigherIsBetter", false, "万元", "10,000 yuan", 1, 0, "发展", "经济运行")
    {
        GrowthUnit = GrowthUnits.Percent,
        TargetMeasure = TargetMeasures.Pace,
        Fields = [],
        IsAtMonthEnd = false,
        Stages = [],
    };
}
