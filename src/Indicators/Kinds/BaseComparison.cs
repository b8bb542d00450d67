namespace XilinIngest.Indicators;

/// <summary>The contribution of a unit to a growth: its year-to-date and the base.</summary>
internal static class BaseComparison
{
    /// <param name="sums">The contribution so far.</param>
    /// <param name="months">The unit's months.</param>
    /// <param name="recorded">Last year's figure as recorded; null if it does not exist or lacks a month.</param>
    public static Sums Add(Sums sums, in ReportedMonths months, decimal? recorded)
    {
        var (current, reported) = (sums.Ytd, months.Current.LastYear);
        if (recorded is { } recordedBase)
        {
            sums = sums with { RecordedCount = 1, RecordedCurrent = current, RecordedBase = recordedBase };
        }
        else if (!months.Reports(months.Period.SameMonthLastYear))
        {
            sums = sums with { NewCurrent = current, NewCount = 1, NewWithoutBaseCount = reported is null ? 1 : 0 };
        }

        return (reported ?? recorded) is { } comparableBase
            ? sums with
            {
                ComparableCount = 1,
                ComparableCurrent = current,
                ComparableBase = comparableBase,
                Substitutes = reported is null
                ? 1 : 0
            }
            : sums;
    }

    /// <summary>Adds a unit that no longer reports. Its figure of last year stays in the base.</summary>
    public static Sums AddClosed(Sums sums, decimal? recorded) =>
        recorded is { } closed ? sums with { ClosedBaseCount = 1, ClosedBase = closed, ClosedCount = 1 } : sums;
}
