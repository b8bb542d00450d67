using XilinIngest.Contracts;
using XilinIngest.Dashboard.Formatting;
using XilinIngest.Indicators;

namespace XilinIngest.Dashboard.Tables;

/// <summary>Formats the figures of one indicator in a table: rounded once, in one unit of measure.</summary>
internal sealed class DeskFormat(AmountFormat amounts, Lang lang)
{
    /// <summary>Whether the figures are those of enterprises, of which no growth is published.</summary>
    public bool AreReported { get; init; }

    /// <summary>固定资产投资（亿元）.</summary>
    public string Heading => lang.T(amounts.Indicator.NameZh, amounts.Indicator.NameEn) + lang.T($"（{Unit}）", $" ({Unit})");

    /// <summary>The unit of measure.</summary>
    public string Unit => amounts.Unit(lang);

    /// <summary>The amount of a measure; null: there is none, or it is no amount.</summary>
    public static decimal? AmountOf(FigureCell cell, string measure) => measure switch
    {
        TableMeasures.YearToDate => cell.YearToDate,
        TableMeasures.Month => cell.Month,
        TableMeasures.LastYear => cell.Base ?? cell.LastYearToDate,
        _ => null,
    };

    public DeskCell Cell(FigureCell? cell, string measure)
    {
        if (cell is null)
        {
            return DeskCell.Hidden;
        }

        var isProvisional = cell.State == ResultState.Provisional && measure != TableMeasures.LastYear;
        if (measure == TableMeasures.Growth)
        {
            return cell.Growth is { } growth ? new(amounts.Growth(growth, lang), growth, isProvisional)
                : WordsOf(cell) is { } words ? new(words, words, isProvisional)
                : DeskCell.Without(amounts.Indicator.Basis == nameof(GrowthBasis.None) ? DeskAbsence.NotApplicable(lang)
                    : cell.Absence is { } absence ? DeskAbsence.Word(absence, lang)
                    : AreReported ? DeskAbsence.NotCompared(lang) : DeskAbsence.NoBase(lang));
        }

        return AmountOf(cell, measure) is { } amount ? new(amounts.Cell(amount, lang), amounts.Number(amount), isProvisional)
            : DeskCell.Without(cell.Absence is { } why && measure != TableMeasures.LastYear
                ? DeskAbsence.Word(why, lang) : DeskAbsence.None(lang));
    }

    // The word alone, because a cell has no room for the amount.
    private string? WordsOf(FigureCell cell) => cell is { Words: not null, Base: { } @base }
        && GrowthWording.Of(cell.Compared ?? cell.YearToDate ?? 0, @base, amounts.Indicator.IsProfit) is { } words
        ? lang.T(words.Zh, words.En) : null;
}

/// <summary>The words above a table.</summary>
internal static class DeskTitle
{
    /// <summary>What the table is about: 西林街道主要指标 2022年1月至2022年9月.</summary>
    public static string Of(TableChoice choice, IReadOnlyList<DeskFormat> formats, Lang lang)
    {
        var months = Months(choice, lang);
        var name = lang.T(choice.Unit.NameZh, choice.Unit.NameEn);
        return choice.View switch
        {
            TableViews.IndicatorsByMonth => lang.T($"{name}指标表 {months}", $"{name}: indicators, {months}"),
            TableViews.UnitsByIndicator => lang.T($"{name}{Units(choice, lang)}指标表 {months}", $"{name}: {Units(choice, lang)}, {months}"),
            _ => lang.T($"{name}{Units(choice, lang)}{formats[0].Heading} {months}",
                $"{name}: {formats[0].Heading}, {Units(choice, lang)}, {months}"),
        };
    }

    /// <summary>The month, or the first and the last one.</summary>
    public static string Months(TableChoice choice, Lang lang)
    {
        var (from, to) = (FigureFormat.Month(choice.From, lang), FigureFormat.Month(choice.To, lang));
        return choice.View == TableViews.UnitsByIndicator || from == to ? to : lang.T($"{from}至{to}", $"{from} to {to}");
    }

    /// <summary>A figure of some indicators. A stock has no sum of months and no month of its own, but a state at a month's end.</summary>
    public static string Measure(string measure, IReadOnlyList<CatalogueIndicator> of, Lang lang) => measure switch
    {
        TableMeasures.YearToDate => Either(of, FigureFormat.IsState, (lang.T("累计", "year to date"), lang.T("期末数", "at the end")), lang),
        TableMeasures.Month => Either(
            of, each => each.IsAtMonthEnd, (lang.T("当月", "month"), lang.T("月末数", "at month's end")), lang),
        TableMeasures.LastYear when of.Any(each => each.Basis != nameof(GrowthBasis.None)) =>
            lang.T("上年同期（同比基数）", "a year before (base of the growth)"),
        TableMeasures.LastYear => Either(
            of, FigureFormat.IsState,
            (lang.T("上年同期累计", "year to date a year before"), lang.T("上年同期期末数", "at the end, a year before")), lang),
        _ => lang.T("同比增幅", "growth"),
    };

    private static string Either(
        IReadOnlyList<CatalogueIndicator> of, Func<CatalogueIndicator, bool> isState, (string Flow, string State) words, Lang lang) =>
        of.All(isState) ? words.State : of.Any(isState) ? words.Flow + lang.T("或", " or ") + words.State : words.Flow;

    public static string Units(TableChoice choice, Lang lang) => choice.Scope switch
    {
        "children" => lang.T("直属各单位", "units directly below"),
        "subtree" => lang.T("及以下各级单位", "the unit and all below"),
        _ => lang.T("各企业", "enterprises"),
    };

    public static string View(string view, Lang lang) => view switch
    {
        TableViews.IndicatorsByMonth => lang.T("指标 × 月份（一个单位）", "Indicators × months (one unit)"),
        TableViews.UnitsByIndicator => lang.T("单位 × 指标（一个月）", "Units × indicators (one month)"),
        _ => lang.T("单位 × 月份（一个指标）", "Units × months (one indicator)"),
    };
}
