using System.Globalization;
using XilinIngest.Dashboard.Formatting;
using XilinIngest.TabularFiles;

namespace XilinIngest.Dashboard.Releases;

/// <summary>Releases and the differences between them, in words and as a table to take along.</summary>
internal static class ReleaseFormat
{
    public static string Name(int number, Lang lang) => lang.T($"第 {number} 次发布", $"Release {number}");

    public static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    public static string Query(string unit, string period, int from, int? to) =>
        $"unit={Uri.EscapeDataString(unit)}&period={Uri.EscapeDataString(period)}&from={Text(from)}"
        + (to is { } number ? $"&to={Text(number)}" : "");

    /// <summary>The exact difference with its sign, in the canonical unit: +300万元.</summary>
    public static string Difference(ReleaseChange change) => change.Difference switch
    {
        null or 0 => FigureFormat.NoFigure,
        > 0 and var more => $"+{FigureFormat.Number(more)}{change.DifferenceUnit}",
        var less => $"−{FigureFormat.Number(-less)}{change.DifferenceUnit}",
    };

    /// <summary>The growth before and after, or once where it is the same.</summary>
    public static string Growth(ReleaseChange change, Lang lang) =>
        Arrow(FigureFormat.Growth(change.Before, lang), FigureFormat.Growth(change.After, lang));

    /// <summary>The rank before and after, or once where it is the same.</summary>
    public static string Rank(ReleaseChange change) => Arrow(RankOf(change.Before), RankOf(change.After));

    /// <summary>The differences as a file.</summary>
    public static ExportTable ToTable(ReleaseComparison comparison, string unit, Lang lang) => new(
        lang.T($"{unit} {comparison.From.Period} 第{comparison.From.Number}次发布以来的变化",
            $"{unit} {comparison.From.Period} revisions since release {comparison.From.Number}"),
        [
            lang.T("单位", "Unit"), lang.T("单位代码", "Unit code"), lang.T("指标", "Indicator"), lang.T("指标代码", "Indicator code"),
            lang.T("原数", "Before"), lang.T("现数", "After"), lang.T("计量单位", "In"), lang.T("增减", "Difference"),
            lang.T("增减计量单位", "Difference in"), lang.T("原同比", "Growth before"), lang.T("现同比", "Growth after"),
            lang.T("原排名", "Rank before"), lang.T("现排名", "Rank after"), lang.T("台账行", "Ledger rows"),
        ],
        [.. comparison.Changes.Select(change => (IReadOnlyList<object?>)
        [
            lang.T(change.UnitNameZh, change.UnitNameEn), change.Unit, lang.T(change.After.NameZh, change.After.NameEn),
            change.After.Indicator,
            // A figure that was too small for the printed unit carries its own.
            change.Before.UnitZh == change.After.UnitZh ? change.Before.YearToDate : FigureFormat.Amount(change.Before, lang),
            change.After.YearToDate, lang.T(change.After.UnitZh, change.After.UnitEn),
            change.Difference, change.DifferenceUnit, FigureFormat.Growth(change.Before, lang), FigureFormat.Growth(change.After, lang),
            change.Before.Rank, change.After.Rank, string.Join(' ', change.Cause.Select(row => row.ToString(CultureInfo.InvariantCulture))),
        ])]);

    private static string RankOf(ReportRow row) => row.Rank is { } rank ? Text(rank) : FigureFormat.NoFigure;

    private static string Arrow(string before, string after) => before == after ? after : $"{before} → {after}";
}
