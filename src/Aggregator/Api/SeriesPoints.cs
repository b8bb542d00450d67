using XilinIngest.Aggregator.Totals;
using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Api;

/// <summary>A month of a series, out of the cube.</summary>
internal static class SeriesPoints
{
    public static SeriesPoint Of(Cube.Cube cube, Unit unit, Indicator indicator, Period period, DateTimeOffset now)
    {
        var node = cube.Nodes.NodeOf(unit);
        if (node < 0)
        {
            var own = cube.FiguresOf(unit, period.Year)?.FiguresOf(indicator.Order, period.Month);
            return new(period.ToString(), TotalResults.Plain(own?.Value), TotalResults.Plain(own?.YearToDate), null, TotalResults.Plain(own?.LastYear), null, null, null, null,
                own is { Stand: true } ? 1 : 0, Contribution.IsDue(indicator, unit, period) ? 1 : 0, TotalResults.State(own is { Stand: true } ? TotalState.Complete : TotalState.Provisional));
        }

        var total = cube.TotalOf(node, indicator, period, now);
        var before = cube.TotalOf(node, indicator, period.SameMonthLastYear, now);
        return new(
            period.ToString(), TotalResults.Plain(total?.Month), TotalResults.Plain(total?.Ytd), TotalResults.Plain(before?.Month), TotalResults.Plain(before?.Ytd),
            TotalResults.Plain(total?.Growth.Published), TotalResults.Plain(total?.Recorded.Published), TotalResults.Plain(total?.Comparable.Published),
            indicator.Kind == IndicatorKind.Rate ? null : TotalResults.Plain(Indicators.Growth.TwoYearAverage(before?.Growth.Percent, total?.Growth.Percent)),
            total?.Reported ?? 0, total?.Expected ?? cube.ExpectedOf(node, indicator, period), TotalResults.State(total?.State ?? TotalState.Provisional),
            Comparisons.Of(indicator, total, printed: false));
    }
}
