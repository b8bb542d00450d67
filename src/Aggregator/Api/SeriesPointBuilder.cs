using XilinIngest.Aggregator.Totals;
using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Api;

/// <summary>A month of a series, out of the cube.</summary>
internal static class SeriesPointBuilder
{
    public static SeriesPoint Build(Cube.IndicatorCube cube, Unit unit, Indicator indicator, Period period, DateTimeOffset now)
    {
        var node = cube.Nodes.NodeOf(unit);
        if (node < 0)
        {
            var own = cube.FiguresOf(unit, period.Year)?.FiguresOf(indicator.Order, period.Month);
            return new(period.ToString(), TotalBuilder.Normalize(own?.Value), TotalBuilder.Normalize(own?.YearToDate), null, TotalBuilder.Normalize(own?.LastYear), null, null, null, null,
                own is { HasValue: true } ? 1 : 0, Contribution.IsDue(indicator, unit, period) ? 1 : 0, TotalBuilder.StateName(own is { HasValue: true } ? TotalState.Complete : TotalState.Provisional));
        }

        var total = cube.TotalOf(node, indicator, period, now);
        var before = cube.TotalOf(node, indicator, period.SameMonthLastYear, now);
        return new(
            period.ToString(), TotalBuilder.Normalize(total?.Month), TotalBuilder.Normalize(total?.Ytd), TotalBuilder.Normalize(before?.Month), TotalBuilder.Normalize(before?.Ytd),
            TotalBuilder.Normalize(total?.Growth.Published), TotalBuilder.Normalize(total?.Recorded.Published), TotalBuilder.Normalize(total?.Comparable.Published),
            indicator.Kind.GrowthUnit == GrowthUnit.Points ? null : TotalBuilder.Normalize(Indicators.Growth.TwoYearAverage(before?.Growth.Percent, total?.Growth.Percent)),
            total?.Reported ?? 0, total?.Expected ?? cube.ExpectedOf(node, indicator, period), TotalBuilder.StateName(total?.State ?? TotalState.Provisional),
            ComparisonBuilder.Build(indicator, total, printed: false))
        {
            Stages = total is null ? null : TotalBuilder.StagesOf(indicator, total),
            Since = total?.Stages?.Since,
        };
    }
}
