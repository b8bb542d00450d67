using XilinIngest.Indicators;
using XilinIngest.Submissions.Accepted;

namespace XilinIngest.Aggregator.Completeness;

/// <summary>Builds the states of months from the calendar and the rows that moved its dates.</summary>
internal static class MonthsQuery
{
    /// <param name="cube">The cube.</param>
    /// <param name="year">The year; null: all of the calendar.</param>
    /// <param name="showsNames">Whether the caller may read who closed and reopened.</param>
    /// <param name="now">The time.</param>
    public static IReadOnlyList<MonthStatus> List(Cube.IndicatorCube cube, int? year, bool showsNames, DateTimeOffset now) =>
        [.. cube.Catalogue.Calendar.Where(window => year is null || window.Period.Year == year).OrderBy(window => window.Period)
            .Select(window => Describe(cube.Months, window, showsNames, now))];

    private static MonthStatus Describe(MonthStates months, CalendarWindow window, bool showsNames, DateTimeOffset now)
    {
        var moved = months.WindowOf(window);
        return new MonthStatus(
            window.Period.ToString(), StateOf(months, window, moved, now), window.Opens, window.Deadline, KnownDate(moved.Closes),
            KnownDate(moved.Locks), now > months.FinalAfter(window),
            [.. months.HistoryOf(window.Period).Select(change => new MonthHistoryEntry(
                change.Sequence, AcceptedMonthFacts.TransitionOf(change.Action), change.At, change.Until, showsNames ? change.By : null,
                change.Reason))]);
    }

    /// <summary>The dates of a reopened month are at the end of time, and are not shown.</summary>
    public static DateTimeOffset? KnownDate(DateTimeOffset? date) => date == DateTimeOffset.MaxValue ? null : date;

    private static MonthStateName StateOf(MonthStates months, CalendarWindow window, CalendarWindow moved, DateTimeOffset now) =>
        now < window.Opens ? MonthStateName.NotOpen
        : now > moved.Locks ? MonthStateName.Locked
        : months.IsClosed(window, now) ? MonthStateName.Closed
        : months.NewestOf(window.Period) is null ? MonthStateName.Open : MonthStateName.Reopened;
}
