using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Completeness;

/// <summary>A unit's form of a month, out of what stands: completeness asks for the same indicators.</summary>
internal static class FormOf
{
    public static UnitForm Month(Cube.Cube cube, Unit unit, Period period)
    {
        var window = cube.Catalogue.WindowOf(period);
        var sources = cube.Catalogue.Indicators.Select(indicator => cube.FiguresOf(unit, period.Year)?.SourceOf(indicator.Order, period.Month)).OfType<Storage.Source>();
        return new UnitForm(
            unit.Code.Value, period.ToString(), window?.Opens, window?.Deadline, window?.Closes, window?.Locks, sources.Select(source => source.Key.Revision).DefaultIfEmpty(0).Max() + 1,
            [.. cube.Catalogue.Indicators
                .Select(indicator => new FormEntry(indicator.Code.Value, Contribution.IsDue(indicator, unit, period), At(indicator, period), At(indicator, period.Previous), At(indicator, period.SameMonthLastYear)))
                .Where(entry => entry.IsDue || entry.Now is not null)]);

        FormFigures? At(Indicator indicator, Period month) => cube.FiguresOf(unit, month.Year) is { } year
            && year.FiguresOf(indicator.Order, month.Month) is { Stand: true } figures && year.SourceOf(indicator.Order, month.Month) is { } source
            ? new(Plain(figures.Value), Plain(figures.YearToDate), Plain(figures.LastYear), Plain(figures.Numerator), Plain(figures.Denominator), source.Sequence)
            : null;
    }

    /// <summary>The newest month that has opened and is not locked; null: none.</summary>
    public static Period? Due(Catalogue catalogue, DateTimeOffset now) =>
        catalogue.Calendar.Where(window => window.Opens <= now && now <= window.Locks).MaxBy(window => window.Period)?.Period;

    private static decimal? Plain(decimal? figure) => Totals.TotalResults.Plain(figure);
}
