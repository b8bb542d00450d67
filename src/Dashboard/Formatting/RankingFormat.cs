using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Dashboard.Formatting;

/// <summary>Formats rankings as text.</summary>
internal static class RankingFormat
{
    /// <summary>The measure that ranks the units.</summary>
    /// <param name="ranking">The ranking.</param>
    /// <param name="of">Its indicator.</param>
    /// <param name="lang">The reader's language.</param>
    public static string By(RankingPublished ranking, CatalogueIndicator? of, Lang lang) => (ranking.By switch
    {
        RankingMeasure.Growth => lang.T("同比增幅", "growth"),
        // A state and a rate are no sum of months.
        RankingMeasure.Value when of is not null && FigureFormat.IsState(of) => lang.T("期末数", "at the end"),
        RankingMeasure.Value when of is { IsRatio: true } => lang.T("本期数", "figure"),
        RankingMeasure.Value => lang.T("本年累计", "year to date"),
        RankingMeasure.Completion => lang.T("完成进度", "completion of the target"),
        _ => "",
    }) + (ranking.Direction == RankingDirection.Lower ? lang.T("（低者为先）", " (lower is better)") : "");

    /// <summary>The compared units: the children of a unit, named by their level.</summary>
    public static string Among(IEnumerable<CatalogueUnit> children, Lang lang) => children.FirstOrDefault()?.Kind switch
    {
        "City" => lang.T("各市", "cities"),
        "District" => lang.T("各区", "districts"),
        "Street" or "Town" => lang.T("各街道（镇）", "sub-districts and towns"),
        "Village" or "Community" => lang.T("各村（社区）", "villages and communities"),
        _ => lang.T("各单位", "units"),
    };

    /// <summary>
    /// The format of the figures that rank. Villages print amounts whole in the canonical unit, so that their figures have more digits than
    /// the printed unit, and all of them are told so. A street's figure that is nothing in the printed unit is told so alone.
    /// </summary>
    public static AmountFormat AmountsOf(RankingPublished ranking, CatalogueIndicator of) => new(of,
        ranking.By == RankingMeasure.Value && AmountFormat.HasOtherPrintedUnit(of) && ranking.Units.Any(place =>
            place.Value is { } value && Rounding.HalfAwayFromZero(value, of.Decimals) is not 0 and var printed && printed != value));

    /// <summary>The figure that ranks a unit as a number, in the unit of the format.</summary>
    public static decimal Number(decimal value, RankingMeasure by, AmountFormat amounts) =>
        by == RankingMeasure.Value && amounts.Exact ? value * amounts.Indicator.Divisor : value;

    /// <summary>The figure that ranks a unit, at published precision, with its unit.</summary>
    public static string Value(decimal? value, RankingMeasure by, AmountFormat amounts, Lang lang) =>
        value is not { } figure ? FigureFormat.NoFigure : by switch
        {
            RankingMeasure.Growth => amounts.Growth(figure, lang),
            RankingMeasure.Completion => FigureFormat.Rate(figure) + "%",
            _ => amounts.WithUnit(figure * amounts.Indicator.Divisor, lang),
        };

    /// <summary>The figure of a place; the words that replace it if there is no percentage.</summary>
    public static string Value(RankedUnit? place, RankingMeasure by, AmountFormat amounts, Lang lang) =>
        place is { Value: null, Comparison: { Words: not null } comparison }
        // Exact like the figures beside it, because the units may be villages, whose change is nothing in the printed unit.
        ? ComparisonFormat.Growth(null, comparison, amounts, amount => (amounts with { Exact = true }).WithUnit(amount, lang), lang)
        : place is not null && by == RankingMeasure.Value && amounts.Indicator.Stages.Count > 0
            ? StageFormat.Ranked(amounts.Indicator, place, lang)
        : Value(place?.Value, by, amounts, lang);

    /// <summary>
    /// The base of a place's growth, with its basis and the units left out; empty: the ranking is not by growth.
    /// </summary>
    public static string Base(RankedUnit? place, AmountFormat amounts, Lang lang)
    {
        if (place?.Comparison is not { } comparison)
        {
            return "";
        }

        // Exact amounts, because two different figures may look equal at the printed precision.
        amounts = (amounts with { Exact = true }).ScaledFor(lang, comparison.Current, comparison.Base);
        var leftOut = comparison.LeftOut is null
            ? "" : lang.T($"，未计入{ComparisonFormat.LeftOut(comparison.LeftOut, lang)}",
                $", left out {ComparisonFormat.LeftOut(comparison.LeftOut, lang)}");
        return lang.T(
            $"{amounts.Text(comparison.Current)}比{amounts.Text(comparison.Base)}{amounts.Unit(lang)}，"
            + $"{ComparisonFormat.Basis(comparison.Basis, lang)}{leftOut}",
            $"{amounts.Text(comparison.Current)} "
            + $"against {amounts.Text(comparison.Base)} {amounts.Unit(lang)}, {ComparisonFormat.Basis(comparison.Basis, lang)}{leftOut}");
    }

    /// <summary>The change from one rank to another, as a word and an arrow.</summary>
    public static string Movement(int? from, int? to, Lang lang) => (from, to) switch
    {
        (null, null) => FigureFormat.NoFigure,
        (null, _) => lang.T("● 新进", "● new"),
        (_, null) => lang.T("○ 不再有名次", "○ no rank any more"),
        _ when from > to => lang.T($"↑ 上升 {from - to}", $"↑ up {from - to}"),
        _ when from < to => lang.T($"↓ 下降 {to - from}", $"↓ down {to - from}"),
        _ => lang.T("= 不变", "= same"),
    };

    /// <summary>The reason why the ranking has ended.</summary>
    public static string Ended(RankingEnd ended, Lang lang) => ended switch
    {
        RankingEnd.NoFigures => lang.T("排名已撤销：数据已全部撤回。", "The ranking was taken back: all its figures were withdrawn."),
        RankingEnd.FewerThanTwo => lang.T("排名已撤销：报送该指标的单位不足两个。", "The ranking was taken back: no two units report the indicator any more."),
        _ => lang.T("排名已撤销：目录不再对该指标排名。", "The ranking was taken back: the catalogue ranks the indicator no more."),
    };

    /// <summary>The completeness of the ranking.</summary>
    public static string State(RankingPublished ranking, Lang lang) =>
        lang.T($"{ranking.Reported}/{ranking.Expected} 已报", $"{ranking.Reported} of {ranking.Expected} reported") + " · "
        + FigureFormat.State(ranking.State, lang);
}
