using XilinIngest.Aggregator.Alerts;
using XilinIngest.Aggregator.Tests.Histories;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Tests.Alerts;

/// <summary>The sentence people read, in both languages, for every kind of judgement.</summary>
public sealed class An_alert_in_words
{
    private static readonly Period May = new(2022, 5);
    private static readonly Unit Village = Known.Catalogue.Units[new UnitCode(World.Village1)] with { NameZh = "马家村", NameEn = "Majia Village" };
    private static readonly Indicator Output = World.Indicators[0] with { NameZh = "总产值", NameEn = "Output" };

    [Theory]
    [InlineData(30, -20, "扭亏为盈,增加5.0亿元", "from loss to profit, up 500 million yuan")]
    [InlineData(-30, 20, "由盈转亏,减少5.0亿元", "from profit to loss, down 500 million yuan")]
    [InlineData(-5, -20, "减亏1.5亿元", "a loss smaller by 150 million yuan")]
    [InlineData(-35, -20, "增亏1.5亿元", "a loss larger by 150 million yuan")]
    public void Of_a_growth_without_a_percentage_names_the_change_in_the_printed_unit(decimal current, decimal @base, string zh, string en)
    {
        var state = State(new Judgement(Colour.Red, null, null), Growth.Of(current, @base), TargetKind.Growth, 5);
        Assert.Equal(($"马家村2022-05总产值{zh}。", $"Majia Village, 2022-05: Output, {en}."), AlertResults.Reason(Village, Output, state));
    }

    private static AlertState State(Judgement judgement, Growth growth, TargetKind kind, decimal target) =>
        new(May, judgement, May, new Target(Village.Code, Output.Code, 2022, kind, target), growth);
}
