using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Tests.Report;

public sealed class The_unit_of_a_submitted_figure_in_English
{
    /// <summary>The printed unit of indicators.csv, how many submitted units make one of it, and the submitted unit.</summary>
    [Theory]
    [InlineData("100 million yuan", 10_000, "10,000 yuan")]
    [InlineData("10,000 yuan", 1, "10,000 yuan")]
    [InlineData("ten thousand person-times", 10_000, "person-times")]
    [InlineData("households", 1, "households")]
    [InlineData("tonnes", 1_000, null)]
    public void Follows_from_the_printed_unit_and_the_divisor(string printed, int divisor, string? expected) =>
        Assert.Equal(expected, EnglishScale.SubmittedUnit(printed, divisor));
}
