namespace XilinIngest.Indicators;

/// <summary>The contribution of a unit to a growth: its year-to-date and the base.</summary>
internal static class BaseComparison
{
    /// <param name="sums">The contribution so far.</param>
    /// <param name="months">The unit's months.</param>
    /// <param name="recorded">Last year's figure as recorded; null if it does not exist or lacks a month.</param>
    public static void Add(ref Sums sums, in ReportedMonths months, decimal? recorded)
    {
        var (current, reported) = (sums.Ytd, months.Current.LastYear);
        if (recorded is { } recordedBase)
        {
            (sums.RecordedCount, sums.RecordedCurrent, sums.RecordedBase) = (1, current, recordedBase);
        }
        else if (!months.Reports(months.Period.SameMonthLastYear))
        {
            (sums.NewCurrent, sums.NewCount, sums.NewWithoutBaseCount) = (current, 1, reported is null ? 1 : 0);
        }

        if ((reported ?? recorded) is { } comparableBase)
        {
            (sums.ComparableCount, sums.ComparableCurrent, sums.ComparableBase) = (1, current, comparableBase);
            sums.Substitutes = reported is null ? 1 : 0;
        }
    }

    /// <summary>Adds a unit that no longer reports. Its figure of last year stays in the base.</summary>
    public static Sums AddClosed(Sums sums, decimal? recorded) =>
        recorded is { } closed ? sums with { ClosedBaseCount = 1, ClosedBase = closed, ClosedCount = 1 } : sums;
}
