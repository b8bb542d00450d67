using System.Globalization;
using XilinIngest.Aggregator.Totals;
using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Report;

/// <summary>Writes the texts of a row in both languages: amount, comparison and its phrase in the paragraph.</summary>
internal static class ReportPhrases
{
    /// <param name="indicator">The indicator.</param>
    /// <param name="row">Its figures.</param>
    /// <param name="total">The published total; null: there is none.</param>
    /// <param name="counted">The level of the units that the total counts by stage; null: they are of several levels.</param>
    /// <param name="target">The unit's target of the year.</param>
    /// <param name="month">The last month of the report.</param>
    /// <param name="among">The kind of the parent, among whose children the unit is ranked.</param>
    /// <param name="isExempt">Whether the month is an exempt January of the unit.</param>
    public static ReportRow Write(
        Indicator indicator, ReportRow row, IndicatorTotal? total, UnitLevel? counted, Target? target, int month, UnitKind? among,
        bool isExempt)
    {
        var english = new EnglishFigures(ReportScale.For(row), indicator.Printing, total);
        var stages = StageCounts.FromPublished(total?.Stages, total?.UnitsWithoutStage, total?.Since);
        var figure = stages is null ? null : indicator.Kind.FigureText(indicator, stages);
        var phrase = stages is null ? null : indicator.Kind.PhraseText(indicator, stages, counted, target, month);
        var isStated = ReportStatements.IsStated(indicator, row, isZero: total?.YearToDate == 0);
        return row with
        {
            AmountZh = figure?.Zh ?? AmountZh(indicator, row),
            AmountEn = figure?.En ?? AmountEn(indicator, row, english),
            BaseEn = english.Base,
            ComparisonZh = row.Comparison is null
                ? null : ComparisonBuilder.Zh(row.Comparison, row.YearToDate, amount => AmountZh(amount, indicator.Printing)),
            ComparisonEn = english.Comparison,
            PhraseZh = phrase is { } zh ? zh.Zh + ProvisionalZh(row) : PhraseZh(indicator, row, among, isExempt),
            PhraseEn = phrase is { } en ? en.En + ProvisionalEn(row) : PhraseEn(indicator, row, english, isExempt),
            StatementZh = isStated ? (phrase?.Zh ?? ReportStatements.Zh(indicator, row)) + ProvisionalZh(row) : null,
            StatementEn = isStated ? (phrase?.En ?? ReportStatements.En(indicator, row, english)) + ProvisionalEn(row) : null,
        };
    }

    private static string? AmountZh(Indicator indicator, ReportRow row) =>
        row.YearToDate is not null ? FigureZh(indicator, row) : HasZeroDenominator(indicator, row) ? "无" : null;

    private static string? AmountEn(Indicator indicator, ReportRow row, EnglishFigures english) =>
        row.YearToDate is not null ? english.YearToDate(row) : HasZeroDenominator(indicator, row) ? "none" : null;

    // A rate of 0 by 0: all units have reported, but there is no rate.
    private static bool HasZeroDenominator(Indicator indicator, ReportRow row) =>
        indicator.Kind.IsRatio && row is { YearToDate: null, State: not ResultState.Provisional };

    private static string ProvisionalZh(ReportRow row) =>
        row.State == ResultState.Provisional ? $"（快报，{row.Reported}/{row.Expected}已报）" : "";

    private static string ProvisionalEn(ReportRow row) =>
        row.State == ResultState.Provisional ? $" [provisional, {row.Reported} of {row.Expected} reported]" : "";

    private static string PhraseZh(Indicator indicator, ReportRow row, UnitKind? among, bool isExempt)
    {
        if (row.YearToDate is not { } value)
        {
            return indicator.NameZh + (isExempt ? "免报" : HasZeroDenominator(indicator, row) ? "：本月没有对象" : "暂无数据");
        }

        var printing = indicator.Printing;
        var provisional = ProvisionalZh(row);
        if (value == 0 && printing.ZeroPhraseZh.Length > 0)
        {
            return printing.ZeroPhraseZh + provisional;
        }

        // A phrase without a figure claims a place among the first of the district, so it is written only if this is true.
        var claimsPlace = printing.PhraseZh.Length > 0 && !HasFigure(printing.PhraseZh);
        var phrase = claimsPlace && among == UnitKind.District && ReportBuilder.IsInTop(row)
            ? printing.PhraseZh : WithFigureZh(indicator, row);
        return phrase + GrowthZh(indicator, row) + provisional;
    }

    /// <summary>The catalogue's phrase with the figure, or the name and the figure.</summary>
    public static string WithFigureZh(Indicator indicator, ReportRow row) => HasFigure(indicator.Printing.PhraseZh)
        ? indicator.Printing.PhraseZh.Replace("{value}", FigureZh(indicator, row), StringComparison.Ordinal)
        : ChineseText.Join(indicator.NameZh, FigureZh(indicator, row));

    private static bool HasFigure(string phrase) => phrase.Contains("{value}", StringComparison.Ordinal);

    private static string GrowthZh(Indicator indicator, ReportRow row) =>
        !indicator.Printing.WithGrowth ? ""
        : row.Growth is { } points && indicator.Kind.GrowthUnit == GrowthUnit.Points
            ? "，" + GrowthText.RateChangeZh(points, Number(Math.Abs(points), Rounding.RateDecimals))
        : row.Growth is > 0 and var growth ? $"，增幅{Number(growth, Rounding.RateDecimals)}%"
        : row.Growth is { } decline ? "，" + GrowthText.PercentZh(decline, Number(Math.Abs(decline), Rounding.RateDecimals))
        : WordsZh(row) is { } words ? "，" + words
        : "";

    /// <summary>The words of a growth beside the figure, which is not what was compared where units are left out.</summary>
    public static string? WordsZh(ReportRow row) => GrowthText.WithScopeZh(row.GrowthZh, row.Comparison?.LeftOut);

    /// <inheritdoc cref="WordsZh"/>
    public static string? WordsEn(ReportRow row) => GrowthText.WithScopeEn(row.GrowthEn, row.Comparison?.LeftOut);

    private static string PhraseEn(Indicator indicator, ReportRow row, EnglishFigures english, bool isExempt)
    {
        if (row.YearToDate is null)
        {
            return indicator.NameEn + (isExempt ? ": no report due in January"
                : HasZeroDenominator(indicator, row) ? ": nothing to count this month" : ": no figures yet");
        }

        return $"{indicator.NameEn} {english.YearToDate(row)}{GrowthEn(indicator, row)}{ProvisionalEn(row)}";
    }

    private static string GrowthEn(Indicator indicator, ReportRow row) =>
        !indicator.Printing.WithGrowth ? ""
        : row.Growth is { } growth
            ? $" ({(growth < 0 ? "" : "+")}{Number(growth, Rounding.RateDecimals)}"
                + $"{(indicator.Kind.GrowthUnit == GrowthUnit.Points ? " points" : "%")})"
        : WordsEn(row) is { } words ? $" ({words})"
        : "";

    // 34.3亿元, 25万余人次.
    private static string FigureZh(Indicator indicator, ReportRow row) =>
        Number(row.YearToDate!.Value, row.Decimals) + ReportedFigure.UnitZh(indicator.Printing.UnitZh, row.IsCutDown);

    private static string AmountZh(decimal value, Printing printing) => Number(value, printing.Decimals) + printing.UnitZh;

    public static string Number(decimal value, int decimals) =>
        value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
