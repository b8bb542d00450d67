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
        GrowthWord.LossToProfit => $"from loss to profit, up {AmountEn(growth, printing)}",
        GrowthWord.ProfitToLoss => $"from profit to loss, down {AmountEn(growth, printing)}",
        GrowthWord.LossSmaller => $"a loss smaller by {AmountEn(growth, printing)}",
        GrowthWord.LossLarger => $"a loss larger by {AmountEn(growth, printing)}",
        GrowthWord.LossUnchanged => "the same loss",
        _ => "",
    };

    private static string AmountEn(Growth growth, Printing printing)
    {
        var amount = Printed(growth, printing);
        return EnglishScale.Of(printing.UnitEn, printing.Decimals, amount).Amount(amount);
    }

    private static string Amount(Growth growth, Printing printing) => Printed(growth, printing)
        .ToString("F" + printing.Decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    // The word tells the direction; the amount is by how much.
    private static decimal Printed(Growth growth, Printing printing) => Math.Abs(Rounding.Print(growth.Amount, printing));
}
