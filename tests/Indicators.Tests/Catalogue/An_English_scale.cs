namespace XilinIngest.Indicators.Tests.Catalogue;

/// <summary>Printed in 亿元 (100 million yuan), submitted in 万元.</summary>
public sealed class An_English_scale
{
    private const string Unit = "100 million yuan";

    private static Printing In(string unit, decimal divisor, int decimals) => new("亿元", unit, divisor, decimals, true, "", "", "");

    [Theory]
    [InlineData("121.9", 1, "12.19 billion yuan")]
    [InlineData("10", 1, "1.00 billion yuan")]
    [InlineData("9.99", 2, "999 million yuan")]
    [InlineData("0.1", 1, "10 million yuan")]
    [InlineData("0.01", 2, "1 million yuan")]
    [InlineData("-121.9", 1, "-12.19 billion yuan")]
    [InlineData("0", 1, "0 yuan")]
    public void Is_that_of_the_printed_figure(string printed, int decimals, string text)
    {
        var figure = decimal.Parse(printed, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(text, EnglishScale.For(Unit, decimals, figure).Amount(figure));
    }

    [Fact]
    public void Is_common_to_a_row_by_the_first_figure_that_is_not_zero()
    {
        var scale = EnglishScale.For(Unit, 1, null, 0, 12, 9_999);
        Assert.Equal(("billion yuan", 2, 0.1m), (scale.Unit, scale.Decimals, scale.Factor));
        Assert.Equal("0.30", scale.Number(3));
        Assert.Equal("1,234.50", scale.Format(1_234.5m));
        Assert.Equal(("million yuan", 0), (EnglishScale.For(Unit, 0, 3).Unit, EnglishScale.For(Unit, 0, 3).Decimals));
        Assert.Equal("120,000 yuan", EnglishScale.For("10,000 yuan", 0, 12).Amount(12));
    }

    [Fact]
    public void Rounds_an_exact_figure_once()
    {
        Assert.Equal("14 million yuan", EnglishScale.Tell(1_400, In(Unit, 10_000, 1)));
        Assert.Equal("14.45 billion yuan", EnglishScale.Tell(1_444_500, In(Unit, 10_000, 1)));
        Assert.Equal("0 yuan", EnglishScale.Tell(0, In(Unit, 10_000, 1)));
        Assert.Equal("145 million yuan", EnglishScale.For(Unit, 1, 1.4m).AmountOf(14_450, In(Unit, 10_000, 1)));
    }

    [Fact]
    public void Leaves_whole_figures_whole()
    {
        Assert.Equal("22 million yuan", EnglishScale.For("10,000 yuan", 0, 2_200).Amount(2_200));
        Assert.Equal("22.01 million yuan", EnglishScale.For("10,000 yuan", 0, 2_200).Amount(2_201));
        Assert.Equal("22.00 million yuan", EnglishScale.For("10,000 yuan", 1, 2_200).Amount(2_200)[..5] + " million yuan");
    }

    [Fact]
    public void Counts_what_has_no_number_in_its_unit_as_it_is_printed()
    {
        var scale = EnglishScale.For("firms", 0, 1);
        Assert.Equal((1m, 0, "firms"), (scale.Factor, scale.Decimals, scale.Unit));
        Assert.Equal("1 firm", scale.Amount(1));
        Assert.Equal("0 firms", scale.Amount(0));
        Assert.Equal("2.0 firms", EnglishScale.For("firms", 1, 2).Amount(2));
        Assert.Equal("96.1%", EnglishScale.For("%", 1, 96.1m).Amount(96.1m));
    }

    [Theory]
    [InlineData("100 million yuan", 10_000, "10,000 yuan")]
    [InlineData("100 million yuan", 100_000_000, "yuan")]
    [InlineData("ten thousand person-times", 10_000, "person-times")]
    [InlineData("10,000 yuan", 1, "10,000 yuan")]
    [InlineData("firms", 1, "firms")]
    [InlineData("firms", 10, null)]
    public void Names_the_unit_in_which_offices_submit(string printed, int divisor, string? submitted) =>
        Assert.Equal(submitted, EnglishScale.SubmittedUnit(printed, divisor));
}
