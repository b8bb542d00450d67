using System.Globalization;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Totals;

/// <summary>A growth that no percentage can say, in words: with the amount of the change, in the printed unit at its precision.</summary>
internal static class GrowthText
{
    public static string Zh(Growth growth, Printing printing) => growth.Word switch
    {
        GrowthWord.BaseZero => "上年同期为零",
        GrowthWord.LossToProfit => $"扭亏为盈,增加{Amount(growth, printing)}{printing.UnitZh}",
        GrowthWord.ProfitToLoss => $"由盈转亏,减少{Amount(growth, printing)}{printing.UnitZh}",
        GrowthWord.LossSmaller => $"减亏{Amount(growth, printing)}{printing.UnitZh}",
        GrowthWord.LossLarger => $"增亏{Amount(growth, printing)}{printing.UnitZh}",
        GrowthWord.LossUnchanged => "亏损持平",
        _ => "",
    };

    public static string En(Growth growth, Printing printing) => growth.Word switch
    {
        GrowthWord.BaseZero => "nothing a year before",
        GrowthWord.LossToProfit => $"from loss to profit, up {AmountEn(growth, printing)}",
        GrowthWord.ProfitToLoss => $"from profit to loss, down {AmountEn(growth, printing)}",
        GrowthWord.LossSmaller => $"a loss smaller by {AmountEn(growth, printing)}",
        GrowthWord.LossLarger => $"a loss larger by {AmountEn(growth, printing)}",
        GrowthWord.LossUnchanged => "the same loss",
        _ => "",
    };

    /// <summary>The year-on-year change of a rate, from its published figure: 上升1.2个百分点.</summary>
    public static string RateChangeZh(decimal points, string number) => points switch
    {
        0 => "同比持平",
        > 0 => $"同比上升{number}个百分点",
        _ => $"同比下降{number}个百分点",
    };

    /// <summary>A number of percentage points in English.</summary>
    public static string Points(string number) => number == "1" ? "1 point" : $"{number} points";

    private static string AmountEn(Growth growth, Printing printing)
    {
        var (amount, less) = Printed(growth, printing);
        return (less ? "less than " : "") + EnglishScale.For(printing.UnitEn, printing.Decimals, amount).Amount(amount);
    }

    private static string Amount(Growth growth, Printing printing)
    {
        var (amount, less) = Printed(growth, printing);
        return (less ? "不足" : "") + amount.ToString("F" + printing.Decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    // The word tells the direction; the amount is by how much. One too small to be printed is no change of nothing: it is less than the last digit can show.
    private static (decimal Amount, bool Less) Printed(Growth growth, Printing printing) =>
        Math.Abs(Rounding.Print(growth.Amount, printing)) is not 0 and var amount ? (amount, false) : (new decimal(1, 0, 0, false, (byte)printing.Decimals), true);
}
