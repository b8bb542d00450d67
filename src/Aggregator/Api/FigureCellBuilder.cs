using XilinIngest.Aggregator.ReadModel;
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
        return new(point.Month, point.YearToDate, point.LastYearToDate, point.Growth, point.Comparison?.Words, point.State)
        {
            Base = point.Comparison?.Base,
            Absence = point is { Month: null, Reported: 0 } ? AbsenceOf(unit, indicator, period, point.Expected) : null,
        };
    }

    private FigureAbsence AbsenceOf(Unit unit, Indicator indicator, Period period, int expected) =>
        expected > 0 ? IsStillDue(period) ? FigureAbsence.NotDueYet : FigureAbsence.Missing
        : !indicator.IsDueIn(period) && ExpectedIn(unit, indicator, period.AddMonths(1)) > 0 ? FigureAbsence.Exempt
        : FigureAbsence.NotApplicable;

    // A month that the calendar does not have yet has no deadline that could have passed.
    private bool IsStillDue(Period period) => published.Catalogue.WindowOf(period) is not { } window || now <= window.Deadline;

    private int ExpectedIn(Unit unit, Indicator indicator, Period period) => published.HasTotals(unit)
        ? published.ExpectedOf(unit, indicator, period) : Contribution.IsDue(indicator, unit, period) ? 1 : 0;
}
