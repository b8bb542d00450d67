using XilinIngest.Aggregator.ReadModel;
using XilinIngest.Aggregator.Totals;
using XilinIngest.Contracts;
using XilinIngest.Hosting.Access;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Api;

/// <summary>Builds a cell of a table: the month of the indicator's series, or why there is none.</summary>
/// <param name="published">The published results.</param>
/// <param name="caller">The caller.</param>
/// <param name="now">The time, by which a report is missing or not due yet.</param>
internal sealed class FigureCellBuilder(PublishedSnapshot published, Caller caller, DateTimeOffset now)
{
    /// <summary>
    /// Null: the caller may not see it. A firm that has moved shows an office its years there alone, as the series of a year does.
    /// </summary>
    public FigureCell? Build(Unit unit, Indicator indicator, Period period)
    {
        if (!caller.MaySeeFiguresOf(unit, new Period(period.Year, 12), published.Catalogue.Units))
        {
            return null;
        }

        var point = SeriesPointBuilder.Build(published, unit, indicator, period);
        var (own, isWhole) = !published.HasTotals(unit) && (point.Month ?? point.YearToDate) is not null
            ? SumOfMonths(unit, indicator, period) : (null, true);
        return new(point.Month, point.YearToDate ?? own,
            point.LastYearToDate ?? (own is null ? null : SumOfMonths(unit, indicator, period.SameMonthLastYear).Ytd),
            point.Growth, point.Comparison?.Words, isWhole ? point.State : ResultState.Provisional)
        {
            Base = point.Comparison?.Base,
            Compared = point.Comparison?.Current == point.YearToDate ? null : point.Comparison?.Current,
            Absence = point is { Month: null, Reported: 0 } ? AbsenceOf(unit, indicator, period, point.Expected) : null,
        };
    }

    // An enterprise has no published totals, but its months have a sum.
    private (decimal? Ytd, bool IsWhole) SumOfMonths(Unit unit, Indicator indicator, Period period)
    {
        YearOfFigures year = default, before = default;
        published.FiguresOf(unit, period.Year)?.CopyTo(indicator.Order, year);
        published.FiguresOf(unit, period.Year - 1)?.CopyTo(indicator.Order, before);
        var (ytd, isWhole) = Contribution.YearToDate(indicator, unit, period, year, before);
        return (TotalBuilder.Normalize(ytd), isWhole);
    }

    private FigureAbsence AbsenceOf(Unit unit, Indicator indicator, Period period, int expected) =>
        expected > 0 ? WhenDue(period)
        : !indicator.IsDueIn(period) && ExpectedIn(unit, indicator, period.AddMonths(1)) > 0 ? FigureAbsence.Exempt
        : FigureAbsence.NotApplicable;

    // A month that the calendar does not have yet has no deadline that could have passed; history, and what is before the calendar, was
    // never due.
    private FigureAbsence WhenDue(Period period) => published.Catalogue.WindowOf(period) is { } window
        ? window.IsHistory ? FigureAbsence.NotApplicable : now <= window.Deadline ? FigureAbsence.NotDueYet : FigureAbsence.Missing
        : period.CompareTo(Period.Containing(now)) >= 0 ? FigureAbsence.NotDueYet : FigureAbsence.NotApplicable;

    private int ExpectedIn(Unit unit, Indicator indicator, Period period) => published.HasTotals(unit)
        ? published.ExpectedOf(unit, indicator, period) : Contribution.IsDue(indicator, unit, period) ? 1 : 0;
}
