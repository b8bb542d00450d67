using XilinIngest.Indicators;
using XilinIngest.Submissions.Accepted;

namespace XilinIngest.Aggregator.Completeness;

/// <summary>Builds the states of months from the calendar and the rows that moved its dates.</summary>
internal static class MonthsQuery
{
    private const int MaxNamed = 50;

    /// <param name="cube">The cube.</param>
    /// <param name="year">The year; null: all of the calendar.</param>
    /// <param name="showsNames">Whether the caller may read who closed and reopened.</param>
    /// <param name="now">The time.</param>
    public static IReadOnlyList<MonthStatus> List(Cube.IndicatorCube cube, int? year, bool showsNames, DateTimeOffset now) =>
        [.. cube.Catalogue.Calendar.Where(window => year is null || window.Period.Year == year).OrderBy(window => window.Period)
            .Select(window => Describe(cube, window, showsNames, now))];

    private static MonthStatus Describe(Cube.IndicatorCube cube, CalendarWindow window, bool showsNames, DateTimeOffset now)
    {
        var (months, moved) = (cube.Months, cube.Months.WindowOf(window));
        var waitsFor = now > months.MayBeFinalAfter(window) ? cube.UnapprovedReports(window.Period) : [];
        return new MonthStatus(
            window.Period.ToString(), StateOf(months, window, now), window.Opens, window.Deadline, KnownDate(moved.Closes),
            KnownDate(moved.Locks), cube.IsFinal(window.Period, now),
            [.. months.HistoryOf(window.Period).Select(change => new MonthHistoryEntry(
                change.Sequence, AcceptedMonthFacts.TransitionOf(change.Action), change.At, change.Until, showsNames ? change.By : null,
                change.Reason))])
        {
            WaitsForCount = waitsFor.Count,
            WaitsFor = [.. waitsFor.Take(MaxNamed).Select(unit => Describe(cube, unit, window.Period))],
        };
    }

    private static UnapprovedReport Describe(Cube.IndicatorCube cube, Unit unit, Period through)
    {
        var (period, state) = Enumerable.Range(1, through.Month).Select(month => new Period(through.Year, month))
            .Select(month => (Month: month, State: ReviewsQuery.ForReport(cube, unit, month)?.State))
            .First(report => report.State is ReviewStateName.Waiting or ReviewStateName.Returned);
        return new(unit.Code.Value, unit.NameZh, unit.NameEn, period.ToString(), state!.Value);
    }

    /// <summary>The dates of a reopened month are at the end of time, and are not shown.</summary>
    public static DateTimeOffset? KnownDate(DateTimeOffset? date) => date == DateTimeOffset.MaxValue ? null : date;

    public static MonthStateName StateOf(MonthStates months, CalendarWindow window, DateTimeOffset now) =>
        now < window.Opens ? MonthStateName.NotOpen
        : now > months.WindowOf(window).Locks ? MonthStateName.Locked
        : months.IsClosed(window, now) ? MonthStateName.Closed
        : months.NewestOf(window.Period) is null ? MonthStateName.Open : MonthStateName.Reopened;
}
