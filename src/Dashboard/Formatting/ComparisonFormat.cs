using XilinIngest.Contracts;

namespace XilinIngest.Dashboard.Formatting;

/// <summary>Formats the base of a growth as text. Every growth on the pages has this text beside it.</summary>
internal static class ComparisonFormat
{
    /// <summary>The percentage, or the words that replace it.</summary>
    /// <param name="growth">The published growth; null: there is none.</param>
    /// <param name="comparison">The amounts that the growth was computed from; null: there is no comparison.</param>
    /// <param name="amounts">The format of the indicator's amounts, in the unit of the comparison.</param>
    /// <param name="text">Formats an amount of the comparison.</param>
    /// <param name="lang">The reader's language.</param>
    public static string Growth(
        decimal? growth, GrowthComparison? comparison, AmountFormat amounts, Func<decimal?, string> text, Lang lang) =>
        growth is null && comparison?.Words is { } words
            ? Words(words, comparison.Amount, amounts.Indicator.IsProfit, text, lang) : amounts.Growth(growth, lang);

    public static string Basis(ComparisonBasis basis, Lang lang) =>
        basis == ComparisonBasis.Comparable ? lang.T("可比口径", "comparable") : lang.T("上年原报数口径", "recorded");

    /// <summary>The number of units left out, such as 3（新增 2、无基数 1）; empty: there are no such units.</summary>
    public static string LeftOut(UnitsLeftOut? leftOut, Lang lang)
    {
        if (leftOut is null)
        {
            return "";
        }

        var parts = new[] { (lang.T("关停", "closed"), leftOut.Closed), (lang.T("新增", "new"), leftOut.New),
            (lang.T("无基数", "without a base"), leftOut.WithoutBase), (lang.T("未报齐", "incomplete"), leftOut.Incomplete) }
            .Where(part => part.Item2 > 0).Select(part => $"{part.Item1} {part.Item2}");
        return $"{leftOut.Closed + leftOut.New + leftOut.WithoutBase + leftOut.Incomplete}" + lang.T("（", " (")
            + string.Join(lang.T("、", ", "), parts) + lang.T("）", ")");
    }

    /// <summary>The word alone, where a table has no room for the amount.</summary>
    public static string Word(GrowthWords words, bool isProfit, Lang lang) => (words, isProfit) switch
    {
        (GrowthWords.BaseZero, _) => lang.T("上年同期为零", "nothing a year before"),
        (GrowthWords.LossToProfit, true) => lang.T("扭亏为盈", "from loss to profit"),
        (GrowthWords.LossToProfit, _) => lang.T("由负转正", "from below zero to above"),
        (GrowthWords.ProfitToLoss, true) => lang.T("由盈转亏", "from profit to loss"),
        (GrowthWords.ProfitToLoss, _) => lang.T("由正转负", "from above zero to below"),
        (GrowthWords.LossSmaller, true) => lang.T("减亏", "a smaller loss"),
        (GrowthWords.LossSmaller, _) => lang.T("负值缩小", "a smaller negative figure"),
        (GrowthWords.LossLarger, true) => lang.T("增亏", "a larger loss"),
        (GrowthWords.LossLarger, _) => lang.T("负值扩大", "a larger negative figure"),
        (_, true) => lang.T("亏损持平", "the same loss"),
        _ => lang.T("负值与上年持平", "the same negative figure"),
    };

    private static string Words(GrowthWords words, decimal? amount, bool isProfit, Func<decimal?, string> text, Lang lang)
    {
        var (word, by) = (Word(words, isProfit, lang), amount is { } change ? text(Math.Abs(change)) : "");
        return words switch
        {
            GrowthWords.BaseZero or GrowthWords.LossUnchanged => word,
            GrowthWords.LossToProfit => word + lang.T($"，增加{by}", $", up {by}"),
            GrowthWords.ProfitToLoss => word + lang.T($"，减少{by}", $", down {by}"),
            _ => lang.T(word + by, $"{(isProfit ? "a loss" : "a negative figure")} "
                + $"{(words == GrowthWords.LossSmaller ? "smaller" : "larger")} by {by}"),
        };
    }
}
