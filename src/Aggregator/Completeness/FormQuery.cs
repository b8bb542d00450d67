using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Completeness;

/// <summary>A unit's form of a month, out of what stands: completeness asks for the same indicators.</summary>
internal static class FormQuery
{
    public static UnitForm ForMonth(Cube.IndicatorCube cube, Unit unit, Period period, long appliedThrough)
    {
        var window = cube.Catalogue.WindowOf(period);
        var sources =
            cube.Catalogue.Indicators.SelectMany(
                indicator => cube.FiguresOf(unit, period.Year)?.ProvenanceOf(indicator.Order, period.Month).All ?? [])
                .Select(set => set.Provenance);
        return new UnitForm(
            unit.Code.Value, period.ToString(), window?.Opens, window?.Deadline, window?.Closes, window?.Locks,
            sources.Select(source => source.Key.Revision).DefaultIfEmpty(0).Max() + 1,
            [.. cube.Catalogue.Indicators
                .Select(indicator =>
                    new FormEntry(indicator.Code.Value, Contribution.IsDue(indicator, unit, period), At(indicator, period),
                        At(indicator, period.Previous), At(indicator, period.SameMonthLastYear)) { LastYearToDate =
                        ToDate(indicator, period.SameMonthLastYear) })
                .Where(entry => entry.IsDue || entry.Now is not null)])
        {
            AppliedThrough = appliedThrough,
        };

        FormFigures? At(Indicator indicator, Period month) => cube.FiguresOf(unit, month.Year) is { } year
            && year.FiguresOf(indicator.Order, month.Month) is { HasValue: true } figures
            && year.ProvenanceOf(indicator.Order, month.Month) is var sources
            ? new(Normalize(figures.Value ?? PerCent(figures)), Normalize(figures.YearToDate), Normalize(figures.LastYear),
                Normalize(figures.Numerator), Normalize(figures.Denominator), sources.Latest.Sequence)
            {
                Date = figures.Date,
            }
            : null;

        // The unit's own, where the base of its growth is asked for: most submissions carry the month alone.
        decimal? ToDate(Indicator indicator, Period month)
        {
            YearOfFigures year = default, before = default;
            cube.FiguresOf(unit, month.Year)?.CopyTo(indicator.Order, year);
            cube.FiguresOf(unit, month.Year - 1)?.CopyTo(indicator.Order, before);
            return Normalize(Contribution.YearToDate(indicator, unit, month, year, before).Ytd);
        }
    }

    // A rate's per cent is not kept: its parts say it.
    private static decimal? PerCent(Figures figures) =>
        figures is { Numerator: { } numerator, Denominator: > 0 and var denominator }
            ? Rounding.HalfAwayFromZero(numerator * 100 / denominator, 2) : null;

    /// <summary>The newest month that has opened and is not locked; null: none.</summary>
    public static Period? DueMonth(Catalogue catalogue, DateTimeOffset now) =>
        catalogue.Calendar.Where(window => window.Opens <= now && now <= window.Locks).MaxBy(window => window.Period)?.Period;

    private static decimal? Normalize(decimal? figure) => Totals.TotalBuilder.Normalize(figure);
}
