using XilinIngest.Aggregator.Publishing;
using XilinIngest.Aggregator.Report;
using XilinIngest.Aggregator.Tests.Histories;
using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Tests.Totals;

/// <summary>
/// A village's January, its two firms together: a loss of 20 a year before, or a profit of 20, printed in whole units.
/// </summary>
public sealed class Growth_from_a_loss
{
    public static TheoryData<decimal, decimal, GrowthWords, decimal, string, string> Stories => new()
    {
        { -20, 30, GrowthWords.LossToProfit, 50, "扭亏为盈，增加50亿元", "from loss to profit, up 5 billion yuan" },
        { -20, 0, GrowthWords.LossSmaller, 20, "由亏转平，增加20亿元", "from loss to break-even, up 2 billion yuan" },
        { -20, -5, GrowthWords.LossSmaller, 15, "减亏15亿元", "a loss smaller by 1.5 billion yuan" },
        { -20, -35.5m, GrowthWords.LossLarger, -15.5m, "增亏16亿元", "a loss larger by 1.6 billion yuan" },
        { -20, -19.8m, GrowthWords.LossSmaller, 0.2m, "减亏不足1亿元", "a loss smaller by less than 100 million yuan" },
        { -20, -20.4m, GrowthWords.LossLarger, -0.4m, "增亏不足1亿元", "a loss larger by less than 100 million yuan" },

        // A figure that whole units leave nothing of is told in smaller ones, and its change with it.
        { -0.1m, 0.1m, GrowthWords.LossToProfit, 0.2m, "扭亏为盈，增加0.2亿元", "from loss to profit, up 20 million yuan" },
        { -0.2m, 0, GrowthWords.LossSmaller, 0.2m, "由亏转平，增加0.2亿元", "from loss to break-even, up 20 million yuan" },
        { -20, -20, GrowthWords.LossUnchanged, 0, "亏损持平", "the same loss" },
        { 20, -5, GrowthWords.ProfitToLoss, -25, "由盈转亏，减少25亿元", "from profit to loss, down 2.5 billion yuan" },
        { 0, 30, GrowthWords.BaseZero, 30, "上年同期为零", "nothing a year before" },
    };

    [Theory]
    [MemberData(nameof(Stories))]
    public void Is_a_word_with_the_change_exact_as_published_and_printed_as_reported(
        decimal before, decimal now, GrowthWords word, decimal amount, string zh, string en)
    {
        var teller = Told(before, now);
        var total = Published(teller);
        Assert.Equal<(decimal?, GrowthWords?, decimal?)>((null, word, amount), (total.Growth, total.GrowthWords, total.GrowthAmount));

        var village = teller.Cube.Catalogue.Units[new UnitCode(TestDistrict.Village1)];
        var row = ReportBuilder.Build(teller.Published, village, 2022, 1)!.Rows[0];
        Assert.Equal<(GrowthWords?, decimal?, string?, string?)>((word, Rounding.HalfAwayFromZero(amount, row.Decimals), zh, en),
            (row.GrowthWords, row.GrowthAmount, row.GrowthZh, row.GrowthEn));
        Assert.EndsWith("亿元，" + zh, row.PhraseZh, StringComparison.Ordinal);
        Assert.EndsWith($"({en})", row.PhraseEn, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-20, 30, "由负转正，增加50亿元", "from below zero to above, up 5 billion yuan")]
    [InlineData(20, -5, "由正转负，减少25亿元", "from above zero to below, down 2.5 billion yuan")]
    [InlineData(-20, 0, "由负转零，增加20亿元", "from below zero to zero, up 2 billion yuan")]
    [InlineData(-20, -35, "负值扩大15亿元", "a negative figure larger by 1.5 billion yuan")]
    [InlineData(-20, -20, "负值与上年持平", "the same negative figure")]
    public void Is_no_loss_of_an_indicator_that_has_no_profit(int before, int now, string zh, string en)
    {
        var teller = Told(before, now, isProfit: false);
        var row = ReportBuilder.Build(teller.Published, teller.Cube.Catalogue.Units[new UnitCode(TestDistrict.Village1)], 2022, 1)!.Rows[0];
        Assert.Equal((zh, en), (row.GrowthZh, row.GrowthEn));
    }

    [Fact]
    public void Is_said_to_be_like_for_like_beside_a_figure_that_has_more_units_than_were_compared()
    {
        var teller = Told(-20, 30);
        teller.Step(UniformDistrict.Revision(TestDistrict.FirmCode(1), TestDistrict.Output, new Period(2021, 1), null));
        var row = ReportBuilder.Build(teller.Published, teller.Cube.Catalogue.Units[new UnitCode(TestDistrict.Village1)], 2022, 1)!.Rows[0];
        Assert.Equal((30m, 20m, 1), (row.YearToDate, row.Comparison!.Current, row.Comparison.LeftOut!.WithoutBase));
        Assert.EndsWith("30亿元，同口径扭亏为盈，增加50亿元", row.StatementZh, StringComparison.Ordinal);
        Assert.EndsWith("3 billion yuan, like for like: from loss to profit, up 5 billion yuan", row.StatementEn, StringComparison.Ordinal);
        Assert.EndsWith("30亿元，同口径扭亏为盈，增加50亿元", row.PhraseZh, StringComparison.Ordinal);
    }

    [Fact]
    public void Has_no_amount_beside_a_percentage()
    {
        var total = Published(Told(20, 30));
        Assert.Equal((50.0m, null, null), (total.Growth, total.GrowthWords, total.GrowthAmount));
    }

    private static IndicatorTotal Published(
        AggregatorFixture teller) => teller.Newest.Single(version =>
        version.Id == new ResultId(ResultKinds.Total, TestDistrict.Village1, TestDistrict.Output, 202201)).Contract<IndicatorTotal>();

    private static AggregatorFixture Told(decimal before, decimal now, bool isProfit = true)
    {
        var uniform = UniformDistrict.Catalogue;
        var teller = new AggregatorFixture(new Catalogue(
            [.. uniform.Indicators.Select(indicator => indicator with
            {
                IsProfit = isProfit,
                Printing = indicator.Printing with { Divisor = 1, Decimals = 0 },
            })],
            uniform.Units, uniform.Targets, uniform.Calendar, [], []));
        teller.Step(UniformDistrict.Year(2021, months: 1).Concat(UniformDistrict.Year(2022, months: 1)));
        teller.Step(Half(2021, before), Half(2022, now));
        return teller;
    }

    // The other firm has ten.
    private static AcceptedSubmission Half(int year, decimal both) =>
        UniformDistrict.Revision(TestDistrict.FirmCode(0), TestDistrict.Output, new Period(year, 1), both - 10);
}
