using XilinIngest.Contracts;
using XilinIngest.Dashboard.Charts;
using XilinIngest.Dashboard.Data;
using XilinIngest.Dashboard.Words;

namespace XilinIngest.Dashboard.Alerts;

/// <summary>The chart beside an alert: what was judged, month by month, and the target that it is held against.</summary>
internal static class AlertDrawing
{
    private enum About { Growth, Level, Amount, Completion }

    public static object Of(StandingAlert alert, IReadOnlyList<SeriesPoint> months, CatalogueView catalogue, Lang lang)
    {
        var about = AboutOf(alert, catalogue);
        var name = Name(alert, catalogue, lang);
        var figures = months.Select(month => about switch
        {
            About.Growth => month.Growth,
            About.Completion => month.YearToDate is { } ytd ? Indicators.Rounding.Rate(ytd * 100 / alert.Target) : null,
            _ => month.YearToDate,
        });
        var target = months.Select((_, i) => about == About.Completion ? Indicators.Rounding.Rate((i + 1) * 100m / 12) : (decimal?)alert.Target);
        return Drawings.Trend(months.Select(month => month.Period), figures, name, target, about == About.Completion ? lang.T("时序进度 %", "pace %") : lang.T("目标", "target"));
    }

    /// <summary>What the chart shows.</summary>
    public static string Name(StandingAlert alert, CatalogueView catalogue, Lang lang)
    {
        var of = catalogue.Indicator(alert.Indicator);
        return AboutOf(alert, catalogue) switch
        {
            About.Growth => of?.Kind == "Rate" ? lang.T("同比（百分点）", "change (pp)") : lang.T("同比 %", "growth %"),
            About.Level => of?.Unit == "%" ? "%" : lang.T("本期数", "figure"),
            About.Amount => lang.T($"本年累计（{of?.Unit}）", $"year to date ({of?.Unit})"),
            _ => lang.T("完成全年目标 %", "completion of the target %"),
        };
    }

    // As it is judged: a rate, an index and a stock are held against the target as they are, and a target of zero has no percentage.
    private static About AboutOf(StandingAlert alert, CatalogueView catalogue) => (alert.TargetKind, catalogue.Indicator(alert.Indicator)?.Kind) switch
    {
        ("growth", _) => About.Growth,
        (_, "Rate" or "Given") => About.Level,
        (_, "Stock") => About.Amount,
        _ => alert.Target == 0 ? About.Amount : About.Completion,
    };
}
