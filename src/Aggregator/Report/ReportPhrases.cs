using System.Globalization;
using XilinIngest.Aggregator.Totals;
using XilinIngest.Contracts;
using XilinIngest.Contracts.Responses;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Report;

/// <summary>The texts of a row: amount, comparison and its phrase in the paragraph, in both languages.</summary>
internal static class ReportPhrases
{
    /// <param name="indicator">The indicator.</param>
    /// <param name="row">Its figures.</param>
    /// <param name="among">The kind of the parent, among whose children the unit is ranked.</param>
    public static ReportRow Write(Indicator indicator, ReportRow row, UnitKind? among)
    {
        var english = EnglishScale.For(row);
        return row with
        {
            AmountZh = row.YearToDate is { } value ? AmountZh(value, indicator.Printing) : HasZeroDenominator(row) ? "无" : null,
            AmountEn = row.YearToDate is { } printed ? english.Amount(printed) : HasZeroDenominator(row) ? "none" : null,
            ComparisonZh = row.Comparison is null ? null : ComparisonBuilder.Zh(row.Comparison, row.YearToDate, amount => AmountZh(amount, indicator.Printing)),
            ComparisonEn = row.Comparison is null ? null : ComparisonBuilder.En(row.Comparison, row.YearToDate, english.Amount),
            PhraseZh = PhraseZh(indicator, row, among),
            PhraseEn = PhraseEn(indicator, row, english),
        };
    }

    // A rate of 0 of 0: all have reported, and there is no rate.
    private static bool HasZeroDenominator(ReportRow row) =>
        row is { Kind: nameof(IndicatorKind.Rate), YearToDate: null, State: not ResultState.Provisional };

    private static string PhraseZh(Indicator indicator, ReportRow row, UnitKind? among)
    {
        if (row.YearToDate is not { } value)
        {
            return indicator.NameZh + (HasZeroDenominator(row) ? "：本月没有对象" : "暂无数据");
        }

        var printing = indicator.Printing;
        var provisional = row.State == ResultState.Provisional ? $"(快报,{row.Reported}/{row.Expected}已报)" : "";
        if (value == 0 && printing.ZeroPhraseZh.Length > 0)
        {
            return printing.ZeroPhraseZh + provisional;
        }

        // A phrase without a figure speaks of a place among the first of the district, so it is written only where that is so.
        var figure = AmountZh(value, printing);
        var hasFigure = printing.PhraseZh.Contains("{value}", StringComparison.Ordinal);
        var usesPhrase = printing.PhraseZh.Length > 0 && (hasFigure || (among == UnitKind.District && ReportBuilder.IsInTop(row)));
        var phrase = usesPhrase ? printing.PhraseZh.Replace("{value}", figure, StringComparison.Ordinal) : ChineseText.Join(indicator.NameZh, figure);
        return phrase + GrowthZh(indicator, row) + provisional;
    }

    private static string GrowthZh(Indicator indicator, ReportRow row) =>
        !indicator.Printing.WithGrowth ? ""
        : row.Growth is { } points && indicator.Kind == IndicatorKind.Rate ? "," + GrowthText.RateChangeZh(points, Number(Math.Abs(points), Rounding.RateDecimals))
        : row.Growth is { } growth ? $",增幅{Number(growth, Rounding.RateDecimals)}%"
        : row.GrowthZh is { } words ? "," + words
        : "";

    private static string PhraseEn(Indicator indicator, ReportRow row, EnglishScale english)
    {
        if (row.YearToDate is not { } value)
        {
            return indicator.NameEn + (HasZeroDenominator(row) ? ": nothing to count this month" : ": no figures yet");
        }

        var provisional = row.State == ResultState.Provisional ? $" [provisional, {row.Reported} of {row.Expected} reported]" : "";
        return $"{indicator.NameEn} {english.Amount(value)}{GrowthEn(indicator, row)}{provisional}";
    }

    private static string GrowthEn(Indicator indicator, ReportRow row) =>
        !indicator.Printing.WithGrowth ? ""
        : row.Growth is { } growth ? $" ({(growth < 0 ? "" : "+")}{Number(growth, Rounding.RateDecimals)}{(indicator.Kind == IndicatorKind.Rate ? " points" : "%")})"
        : row.GrowthEn is { } words ? $" ({words})"
        : "";

    private static string AmountZh(decimal value, Printing printing) => Number(value, printing.Decimals) + printing.UnitZh;

    private static string Number(decimal value, int decimals) => value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
