using XilinIngest.Aggregator.Totals;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Api;

/// <summary>One month of a series, exact, in the canonical unit; growth in per cent (of a rate: in points) as published.</summary>
/// <param name="Period">The month.</param>
/// <param name="Month">The month's value.</param>
/// <param name="YearToDate">1–本月.</param>
/// <param name="LastYearMonth">The month's value a year before.</param>
/// <param name="LastYearToDate">The year-to-date a year before, of all that reported then.</param>
/// <param name="Growth">On the indicator's basis.</param>
/// <param name="RecordedGrowth">On the recorded basis.</param>
/// <param name="ComparableGrowth">On the comparable basis.</param>
/// <param name="TwoYearAverage">两年平均增速: the geometric mean of this year's growth and last year's, per cent; null where one of the two has no percentage.</param>
/// <param name="Reported">n of "n of m reported".</param>
/// <param name="Expected">m.</param>
/// <param name="State">provisional, complete or final.</param>
public sealed record SeriesPoint(
    string Period, decimal? Month, decimal? YearToDate, decimal? LastYearMonth, decimal? LastYearToDate, decimal? Growth, decimal? RecordedGrowth,
    decimal? ComparableGrowth, decimal? TwoYearAverage, int Reported, int Expected, string State)
{
    internal static SeriesPoint Of(Cube.Cube cube, Unit unit, Indicator indicator, Period period, DateTimeOffset now)
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
            total?.Reported ?? 0, total?.Expected ?? cube.ExpectedOf(node, indicator, period), TotalResults.State(total?.State ?? TotalState.Provisional));
    }
}
