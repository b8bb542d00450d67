using XilinIngest.Aggregator.Totals;
using XilinIngest.Contracts;

namespace XilinIngest.Aggregator.Tests.Report;

public sealed class A_printed_figure_in_English
{
    /// <summary>The figures of the printed report of 2022, with the decimals and units they are printed in.</summary>
    [Theory]
    [InlineData("1.8", 1, "100 million yuan", "180 million yuan")]
    [InlineData("34.3", 1, "100 million yuan", "3.43 billion yuan")]
    [InlineData("1.77", 2, "100 million yuan", "177 million yuan")]
    [InlineData("15.8", 1, "100 million yuan", "1.58 billion yuan")]
    [InlineData("121.9", 1, "100 million yuan", "12.19 billion yuan")]
    [InlineData("14.1", 1, "100 million yuan", "1.41 billion yuan")]
    [InlineData("2.15", 2, "100 million yuan", "215 million yuan")]
    [InlineData("0.6", 1, "100 million yuan", "60 million yuan")]
    [InlineData("3", 0, "100 million yuan", "300 million yuan")]
    [InlineData("2200", 0, "10,000 yuan", "22 million yuan")]
    [InlineData("25", 0, "ten thousand person-times and more", "250,000 person-times and more")]
    [InlineData("18000", 0, "square metres", "18,000 square metres")]
    [InlineData("100", 0, "%", "100%")]
    public void Counts_in_millions_and_billions(string printed, int decimals, string unit, string expected) =>
        Assert.Equal(expected, Amount(printed, decimals, unit));

    [Theory]
    [InlineData("10.0", 1, "1.00 billion yuan")] // the zero was printed, so it is known
    [InlineData("9.9", 1, "990 million yuan")]
    [InlineData("9.99", 2, "999 million yuan")]
    [InlineData("0.123456", 6, "12.3456 million yuan")]
    [InlineData("12345.678901", 6, "1,234.5678901 billion yuan")]
    [InlineData("-34.3", 1, "-3.43 billion yuan")]
    [InlineData("0.0", 1, "0 yuan")]
    public void Has_the_digits_it_was_printed_with(string printed, int decimals, string expected) =>
        Assert.Equal(expected, Amount(printed, decimals, "100 million yuan"));

    [Theory]
    [InlineData("10.2", "9.8", "1.02", "0.98", "billion yuan")]
    [InlineData("9.8", "10.2", "980", "1,020", "million yuan")]
    [InlineData("0.0", "10.2", "0.00", "1.02", "billion yuan")]
    public void Shares_its_scale_with_the_base_beside_it(string value, string @base, string first, string second, string unit)
    {
        var row = Row(value, 1, "100 million yuan") with { Base = Decimal(@base) };
        var scale = ReportScale.For(row);
        Assert.Equal((first, second, unit), (scale.Number(row.YearToDate!.Value), scale.Number(row.Base.Value), scale.Unit));
    }

    private static string Amount(string printed, int decimals, string unit) =>
        ReportScale.For(Row(printed, decimals, unit)).Amount(Decimal(printed));

    private static decimal Decimal(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static ReportRow Row(string printed, int decimals, string unit) => new()
    {
        Indicator = "",
        NameZh = "",
        NameEn = "",
        UnitZh = "",
        UnitEn = unit,
        Decimals = decimals,
        Kind = "",
        GrowthUnit = "",
        TargetMeasure = "",
        YearToDate = Decimal(printed),
        Reported = 1,
        Expected = 1,
        State = ResultState.Complete,
        Chapter = "",
        Section = "",
        PhraseZh = "",
        PhraseEn = "",
    };
}
