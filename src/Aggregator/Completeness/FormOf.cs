using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Completeness;

/// <summary>A unit's form of a month, out of what stands: completeness asks for the same indicators.</summary>
internal static class FormOf
{
    public static UnitForm Month(Cube.Cube cube, Unit unit, Period period, long appliedThrough)
    {
        var window = cube.Catalogue.WindowOf(period);
        var sources = cube.Catalogue.Indicators.SelectMany(indicator => cube.FiguresOf(unit, period.Year)?.SourcesOf(indicator.Order, period.Month).All ?? []).Select(set => set.Source);
        return new UnitForm(
            unit.Code.Value, period.ToString(), window?.Opens, window?.Deadline, window?.Closes, window?.Locks, sources.Select(source => source.Key.Revision).DefaultIfEmpty(0).Max() + 1,
            [.. cube.Catalogue.Indicators
                .Select(indicator => new FormEntry(indicator.Code.Value, Contribution.IsDue(indicator, unit, period), At(indicator, period), At(indicator, period.Previous), At(indicator, period.SameMonthLastYear)) { LastYearToDate = ToDate(indicator, period.SameMonthLastYear) })
                .Where(entry => entry.IsDue || entry.Now is not null)])
        {
            AppliedThrough = appliedThrough,
        };

        FormFigures? At(Indicator indicator, Period month) => cube.FiguresOf(unit, month.Year) is { } year
            && year.FiguresOf(indicator.Order, month.Month) is { Stand: true } figures && year.SourcesOf(indicator.Order, month.Month) is var sources
            ? new(Plain(figures.Value ?? PerCent(figures)), Plain(figures.YearToDate), Plain(figures.LastYear), Plain(figures.Numerator), Plain(figures.Denominator), sources.Latest.Sequence)
            : null;

        // The unit's own, where the base of its growth is asked for: most submissions carry the month alone.
        decimal? ToDate(Indicator indicator, Period month)
        {
            TwelveFigures year = default, before = default;
            cube.FiguresOf(unit, month.Year)?.CopyTo(indicator.Order, year);
            cube.FiguresOf(unit, month.Year - 1)?.CopyTo(indicator.Order, before);
            return Plain(Contribution.YearToDate(indicator, unit, month, year, before).Ytd);
        }
    }

    // A rate's per cent is not kept: its parts say it.
    private static decimal? PerCent(Figures figures) =>
        figures is { Numerator: { } numerator, Denominator: > 0 and var denominator } ? Rounding.HalfAwayFromZero(numerator * 100 / denominator, 2) : null;

    /// <summary>The newest month that has opened and is not locked; null: none.</summary>
    public static Period? Due(Catalogue catalogue, DateTimeOffset now) =>
        catalogue.Calendar.Where(window => window.Opens <= now && now <= window.Locks).MaxBy(window => window.Period)?.Period;

    private static decimal? Plain(decimal? figure) => Totals.TotalResults.Plain(figure);
}
