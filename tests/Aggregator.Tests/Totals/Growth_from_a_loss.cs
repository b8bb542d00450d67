using XilinIngest.Aggregator.Publishing;
using XilinIngest.Aggregator.Report;
using XilinIngest.Aggregator.Tests.Histories;
using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Tests.Totals;

/// <summary>
/// A village's January, its two firms together: a loss of 20 a year before, or a profit of 20. Ten of the canonical unit are one of the
/// printed.
/// </summary>
public sealed class Growth_from_a_loss
{
    public static TheoryData<decimal, decimal, GrowthWords, decimal, string, string> Stories => new()
    {
        { -20, 30, GrowthWords.LossToProfit, 50, "扭亏为盈，增加5.0亿元", "from loss to profit, up 500 million yuan" },
        { -20, 0, GrowthWords.LossSmaller, 20, "减亏2.0亿元", "a loss smaller by 200 million yuan" },
        { -20, -5, GrowthWords.LossSmaller, 15, "减亏1.5亿元", "a loss smaller by 150 million yuan" },
        { -20, -35.5m, GrowthWords.LossLarger, -15.5m, "增亏1.6亿元", "a loss larger by 160 million yuan" },
        { -20, -19.8m, GrowthWords.LossSmaller, 0.2m, "减亏不足0.1亿元", "a loss smaller by less than 10 million yuan" },
        { -20, -20.4m, GrowthWords.LossLarger, -0.4m, "增亏不足0.1亿元", "a loss larger by less than 10 million yuan" },
        { -0.1m, 0.1m, GrowthWords.LossToProfit, 0.2m, "扭亏为盈，增加不足0.1亿元", "from loss to profit, up less than 10 million yuan" },
        { -20, -20, GrowthWords.LossUnchanged, 0, "亏损持平", "the same loss" },
        { 20, -5, GrowthWords.ProfitToLoss, -25, "由盈转亏，减少2.5亿元", "from profit to loss, down 250 million yuan" },
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
        Assert.Equal<(GrowthWords?, decimal?, string?, string?)>((word, Rounding.Rate(amount / 10), zh, en),
            (row.GrowthWords, row.GrowthAmount, row.GrowthZh, row.GrowthEn));
        Assert.EndsWith("亿元，" + zh, row.PhraseZh, StringComparison.Ordinal);
        Assert.EndsWith($"({en})", row.PhraseEn, StringComparison.Ordinal);
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

    private static AggregatorFixture Told(decimal before, decimal now)
    {
        var teller = new AggregatorFixture(UniformDistrict.Catalogue);
        teller.Step(UniformDistrict.Year(2021, months: 1).Concat(UniformDistrict.Year(2022, months: 1)));
        teller.Step(Half(2021, before), Half(2022, now));
        return teller;
    }

    // The other firm has ten.
    private static AcceptedSubmission Half(int year, decimal both) =>
        UniformDistrict.Revision(TestDistrict.FirmCode(0), TestDistrict.Output, new Period(year, 1), both - 10);
}
