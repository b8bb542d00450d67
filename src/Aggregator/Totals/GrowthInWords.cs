using System.Globalization;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Totals;

/// <summary>A growth that no percentage can say, in words: with the amount of the change, in the printed unit at its precision.</summary>
internal static class GrowthInWords
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
        GrowthWord.LossToProfit => $"from loss to profit, up {Amount(growth, printing)} {printing.UnitEn}",
        GrowthWord.ProfitToLoss => $"from profit to loss, down {Amount(growth, printing)} {printing.UnitEn}",
        GrowthWord.LossSmaller => $"a loss smaller by {Amount(growth, printing)} {printing.UnitEn}",
        GrowthWord.LossLarger => $"a loss larger by {Amount(growth, printing)} {printing.UnitEn}",
        GrowthWord.LossUnchanged => "the same loss",
        _ => "",
    };

    // The word tells the direction; the amount is by how much.
    private static string Amount(Growth growth, Printing printing) => Math.Abs(Rounding.Print(growth.Amount, printing))
        .ToString("F" + printing.Decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
