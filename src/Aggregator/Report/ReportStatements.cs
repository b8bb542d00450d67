using XilinIngest.Aggregator.Totals;
using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Report;

/// <summary>
/// Writes the statement of a figure: what it is, and by how much it rose or fell. Unlike the paragraph, it leaves no growth out.
/// </summary>
internal static class ReportStatements
{
    /// <summary>
    /// Whether there is something to state: a figure that is not zero, that the catalogue words, or that was not zero a year before.
    /// </summary>
    public static bool IsStated(Indicator indicator, ReportRow row, bool isZero) => row.YearToDate is not null
        && (!isZero || row.Growth is not (null or 0) || row.GrowthWords is not (null or GrowthWords.BaseZero)
            || indicator.Printing.ZeroPhraseZh.Length > 0);

    public static string Zh(Indicator indicator, ReportRow row)
    {
        if (row.YearToDate == 0 && indicator.Printing.ZeroPhraseZh is { Length: > 0 } zero)
        {
            return zero;
        }

        return ReportPhrases.WithFigureZh(indicator, row) + GrowthZh(indicator, row);
    }

    public static string En(Indicator indicator, ReportRow row, EnglishFigures english) =>
        $"{indicator.NameEn} {english.YearToDate(row)}{GrowthEn(indicator, row)}";

    private static string GrowthZh(Indicator indicator, ReportRow row) =>
        row.Growth is not { } growth ? ReportPhrases.WordsZh(row) is { } words ? "，" + words : ""
        : "，" + (indicator.Kind.GrowthUnit == GrowthUnit.Points ? GrowthText.RateChangeZh(growth, Digits(growth))
            : GrowthText.PercentZh(growth, Digits(growth)));

    private static string GrowthEn(Indicator indicator, ReportRow row)
    {
        if (row.Growth is not { } growth)
        {
            return ReportPhrases.WordsEn(row) is { } words ? $", {words}" : "";
        }

        var by = indicator.Kind.GrowthUnit == GrowthUnit.Points ? GrowthText.Points(Digits(growth)) : Digits(growth) + "%";
        return growth == 0 ? ", level with the year before" : $", {(growth > 0 ? "up" : "down")} {by}";
    }

    private static string Digits(decimal growth) => ReportPhrases.Number(Math.Abs(growth), Rounding.RateDecimals);
}
