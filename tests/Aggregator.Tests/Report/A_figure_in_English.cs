using XilinIngest.Aggregator.Report;
using XilinIngest.Aggregator.Tests.Histories;
using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Tests.Report;

/// <summary>A figure of a street that is printed in 亿元 with one decimal: Chinese and English round the exact figure, each once.</summary>
public sealed class A_figure_in_English
{
    [Theory]
    [InlineData(0.14, "0.1亿元", "14 million yuan")]
    [InlineData(-0.14, "-0.1亿元", "-14 million yuan")]
    [InlineData(9.94, "9.9亿元", "994 million yuan")]
    [InlineData(121.945, "121.9亿元", "12.19 billion yuan")]
    public void Is_rounded_once_in_its_own_unit(double amount, string zh, string en)
    {
        var row = RowOf((decimal)amount);
        Assert.Equal((zh, en), (row.AmountZh, row.AmountEn));
        Assert.Contains(en, row.PhraseEn, StringComparison.Ordinal);
        Assert.Contains(en, row.StatementEn, StringComparison.Ordinal);
    }

    [Fact]
    public void Has_its_base_in_the_same_scale()
    {
        var row = RowOf(0.14m, before: 0.12m);
        Assert.Equal(("0.1亿元", "12"), ($"{row.Base}{row.UnitZh}", row.BaseEn));
        Assert.Equal("recorded basis, against 12 million yuan", row.ComparisonEn);
        Assert.Equal("上年原报数口径，与0.1亿元比", row.ComparisonZh);
    }

    private static ReportRow RowOf(decimal now, decimal before = 1)
    {
        var uniform = UniformDistrict.Catalogue;
        var printed = uniform.Indicators[0].Printing with { UnitZh = "亿元", UnitEn = "100 million yuan", Divisor = 1, Decimals = 1 };
        var teller = new AggregatorFixture(new Catalogue(
            [.. uniform.Indicators.Select((indicator, i) => i == 0 ? indicator with { Printing = printed } : indicator)],
            uniform.Units, uniform.Targets, uniform.Calendar, [], []));
        teller.Step(UniformDistrict.Year(2021, months: 1).Concat(UniformDistrict.Year(2022, months: 1)));

        // The other firm has ten.
        teller.Step(Half(2021, before), Half(2022, now));
        var village = teller.Cube.Catalogue.Units[new UnitCode(TestDistrict.Village1)];
        return ReportBuilder.Build(teller.Published, village, 2022, 1)!.Rows[0];
    }

    private static AcceptedSubmission Half(int year, decimal both) =>
        UniformDistrict.Revision(TestDistrict.FirmCode(0), TestDistrict.Output, new Period(year, 1), both - 10);
}
