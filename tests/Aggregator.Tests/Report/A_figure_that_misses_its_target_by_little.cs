using XilinIngest.Aggregator.Report;
using XilinIngest.Aggregator.Tests.Histories;
using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Tests.Report;

/// <summary>A village's year, 240 in all, printed in whole units.</summary>
public sealed class A_figure_that_misses_its_target_by_little
{
    [Theory]
    [InlineData(240.4, "240.0亿元", 240.4)]
    [InlineData(240.04, "240.00亿元", 240.04)]
    [InlineData(241, "240亿元", 241)]
    [InlineData(239.6, "240亿元", 240)]
    public void Has_the_digits_that_tell_it_from_the_target(double target, string figure, double printed)
    {
        var row = RowOf((decimal)target);
        Assert.Equal(target > 240 ? TargetColour.Amber : TargetColour.Green, row.Colour);
        Assert.Equal((figure, (decimal)printed), (row.AmountZh, row.Target));
    }

    private static ReportRow RowOf(decimal target)
    {
        var (village, output) = (new UnitCode(TestDistrict.Village1), new IndicatorCode(TestDistrict.Output));
        var uniform = TestDistrict.Fixed([new Target(village, output, 2022, TargetKind.Amount, target)]);
        var teller = new AggregatorFixture(new Catalogue(
            [.. uniform.Indicators.Select(indicator => indicator with
            {
                Printing = indicator.Printing with { Divisor = 1, Decimals = 0 },
            })],
            uniform.Units, uniform.Targets, uniform.Calendar, [new ColourRule(UnitLevel.Village, ColourScheme.Pace, 0, 30, 0, false)], []));
        teller.Step(UniformDistrict.Year(2022));
        return ReportBuilder.Build(teller.Published, teller.Cube.Catalogue.Units[village], 2022, 12)!.Rows[0];
    }
}
