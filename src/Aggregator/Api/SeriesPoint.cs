using XilinIngest.Aggregator.Totals;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Api;

/// <summary>One month of a series, exact, in the canonical unit.</summary>
public sealed record SeriesPoint(
    string Period, decimal? Month, decimal? YearToDate, decimal? LastYearMonth, decimal? LastYearToDate, decimal? Growth, decimal? RecordedGrowth,
    decimal? ComparableGrowth, int Reported, int Expected, string State)
{
    internal static SeriesPoint Of(Cube.Cube cube, Unit unit, Indicator indicator, Period period, DateTimeOffset now)
    {
        var node = cube.Nodes.NodeOf(unit);
        if (node < 0)
        {
            var own = cube.FiguresOf(unit, period.Year)?.FiguresOf(indicator.Order, period.Month);
            return new(period.ToString(), TotalResults.Plain(own?.Value), TotalResults.Plain(own?.YearToDate), null, TotalResults.Plain(own?.LastYear), null, null, null,
                own is { Stand: true } ? 1 : 0, Contribution.IsDue(indicator, unit, period) ? 1 : 0, TotalResults.State(own is { Stand: true } ? TotalState.Complete : TotalState.Provisional));
        }

        var total = cube.TotalOf(node, indicator, period, now);
        var before = cube.TotalOf(node, indicator, period.SameMonthLastYear, now);
        return new(
            period.ToString(), TotalResults.Plain(total?.Month), TotalResults.Plain(total?.Ytd), TotalResults.Plain(before?.Month), TotalResults.Plain(before?.Ytd),
            TotalResults.Plain(total?.Growth.Published), TotalResults.Plain(total?.Recorded.Published), TotalResults.Plain(total?.Comparable.Published),
            total?.Reported ?? 0, total?.Expected ?? cube.ExpectedOf(node, indicator, period), TotalResults.State(total?.State ?? TotalState.Provisional));
    }
}
