using XilinIngest.Contracts;
using XilinIngest.Dashboard.Charts;
using XilinIngest.Dashboard.Formatting;

namespace XilinIngest.Dashboard.IndicatorDetail;

/// <summary>A chart of an indicator's months, with what a reader without the picture needs.</summary>
/// <param name="Name">What it shows.</param>
/// <param name="Unit">The unit of its figures.</param>
/// <param name="Series">Its series.</param>
internal sealed record MonthsChart(string Name, string Unit, IReadOnlyList<EChartSeries> Series)
{
    /// <summary>Whether its figures are words in every month: a table has them, and there is nothing to draw.</summary>
    public bool IsInWords { get; init; }
}

/// <summary>The charts of an indicator's months: by month, year to date, and growth.</summary>
internal sealed class MonthsChartBuilder(
    IReadOnlyList<SeriesPoint> months, AmountFormat amounts, IndicatorTotal? total, Lang lang)
{
    /// <summary>The names of the months below a chart.</summary>
    public IEnumerable<string> Names => months.Select(month => IndicatorQueries.MonthName(month.Period, lang));

    /// <summary>The months by themselves beside those a year before; null: a stage has no amount of a month.</summary>
    public MonthsChart? ByMonth => amounts.Indicator.Stages.Count > 0 ? null : new(
        lang.T("逐月", "by month"), amounts.Unit(lang),
        [
            OfAmounts("now", lang.T("本年", "this year"), months.Select(month => month.Month), EChartOptions.ThisYear) with { IsBar = true },
            OfAmounts("before", lang.T("上年", "last year"), months.Select(month => month.LastYearMonth),
                EChartOptions.LastYearBar) with { IsBar = true },
        ]);

    /// <summary>The year to date beside a year before and the plan; null: there is none yet.</summary>
    public MonthsChart? SummedUp => months.All(month => month.YearToDate is null) ? null : new(
        lang.T("本年累计", "year to date"), amounts.Unit(lang),
        [
            OfAmounts("now", lang.T("本年", "this year"), months.Select(month => month.YearToDate), EChartOptions.ThisYear),
            OfAmounts("before", lang.T("上年", "last year"), months.Select(month => month.Comparison?.Base ?? month.LastYearToDate),
                EChartOptions.LastYear) with { IsDashed = true },
            .. TargetLine(),
        ]);

    /// <summary>Growth on the indicator's own basis, and on the other one where it is known; null: there is none.</summary>
    public MonthsChart? Growth
    {
        get
        {
            if (months.All(month => month.Growth is null && month.Comparison?.Words is null))
            {
                return null;
            }

            var (own, other, others) = amounts.Indicator.Basis == "Comparable"
                ? (lang.T("同比（可比口径）", "growth (comparable)"), lang.T("上年原报数口径", "recorded basis"),
                    months.Select(month => month.RecordedGrowth))
                : (lang.T("同比（上年原报数口径）", "growth (recorded)"), lang.T("可比口径", "comparable basis"),
                    months.Select(month => month.ComparableGrowth));
            return new(lang.T("同比", "growth"), amounts.Indicator.GrowthUnit == GrowthUnits.Points ? lang.T("个百分点", "pp") : "%",
            [
                OfGrowths("now", own, months.Select(month => month.Growth), EChartOptions.ThisYear) with { Texts = [.. GrowthTexts] },
                .. others.Any(growth => growth is not null)
                    ? new[] { OfGrowths("other", other, others, EChartOptions.LastYear) with { IsDashed = true } } : [],
                .. total is { TargetKind: TargetType.Growth, Target: { } target }
                    ? new[] { OfGrowths("target", lang.T("目标", "target"), months.Select(_ => (decimal?)target), YearChart.Target)
                        with { IsDashed = true } } : [],
            ])
            {
                IsInWords = months.All(month => month.Growth is null),
            };
        }
    }

    private IEnumerable<string> GrowthTexts => months.Select(month => ComparisonFormat.Growth(
        month.Growth, month.Comparison, amounts, amount => amounts.WithUnit(amount, lang), lang));

    private IEnumerable<EChartSeries> TargetLine()
    {
        if (total is not { TargetKind: TargetType.Amount, Target: { } plan })
        {
            return [];
        }

        var all = Enumerable.Range(1, 12);
        return amounts.Indicator.TargetMeasure switch
        {
            TargetMeasures.Level => [Line(lang.T("目标", "target"), all.Select(_ => plan))],
            TargetMeasures.Pace =>
                [Line(lang.T("时序进度（目标 × 月数 ÷ 12）", "pace (target × months ÷ 12)"), all.Select(month => plan * month / 12))],
            _ => [],
        };
    }

    private EChartSeries Line(string name, IEnumerable<decimal> figures) =>
        OfAmounts("target", name, figures.Select(figure => (decimal?)figure), YearChart.Target) with { IsDashed = true };

    // The chart has more digits than the table, for a smooth line.
    private EChartSeries OfAmounts(string id, string name, IEnumerable<decimal?> exact, string colour) =>
        new(id, name, exact.Select(amounts.ForChart), colour) { Texts = [.. exact.Select(amount => amounts.Cell(amount, lang))] };

    private EChartSeries OfGrowths(string id, string name, IEnumerable<decimal?> growths, string colour) =>
        new(id, name, growths, colour) { Texts = [.. growths.Select(growth => amounts.Growth(growth, lang))] };
}
