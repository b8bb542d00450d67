using System.Globalization;
using XilinIngest.Contracts;
using XilinIngest.Dashboard.Data;
using XilinIngest.Dashboard.Formatting;

namespace XilinIngest.Dashboard.Overview;

/// <summary>The first sentence of the overview: how many targets are met, and what is worst.</summary>
internal static class BriefingText
{
    /// <summary>The verdict on a unit's month: 8项考核指标：6绿2黄；公共财政预算下降3.6%，低于目标8.6个百分点，连续9个月。</summary>
    /// <param name="rows">All indicators of the unit.</param>
    /// <param name="worst">The indicator that is furthest behind; null: none is behind.</param>
    /// <param name="catalogue">The catalogue in force.</param>
    /// <param name="period">The month.</param>
    /// <param name="lang">The reader's language.</param>
    public static string Verdict(
        IEnumerable<ReportRow> rows, (ReportRow Row, TargetShortfall Shortfall)? worst, CatalogueView catalogue, string period, Lang lang)
    {
        var aimed = rows.Where(row => row.Target is not null).ToList();
        var judged = aimed.Count(row => row.Colour is not null);
        if (aimed.Count == 0)
        {
            return lang.T("没有为这个单位设考核目标。", "No target is set for this unit.");
        }

        if (judged == 0)
        {
            return lang.T($"{aimed.Count}项考核指标均未报齐，暂不评判。", $"None of {aimed.Count} targets is judged yet: reports are missing.");
        }

        var waiting = aimed.Count - judged is > 0 and var open
            ? lang.T($"，另{open}项暂不评判", $", {open} not judged yet") : "";
        if (worst is not { } behind)
        {
            return lang.T($"{judged}项考核指标全部达标{waiting}。", $"All {judged} judged indicators meet their targets{waiting}.");
        }

        var counts = Counts(aimed, lang) + waiting;
        var laggard = Describe(behind.Row, behind.Shortfall, catalogue, period, lang);
        return lang.T($"{judged}项考核指标：{counts}；{laggard}。", $"{judged} judged indicators: {counts}. {laggard}.");
    }

    /// <summary>What is behind, by how much and for how long.</summary>
    public static string Describe(ReportRow row, TargetShortfall shortfall, CatalogueView catalogue, string period, Lang lang) =>
        string.Join(
            lang.T("，", ", "),
            new[]
            {
                lang.T(row.NameZh + Movement(row, lang), $"{row.NameEn} {Movement(row, lang)}".TrimEnd()),
                Distance(row, catalogue, lang), Duration(shortfall.Since, period, lang),
            }.Where(part => part.Length > 0));

    /// <summary>
    /// The distance from the target or the plan. A growth in words has none; that it misses the target is said nevertheless, because the
    /// number of months behind it would otherwise seem to be that of the growth.
    /// </summary>
    public static string Distance(ReportRow row, CatalogueView catalogue, Lang lang) =>
        row.UnitsBehind is { } behind ? StageFormat.AgainstPlan(row, behind, lang)
        : row.Gap is { } gap ? FigureFormat.Gap(row, gap, catalogue.Indicator(row.Indicator), lang)
        : row is { TargetKind: TargetType.Growth, Colour: TargetColour.Amber or TargetColour.Red }
            ? lang.T($"未达到{FigureFormat.Target(row, catalogue.Indicator(row.Indicator), lang)}的目标",
                $"short of the target, {FigureFormat.Target(row, catalogue.Indicator(row.Indicator), lang)}")
        : "";

    /// <summary>For how many months in a row; empty: it is the first.</summary>
    public static string Duration(string since, string period, Lang lang) =>
        Number(period[5..]) - Number(since[5..]) + 1 is > 1 and var months
            ? lang.T($"连续{months}个月", $"for {months} months") : "";

    // The distance says how an amount compares with its plan; a growth is named, because it is what the target asks for.
    private static string Movement(ReportRow row, Lang lang) =>
        row.TargetKind == TargetType.Growth && FigureFormat.GrowthInWords(row, lang) is var growth && growth != FigureFormat.NoFigure
            ? growth : "";

    private static string Counts(IReadOnlyCollection<ReportRow> rows, Lang lang) => string.Join(
        lang.T("", ", "),
        new[] { TargetColour.Green, TargetColour.Amber, TargetColour.Red }
            .Select(colour => (Colour: colour, Count: rows.Count(row => row.Colour == colour)))
            .Where(each => each.Count > 0)
            .Select(each => lang.T($"{each.Count}{FigureFormat.Colour(each.Colour, lang)}",
                $"{each.Count} {FigureFormat.Colour(each.Colour, lang)}")));

    private static int Number(string month) => int.Parse(month, CultureInfo.InvariantCulture);
}
