using static XilinIngest.Indicators.Tests.SampleIndicators;

namespace XilinIngest.Indicators.Tests.Growths;

/// <summary>Of an indicator that is printed with 余: tests in ten thousands of person-times, packs in hundreds.</summary>
public sealed class A_figure_that_is_told
{
    private static readonly Printing Tests =
        new("万人次", "ten thousand person-times", 10_000, 0, false, "", "", "") { RoundDownTo = 1 };
    private static readonly Printing Packs = new("份", "packs", 1, 0, false, "", "", "") { RoundDownTo = 100 };

    [Theory]
    [InlineData(253_486, "25万余人次")]
    [InlineData(56_556, "5万余人次")]
    [InlineData(259_999, "25万余人次")]
    [InlineData(250_000, "25万人次")]
    [InlineData(4_500, "0.45万人次")]
    [InlineData(0, "0万人次")]
    [InlineData(-56_556, "-5万余人次")]
    public void Is_cut_down_and_never_rounded_up(int amount, string told) => Assert.Equal(told, Tell(amount, Tests));

    [Theory]
    [InlineData(7_036, "7000余份")]
    [InlineData(7_000, "7000份")]
    [InlineData(63, "63份")]
    public void Says_and_more_only_where_something_is_cut_off(int amount, string told) => Assert.Equal(told, Tell(amount, Packs));

    [Theory]
    [InlineData(56_556, "56556人次")]
    [InlineData(1_063, "1063人次")]
    public void Is_exact_below_the_street(int amount, string told) =>
        Assert.Equal(told, Tell(amount, (NewIndicator() with { CanonicalUnit = "人次", Printing = Tests }).PrintingAt(UnitLevel.Village)));

    [Theory]
    [InlineData(UnitLevel.Street, 1_230, "0.1亿元")]
    [InlineData(UnitLevel.Village, 1_230, "1230万元")]
    [InlineData(UnitLevel.Enterprise, 0.5, "1万元")]
    public void Has_the_unit_of_its_level(UnitLevel level, double amount, string told) =>
        Assert.Equal(told, Tell((decimal)amount, NewIndicator().PrintingAt(level)));

    [Theory]
    [InlineData(472, "472万元")]
    [InlineData(-499.4, "-499万元")]
    [InlineData(0.3, "0.3万元")]
    [InlineData(500, "0.1亿元")]
    [InlineData(0, "0.0亿元")]
    public void Is_not_zero_unless_nothing_was_reported(double amount, string told) =>
        Assert.Equal(told, Tell((decimal)amount, NewIndicator().PrintingAt(UnitLevel.Street, (decimal)amount)));

    [Fact]
    public void Is_printed_below_the_street_as_above_it_where_no_unit_is_to_be_converted()
    {
        var printing = new Printing("份", "packs", 1, 1, false, "", "", "") { RoundDownTo = 100 };
        var packs = NewIndicator() with { CanonicalUnit = "件", Printing = printing };
        Assert.Equal(printing with { RoundDownTo = null }, packs.PrintingAt(UnitLevel.Village));
        Assert.Same(printing, packs.PrintingAt(UnitLevel.Street));
        var plain = packs with { Printing = Packs with { RoundDownTo = null } };
        Assert.Same(plain.Printing, plain.PrintingAt(UnitLevel.Village));
    }

    [Fact]
    public void Of_a_rate_is_printed_alike_at_every_level()
    {
        var rate = NewIndicator(RateKind.Instance) with { Printing = new("‰", "per mille", 10, 1, false, "", "", "") };
        Assert.Same(rate.Printing, rate.PrintingAt(UnitLevel.Enterprise));
        Assert.Same(rate.Printing, rate.PrintingAt(UnitLevel.Enterprise, 0.01m));
    }

    [Fact]
    public void Says_and_more_also_where_it_has_no_unit() => Assert.Equal("余", ReportedFigure.UnitZh("", isCutDown: true));

    private static string Tell(decimal amount, Printing printing)
    {
        var figure = Rounding.Report(amount, printing);
        return figure.Value.ToString("F" + figure.Decimals, System.Globalization.CultureInfo.InvariantCulture)
            + ReportedFigure.UnitZh(printing.UnitZh, figure.IsCutDown);
    }
}
