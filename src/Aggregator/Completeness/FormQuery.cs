using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Completeness;

/// <summary>Builds a unit's form of a month from the effective figures. It has the same indicators as completeness.</summary>
internal static class FormQuery
{
    public static UnitForm ForMonth(Cube.IndicatorCube cube, Unit unit, Period period, long appliedThrough)
    {
        var window = cube.Months.WindowOf(cube.Catalogue.WindowOf(period));
        var sources =
            cube.Catalogue.Indicators.SelectMany(
                indicator => cube.FiguresOf(unit, period.Year)?.ProvenanceOf(indicator.Order, period.Month).All ?? [])
                .Select(set => set.Provenance);
        return new UnitForm(
            unit.Code.Value, period.ToString(), window?.Opens, window?.Deadline, MonthsQuery.KnownDate(window?.Closes),
            MonthsQuery.KnownDate(window?.Locks),
            sources.Select(source => source.Key.Revision).DefaultIfEmpty(0).Max() + 1,
            [.. cube.Catalogue.Indicators
                .Select(indicator =>
                    new FormEntry(indicator.Code.Value, Contribution.IsDue(indicator, unit, period), At(indicator, period),
                        At(indicator, period.Previous), At(indicator, period.SameMonthLastYear))
                    {
                        LastYearToDate = ToDate(indicator, period.SameMonthLastYear),
                        Returned = ReturnedOf(indicator),
                    })
                .Where(entry => entry.IsDue || entry.Now is not null || entry.Returned is not null)])
        {
            IsReopened = cube.Months.NewestOf(period) is { Action: MonthAction.Reopen },
            AppliedThrough = appliedThrough,
            Review = ReviewsQuery.ForReport(cube, unit, period),
        };

        // What returned rows said, so that an office corrects it without typing the rest again.
        FormFigures? ReturnedOf(Indicator indicator) => cube.FiguresOf(unit, period.Year) is { Returned: { } returned } year
            && year.StoredValue(indicator, period.Month) is var stored
            && default(Figures).With(stored.Figures, stored.Provenance.FieldsOf(returned)) is var figures
            && figures.PresentFields != FigureFields.None
            ? Describe(figures, stored.Provenance.Latest.Sequence) : null;

        FormFigures? At(Indicator indicator, Period month) => cube.FiguresOf(unit, month.Year) is { } year
            && year.FiguresOf(indicator.Order, month.Month) is { HasValue: true } figures
            && year.ProvenanceOf(indicator.Order, month.Month) is var sources
            ? Describe(figures, sources.Latest.Sequence) : null;

        // The unit's own year-to-date, if its growth needs a base. Most submissions have only the month.
        decimal? ToDate(Indicator indicator, Period month)
        {
            YearOfFigures year = default, before = default;
            cube.FiguresOf(unit, month.Year)?.CopyTo(indicator.Order, year);
            cube.FiguresOf(unit, month.Year - 1)?.CopyTo(indicator.Order, before);
            return Normalize(Contribution.YearToDate(indicator, unit, month, year, before).Ytd);
        }
    }

    private static FormFigures Describe(Figures figures, long sequence) => new(
        Normalize(figures.Value ?? PerCent(figures)), Normalize(figures.YearToDate), Normalize(figures.LastYear),
        Normalize(figures.Numerator), Normalize(figures.Denominator), sequence)
    {
        Date = figures.Date,
    };

    // The per cent of a rate is not stored; its numerator and denominator give it.
    private static decimal? PerCent(Figures figures) =>
        figures is { Numerator: { } numerator, Denominator: > 0 and var denominator }
            ? Rounding.HalfAwayFromZero(numerator * 100 / denominator, 2) : null;

    /// <summary>The newest month that is open and not locked; null: there is none.</summary>
    public static Period? DueMonth(Catalogue catalogue, DateTimeOffset now) =>
        catalogue.Calendar.Where(window => window.Opens <= now && now <= window.Locks).MaxBy(window => window.Period)?.Period;

    private static decimal? Normalize(decimal? figure) => Totals.TotalBuilder.Normalize(figure);
}
