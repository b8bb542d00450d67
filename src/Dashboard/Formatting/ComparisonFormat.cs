using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Dashboard.Formatting;

/// <summary>Formats the base of a growth as text. Every growth on the pages has this text beside it.</summary>
internal static class ComparisonFormat
{
    /// <summary>The percentage, or the words that replace it.</summary>
    /// <param name="growth">The published growth; null: there is none.</param>
    /// <param name="comparison">The exact amounts that the growth was computed from; null: there is no comparison.</param>
    /// <param name="amounts">The format of the indicator's amounts, in the unit of the comparison.</param>
    /// <param name="text">Formats an amount of the comparison.</param>
    /// <param name="lang">The reader's language.</param>
    public static string Growth(
        decimal? growth, GrowthComparison? comparison, AmountFormat amounts, Func<decimal?, string> text, Lang lang) =>
        (growth is null ? Words(comparison, amounts, text, lang) : null) ?? amounts.Growth(growth, lang);

    /// <summary>The same for a file: a number, or the words; null: there is no growth.</summary>
    public static object? GrowthCell(decimal? growth, GrowthComparison? comparison, AmountFormat amounts, Lang lang) =>
        growth is { } number ? number : Words(comparison, amounts, amount => amounts.WithUnit(amount, lang), lang);

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

    private static string? Words(GrowthComparison? comparison, AmountFormat amounts, Func<decimal?, string> text, Lang lang)
    {
        if (comparison is not { Words: not null }
            || GrowthWording.Of(comparison.Current, comparison.Base, amounts.Indicator.IsProfit) is not { } words)
        {
            return null;
        }

        var by = text(Math.Abs(comparison.Current - comparison.Base));
        return lang.T(words.TellZh(by), words.TellEn(by));
    }
}
