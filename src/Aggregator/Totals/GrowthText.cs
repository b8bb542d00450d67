using System.Globalization;
using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Totals;

/// <summary>Describes a growth without a percentage in words, with the amount of the change in the printed unit.</summary>
internal static class GrowthText
{
    public static string Zh(GrowthWords words, decimal change, Indicator indicator)
    {
        var by = Amount(change, indicator.Printing) + indicator.Printing.UnitZh;
        return words switch
        {
            GrowthWords.BaseZero => "上年同期为零",
            GrowthWords.LossToProfit => $"{(indicator.IsProfit ? "扭亏为盈" : "由负转正")}，增加{by}",
            GrowthWords.ProfitToLoss => $"{(indicator.IsProfit ? "由盈转亏" : "由正转负")}，减少{by}",
            GrowthWords.LossSmaller => $"{(indicator.IsProfit ? "减亏" : "负值缩小")}{by}",
            GrowthWords.LossLarger => $"{(indicator.IsProfit ? "增亏" : "负值扩大")}{by}",
            GrowthWords.LossUnchanged => indicator.IsProfit ? "亏损持平" : "负值与上年持平",
            _ => throw new ArgumentOutOfRangeException(nameof(words)),
        };
    }

    public static string En(GrowthWords words, decimal change, Indicator indicator)
    {
        var by = AmountEn(change, indicator.Printing);
        return words switch
        {
            GrowthWords.BaseZero => "nothing a year before",
            GrowthWords.LossToProfit => $"from {(indicator.IsProfit ? "loss to profit" : "below zero to above")}, up {by}",
            GrowthWords.ProfitToLoss => $"from {(indicator.IsProfit ? "profit to loss" : "above zero to below")}, down {by}",
            GrowthWords.LossSmaller => $"{(indicator.IsProfit ? "a loss" : "a negative figure")} smaller by {by}",
            GrowthWords.LossLarger => $"{(indicator.IsProfit ? "a loss" : "a negative figure")} larger by {by}",
            GrowthWords.LossUnchanged => indicator.IsProfit ? "the same loss" : "the same negative figure",
            _ => throw new ArgumentOutOfRangeException(nameof(words)),
        };
    }

    /// <summary>A growth in a sentence, from its published figure: 增长7.6%, 下降5.6%, 与上年持平.</summary>
    /// <param name="growth">The growth in per cent.</param>
    /// <param name="number">Its digits, without a sign.</param>
    public static string PercentZh(decimal growth, string number) => growth switch
    {
        0 => "与上年持平",
        > 0 => $"增长{number}%",
        _ => $"下降{number}%",
    };

    /// <summary>The year-on-year change of a rate, from its published figure: 同比提高1.2个百分点.</summary>
    /// <param name="points">The change in percentage points.</param>
    /// <param name="number">Its digits, without a sign.</param>
    public static string RateChangeZh(decimal points, string number) => points switch
    {
        0 => "与上年持平",
        > 0 => $"同比提高{number}个百分点",
        _ => $"同比下降{number}个百分点",
    };

    /// <summary>A number of percentage points in English.</summary>
    public static string Points(string number) => number == "1" ? "1 point" : $"{number} points";

    private static string AmountEn(decimal change, Printing printing)
    {
        var (amount, less) = Printed(change, printing);
        return (less ? "less than " : "") + EnglishScale.For(printing.UnitEn, printing.Decimals, amount).Amount(amount);
    }

    private static string Amount(decimal change, Printing printing)
    {
        var (amount, less) = Printed(change, printing);
        return (less ? "不足" : "")
            + amount.ToString("F" + printing.Decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    // The word names the direction, and the amount the change. A change that is too small to be printed is described as less than the last
    // printed digit.
    private static (decimal Amount, bool Less) Printed(decimal change, Printing printing) =>
        Math.Abs(Rounding.Print(change, printing)) is not 0 and var amount
            ? (amount, false) : (new decimal(1, 0, 0, false, (byte)printing.Decimals), true);
}
