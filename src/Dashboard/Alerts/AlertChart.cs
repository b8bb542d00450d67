using XilinIngest.Contracts;
using XilinIngest.Dashboard.Charts;
using XilinIngest.Dashboard.Data;
using XilinIngest.Dashboard.Formatting;

namespace XilinIngest.Dashboard.Alerts;

/// <summary>The chart beside an alert: the judged figure of each month and its target.</summary>
internal static class AlertChart
{
    private enum ChartMeasure { Growth, Level, Amount, Completion, Stage }

    public static object Build(CurrentAlert alert, IReadOnlyList<SeriesPoint> months, CatalogueView catalogue, Lang lang)
    {
        var about = MeasureOf(alert, catalogue);
        var name = Name(alert, months, catalogue, lang);
        var amounts = AmountsOf(alert, months, catalogue, lang);
        var figures = months.Select(month => about switch
        {
            ChartMeasure.Growth => month.Growth,
            ChartMeasure.Completion => month.YearToDate is { } ytd ? Indicators.Rounding.Rate(ytd * 100 / alert.Target) : null,
            ChartMeasure.Amount => amounts?.Number(month.YearToDate) ?? month.YearToDate,
            _ => month.YearToDate,
        });
        var target = months.Select((_, i) => (decimal?)(about switch
        {
            ChartMeasure.Completion => Indicators.Rounding.Rate((i + 1) * 100m / 12),
            ChartMeasure.Amount => amounts?.Number(alert.Target) ?? alert.Target,
            _ => alert.Target,
        }));
        return EChartOptions.Trend(months.Select(month => month.Period), figures, name, target,
            about == ChartMeasure.Completion ? lang.T("时序进度 %", "pace %") : lang.T("目标", "target"));
    }

    /// <summary>The name of the measure that the chart shows.</summary>
    public static string Name(CurrentAlert alert, IReadOnlyList<SeriesPoint> months, CatalogueView catalogue, Lang lang)
    {
        var indicator = catalogue.Indicator(alert.Indicator);
        return MeasureOf(alert, catalogue) switch
        {
            ChartMeasure.Growth =>
                indicator?.GrowthUnit == GrowthUnits.Points ? lang.T("同比（百分点）", "change (pp)") : lang.T("同比 %", "growth %"),
            ChartMeasure.Level => indicator?.Unit == "%" ? "%" : lang.T("本期数", "figure"),
            ChartMeasure.Stage => StageFormat.HasNamedStages(indicator)
                ? lang.T("达到的阶段", "stage reached")
                : lang.T($"达成数（{indicator?.PrintedUnitZh}）", $"achieved ({indicator?.PrintedUnitEn})"),
            ChartMeasure.Amount =>
                lang.T($"本年累计（{indicator?.Unit}）", $"year to date ({AmountsOf(alert, months, catalogue, lang)?.Unit(lang)})"),
            _ => lang.T("完成全年目标 %", "completion of the target %"),
        };
    }

    private static AmountFormat? AmountsOf(CurrentAlert alert, IReadOnlyList<SeriesPoint> months, CatalogueView catalogue, Lang lang) =>
        catalogue.Indicator(alert.Indicator) is { } indicator
            ? new AmountFormat(indicator, true).ScaledFor(lang, [alert.Target, .. months.Select(month => month.YearToDate)])
            : null;

    // The measure that the alert judges. Rates, indices and stocks are compared with the target directly; a zero target has no percentage.
    private static ChartMeasure MeasureOf(CurrentAlert alert, CatalogueView catalogue) =>
        (alert.TargetKind, catalogue.Indicator(alert.Indicator)?.TargetMeasure) switch
        {
            (TargetType.Growth, _) => ChartMeasure.Growth,
            (_, TargetMeasures.Level) => ChartMeasure.Level,
            (_, TargetMeasures.Stage) => ChartMeasure.Stage,
            (_, TargetMeasures.Path) => ChartMeasure.Amount,
            _ => alert.Target == 0 ? ChartMeasure.Amount : ChartMeasure.Completion,
        };
}
