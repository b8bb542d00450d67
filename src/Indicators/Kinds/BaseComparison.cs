namespace XilinIngest.Indicators;

/// <summary>What a unit contributes to a growth: its year-to-date and what it is compared with.</summary>
internal static class BaseComparison
{
    /// <param name="sums">The contribution so far.</param>
    /// <param name="months">The unit's months.</param>
    /// <param name="recorded">Last year's figure as it was recorded; null: there is none, or it lacks a month.</param>
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

    /// <summary>Of a unit that reports no more, last year's figure stays in the base.</summary>
    public static Sums AddClosed(Sums sums, decimal? recorded) =>
        recorded is { } closed ? sums with { ClosedBaseCount = 1, ClosedBase = closed, ClosedCount = 1 } : sums;
}
