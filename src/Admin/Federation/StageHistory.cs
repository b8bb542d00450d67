using XilinIngest.Contracts.Responses;
using XilinIngest.Indicators;

namespace XilinIngest.Admin.Federation;

/// <summary>When all units of a parent had reached a stage, by the published totals of its months.</summary>
internal static class StageHistory
{
    /// <summary>
    /// The last day of the first month from which on all units have the stage, up to the given month; null: the months do not reach back to
    /// one without it.
    /// </summary>
    public static DateOnly? FindDay(IReadOnlyList<SeriesPoint> months, Period period, int stage)
    {
        var at = months.ToList().FindIndex(month => month.Period == period.ToString());
        if (at < 0 || !HasStage(months[at], stage))
        {
            return null;
        }

        while (at > 0 && HasStage(months[at - 1], stage))
        {
            at--;
        }

        var first = Period.Parse(months[at].Period);
        return at == 0 ? null : new DateOnly(first.Year, first.Month, DateTime.DaysInMonth(first.Year, first.Month));
    }

    private static bool HasStage(SeriesPoint month, int stage) =>
        month is { YearToDate: { } lowest, UnitsWithoutStage: 0 } && lowest >= stage;
}
