using XilinIngest.Aggregator.ReadModel;
using XilinIngest.Aggregator.Totals;
using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Api;

/// <summary>Builds a month of a series from published totals.</summary>
internal static class SeriesPointBuilder
{
    public static SeriesPoint Build(PublishedSnapshot published, Unit unit, Indicator indicator, Period period)
    {
        if (!published.HasTotals(unit))
        {
            return BuildOwn(published, unit, indicator, period);
        }

        var total = published.TotalOf(unit, indicator, period);
        var before = published.TotalOf(unit, indicator, period.SameMonthLastYear);
        return new(
            period.ToString(), total?.Month, total?.YearToDate, before?.Month, before?.YearToDate, total?.Growth, total?.RecordedGrowth,
            total?.ComparableGrowth,
            indicator.Kind.GrowthUnit == GrowthUnit.Points
                ? null : TotalBuilder.Normalize(Growth.TwoYearAverage(PercentOf(before), PercentOf(total))),
            total?.Reported ?? 0, total?.Expected ?? published.ExpectedOf(unit, indicator, period), total?.State ?? ResultState.Provisional,
            ComparisonBuilder.Build(total, printing: null))
        {
            Stages = total?.Stages,
            Since = total?.Since,
            UnitsWithoutStage = total?.UnitsWithoutStage,
        };
    }

    // A unit without totals: its reported figures.
    private static SeriesPoint BuildOwn(PublishedSnapshot published, Unit unit, Indicator indicator, Period period)
    {
        var own = published.FiguresOf(unit, period.Year)?.FiguresOf(indicator.Order, period.Month);
        var hasReported = own is { HasValue: true };
        return new(
            period.ToString(), TotalBuilder.Normalize(own?.Value), TotalBuilder.Normalize(own?.YearToDate), null,
            TotalBuilder.Normalize(own?.LastYear), null, null, null, null,
            hasReported ? 1 : 0, Contribution.IsDue(indicator, unit, period) ? 1 : 0,
            hasReported ? ResultState.Complete : ResultState.Provisional);
    }

    // Exact, computed from the published sums, because the published growth is rounded.
    private static decimal? PercentOf(IndicatorTotal? total) =>
        ComparisonBuilder.FiguresOf(total) is var (current, @base) ? Growth.Compute(current, @base).Percent : null;
}
