using XilinIngest.Aggregator.Alerts;
using XilinIngest.Aggregator.Tests.Histories;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Tests.Alerts;

/// <summary>The sentence people read, in both languages, for every kind of judgement.</summary>
public sealed class An_alert_in_words
{
    private static readonly Period May = new(2022, 5);
    private static readonly Unit Village =
        UniformDistrict.Catalogue.Units[new UnitCode(TestDistrict.Village1)] with { NameZh = "马家村", NameEn = "Majia Village" };
    private static readonly Indicator Output = TestDistrict.Indicators[0] with
    {
        NameZh = "总产值",
        NameEn = "Output",
        IsProfit = true,
        Printing = TestDistrict.Indicators[0].Printing with { Divisor = 1, Decimals = 0 },
    };

    [Theory]
    [InlineData(30, -20, "扭亏为盈，增加50亿元", "from loss to profit, up 5 billion yuan")]
    [InlineData(-30, 20, "由盈转亏，减少50亿元", "from profit to loss, down 5 billion yuan")]
    [InlineData(-5, -20, "减亏15亿元", "a loss smaller by 1.5 billion yuan")]
    [InlineData(-35, -20, "增亏15亿元", "a loss larger by 1.5 billion yuan")]
    public void Of_a_growth_without_a_percentage_names_the_change_in_the_printed_unit(decimal current, decimal @base, string zh, string en)
    {
        var state = State(new Judgement(Colour.Red, null, null), (current, @base), TargetKind.Growth, 5);
        Assert.Equal(($"马家村2022年5月总产值{zh}。", $"Majia Village, 2022-05: Output, {en}."), AlertReasonText.Describe(Village, Output, state));
    }

    [Fact]
    public void Of_a_growth_without_a_percentage_names_the_scope_where_units_are_left_out()
    {
        var state = State(new Judgement(Colour.Red, null, null), (-35, -20), TargetKind.Growth, 5) with
        {
            LeftOut = new() { Closed = 0, New = 0, WithoutBase = 1, Incomplete = 0 },
        };
        Assert.Equal(
            ("马家村2022年5月总产值同口径增亏15亿元。", "Majia Village, 2022-05: Output, like for like: a loss larger by 1.5 billion yuan."),
            AlertReasonText.Describe(Village, Output, state));
    }

    [Theory]
    [InlineData(4.93, 5, "增长4.9%，目标增长5%，低于目标0.1个百分点", "grew 4.9%, 0.1 points behind the target of 5%")]
    [InlineData(4, 5, "增长4%，目标增长5%，低于目标1个百分点", "grew 4%, 1 point behind the target of 5%")]
    [InlineData(-7.5, 5, "下降7.5%，目标增长5%，低于目标12.5个百分点", "fell 7.5%, 12.5 points behind the target of 5%")]
    [InlineData(-0.04, 5, "与上年持平，目标增长5%，低于目标5个百分点", "did not change, 5 points behind the target of 5%")]
    [InlineData(0, 5, "与上年持平，目标增长5%，低于目标5个百分点", "did not change, 5 points behind the target of 5%")]
    [InlineData(4.96, 5, "增长5%，目标增长5%，低于目标不足0.1个百分点", "grew 5%, less than 0.1 points behind the target of 5%")]
    [InlineData(5, 5, "增长5%，目标增长5%，与目标持平", "grew 5%, level with the target of 5%")]
    public void Of_a_growth_never_falls_or_lags_by_nothing(double growth, int target, string zh, string en) =>
        AssertSays(Output, new Judgement(Colour.Red, (decimal)growth, (decimal)growth - target), TargetKind.Growth, target, "总产值" + zh,
            "Output " + en);

    [Theory]
    [InlineData(1.2, 2, "同比提高1.2个百分点，目标2个百分点，低于目标0.8个百分点", "rose 1.2 points, 0.8 points behind the target of 2 points")]
    [InlineData(-1, 1, "同比下降1个百分点，目标1个百分点，低于目标2个百分点", "fell 1 point, 2 points behind the target of 1 point")]
    [InlineData(-0.04, 1, "与上年持平，目标1个百分点，低于目标1个百分点", "did not change, 1 point behind the target of 1 point")]
    public void Of_a_rate_speaks_of_points(double change, int target, string zh, string en) =>
        AssertSays(Output with { Kind = RateKind.Instance, NameZh = "接种率", NameEn = "Vaccination" },
            new Judgement(Colour.Red, (decimal)change, (decimal)change - target), TargetKind.Growth, target, "接种率" + zh,
            "Vaccination " + en);

    [Theory]
    [InlineData(65.7, -34.3, "慢于时序进度34.3个百分点", "34.3 points behind pace")]
    [InlineData(99, -1, "慢于时序进度1个百分点", "1 point behind pace")]
    [InlineData(99.99, -0.01, "慢于时序进度不足0.1个百分点", "less than 0.1 points behind pace")]
    [InlineData(100, 0, "与时序进度持平", "level with pace")]
    public void Of_a_plan_names_the_pace(double completion, double gap, string zh, string en) => AssertSays(
        Output, new Judgement(Colour.Amber, (decimal)completion, (decimal)gap), TargetKind.Amount, 100,
        $"总产值完成全年目标的{Rounding.Rate((decimal)completion):0.#}%，{zh}",
        $"Output at {Rounding.Rate((decimal)completion):0.#}% of the year's target, {en}");

    [Theory]
    [InlineData("Rate", "higher", 96.4, -1.6, "为96.4%，低于目标（98%）1.6个百分点", "at 96.4%, 1.6 points below the target of 98%")]
    [InlineData("Rate", "lower", 99, -1, "为99%，高于目标（98%）1个百分点", "at 99%, 1 point above the target of 98%")]
    [InlineData("Given", "higher", 98, 0, "为98%，与目标持平", "at 98%, level with the target")]
    [InlineData("Stock", "higher", 87.5, -4.2, "为全年目标的87.5%，慢于时序进度4.2个百分点", "at 87.5% of the year's target, 4.2 points behind pace")]
    [InlineData("Flow", "lower", 65.7, -15.7, "已达全年控制数的65.7%，快于时序进度15.7个百分点",
        "at 65.7% of the year's ceiling, 15.7 points over pace")]
    [InlineData("Flow", "lower", 30, 20, "已达全年控制数的30%，慢于时序进度20个百分点", "at 30% of the year's ceiling, 20 points under pace")]
    public void Of_an_amount_speaks_as_its_kind_and_direction_ask(
        string kind, string better, double value, double gap, string zh, string en) => AssertSays(
        Output with
        {
            Kind = IndicatorKinds.Parse(kind),
            Direction = better == "lower" ? Direction.LowerIsBetter : Direction.HigherIsBetter,
            NameZh = "指标",
            NameEn = "It",
            Printing = Output.Printing with { UnitZh = "%", UnitEn = "%", Divisor = 1 },
        },
        new Judgement(Colour.Red, (decimal)value, (decimal)gap), TargetKind.Amount, 98, "指标" + zh, "It " + en);

    [Fact]
    public void Tells_a_change_that_is_nothing_in_its_unit_more_exactly()
    {
        var state = State(new Judgement(Colour.Green, null, null), (-19.8m, -20), TargetKind.Growth, 5);
        Assert.Equal(("马家村2022年5月总产值减亏0.2亿元。", "Majia Village, 2022-05: Output, a loss smaller by 20 million yuan."),
            AlertReasonText.Describe(Village, Output, state));
    }

    [Fact]
    public void Of_a_loss_that_is_gone_names_neither_loss_nor_profit()
    {
        var state = State(new Judgement(Colour.Green, null, null), (0, -20), TargetKind.Growth, 5);
        Assert.Equal("马家村2022年5月总产值由亏转平，增加20亿元。", AlertReasonText.Describe(Village, Output, state).Zh);
    }

    [Fact]
    public void Of_a_target_of_zero_says_what_there_is()
    {
        var petitions =
            Output with
            {
                NameZh = "上访",
                NameEn = "Petitions",
                Direction = Direction.LowerIsBetter,
                Printing =
                Output.Printing with { UnitZh = "人次", UnitEn = "person-times", Divisor = 1, Decimals = 0 }
            };
        var state = State(new Judgement(Colour.Red, null, null), null, TargetKind.Amount, 0, 3);
        Assert.Equal(
            ("马家村2022年5月上访年初以来3人次，全年目标为零。", "Majia Village, 2022-05: Petitions at 3 person-times so far this year; the target is none."),
            AlertReasonText.Describe(Village, petitions, state));
    }

    [Theory]
    [InlineData("NoTarget", "的目标已取消。")]
    [InlineData("NoColours", "已不再评判：该级单位未设红黄绿标准。")]
    [InlineData("NoCompleteMonth", "已无完整月份可供评判。")]
    [InlineData("NothingToCompare", "已无可比的基数，无法评判。")]
    public void That_is_cleared_because_nothing_is_judged_says_why(string why, string zh) =>
        Assert.Equal("马家村总产值" + zh, AlertReasonText.Describe(Village, Output, Enum.Parse<NotJudgedReason>(why)).Zh);

    [Theory]
    [InlineData("马家村", "5G基站数", "马家村2022年5月5G基站数", "马家村5G基站数")]
    [InlineData("样例企业001", "产值", "样例企业001 2022年5月产值", "样例企业001产值")]
    [InlineData("样例企业001", "PM2.5浓度", "样例企业001 2022年5月PM2.5浓度", "样例企业001 PM2.5浓度")]
    public void Keeps_a_name_that_begins_or_ends_with_a_figure_apart(string unit, string indicator, string subject, string without)
    {
        var (named, of) = (Village with { NameZh = unit }, Output with { NameZh = indicator });
        var state = State(new Judgement(Colour.Red, 4, -1), (104, 100), TargetKind.Growth, 5);
        Assert.StartsWith(subject + "增长4%", AlertReasonText.Describe(named, of, state).Zh, StringComparison.Ordinal);
        Assert.StartsWith(without + "已无", AlertReasonText.Describe(named, of, NotJudgedReason.NoCompleteMonth).Zh,
            StringComparison.Ordinal);
    }

    private static void AssertSays(
        Indicator indicator, Judgement judgement, TargetKind kind, decimal target, string zh, string en) => Assert.Equal(
        ($"马家村2022年5月{zh}。", $"Majia Village, 2022-05: {en}."),
        AlertReasonText.Describe(Village, indicator, State(judgement, (100 + (judgement.Value ?? 0), 100), kind, target)));

    private static AlertState State(
        Judgement judgement, (decimal Current, decimal Base)? compared, TargetKind kind, decimal target, decimal? yearToDate = null) =>
        new(May, judgement, May, new Target(Village.Code, Output.Code, 2022, kind, target), compared, yearToDate);
}
