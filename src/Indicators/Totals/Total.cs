namespace XilinIngest.Indicators;

public enum TotalState
{
    /// <summary>Not every expected unit below has reported.</summary>
    Provisional,

    Complete,

    /// <summary>Complete, the month is closed or locked, and all reports that are reviewed are approved.</summary>
    Final,
}

/// <summary>The reporting units that a growth leaves out, though their figures are in the total or in last year's.</summary>
/// <param name="Closed">Units that no longer report.</param>
/// <param name="New">Units that did not report a year ago.</param>
/// <param name="WithoutBase">Units that reported a year ago but whose figure for the same period is missing.</param>
/// <param name="Incomplete">Units that lack a due month of this year.</param>
public readonly record struct LeftOut(int Closed, int New, int WithoutBase, int Incomplete)
{
    public int Count => Closed + New + WithoutBase + Incomplete;

    /// <summary>The same units in both years, by the base that they report.</summary>
    public static LeftOut OnComparableBasis(in Sums sums) =>
        new(sums.ClosedCount, sums.NewWithoutBaseCount, sums.Reported - sums.ComparableCount - sums.NewWithoutBaseCount, sums.Incomplete);

    /// <summary>New and closed units count once all units have reported.</summary>
    public static LeftOut OnRecordedBasis(in Sums sums, bool complete) => complete
        ? new(sums.ClosedUncomparedCount, 0, sums.Reported - sums.RecordedCount - sums.NewCount, sums.Incomplete)
        : new(sums.ClosedCount, sums.NewCount, sums.Reported - sums.RecordedCount - sums.NewCount, sums.Incomplete);
}

/// <summary>A unit's total for an indicator and month: exact. The publisher rounds it.</summary>
/// <param name="Month">The month's value.</param>
/// <param name="Ytd">The year-to-date; for a rate the rate in per cent.</param>
/// <param name="Base">The base of the growth, on the indicator's basis.</param>
/// <param name="Compared">The part of <paramref name="Ytd"/> that is compared with <paramref name="Base"/>: units without a base are left
/// out.</param>
/// <param name="Growth">
/// Growth on the indicator's basis; for a rate in percentage points. All three growths are absent if the indicator has no basis. If no
/// comparable base is reported, the recorded bases are used.
/// </param>
/// <param name="Comparable">Growth on the comparable basis; absent unless at least one unit reports a base of its own.</param>
/// <param name="Recorded">Growth on the recorded basis.</param>
/// <param name="Substitutes">
/// How many recorded bases were used in place of comparable ones, in <paramref name="Comparable"/> and in a <paramref name="Growth"/> on
/// that basis; 0 if both are absent.
/// </param>
/// <param name="LeftOut">Units that are in this or last year's figure but not in the comparison; all zero if nothing is compared.</param>
/// <param name="Reported">n.</param>
/// <param name="Expected">m.</param>
/// <param name="State">Provisional, complete or final.</param>
public sealed record Total(
    decimal? Month, decimal? Ytd, decimal? Base, decimal? Compared, Growth Growth, Growth Comparable, Growth Recorded,
    int Substitutes, LeftOut LeftOut, int Reported, int Expected, TotalState State)
{
    /// <summary>n and m of "n of m approved"; null: no report that is in it is reviewed.</summary>
    public (int Approved, int ToApprove)? Approvals { get; init; }

    /// <summary>For a kind with stages: the stage of the unit, or how many of its units are at each stage.</summary>
    public StageCounts? Stages { get; init; }

    /// <summary>For a rate: what it is computed from; null for other kinds, and if no unit has reported.</summary>
    public (decimal Numerator, decimal Denominator)? Parts { get; init; }

    /// <summary>The total of summed contributions.</summary>
    /// <param name="indicator">The indicator.</param>
    /// <param name="sums">The sums of the month.</param>
    /// <param name="lastYear">The sums of the same month of last year, if it was complete. A complete rate is compared with them.</param>
    /// <param name="expected">How many units are expected to report.</param>
    /// <param name="locked">Whether the month is closed or locked, and all reports that are reviewed are approved.</param>
    /// <param name="isOwn">
    /// Whether the unit reports the indicator itself; a parent's total is computed from its units, even if only one has reported.
    /// </param>
    public static Total FromSums(Indicator indicator, in Sums sums, in Sums lastYear, int expected, bool locked, bool isOwn)
    {
        var complete = expected > 0 && sums.Reported >= expected;
        var state = !complete ? TotalState.Provisional : locked ? TotalState.Final : TotalState.Complete;
        return indicator.Kind.ToTotal(indicator, sums, lastYear, expected, state, isOwn);
    }

    /// <summary>The total of amounts, with its growth on both bases.</summary>
    internal static Total FromAmounts(Indicator indicator, in Sums sums, int expected, TotalState state, bool hasYearToDate)
    {
        var complete = state != TotalState.Provisional;

        // If no unit reports a base of its own, only recorded bases remain, and there is no growth on the comparable basis.
        var withSubstitutes = Growth.Compute(sums.ComparableCurrent, sums.ComparableBase);
        var hasGrowth = indicator.Basis != GrowthBasis.None;
        var hasComparable = hasGrowth && sums.ComparableCount > sums.Substitutes;

        // While reports are missing, only units with both years are compared; new and closed firms count once all have reported.
        var recordedCurrent = sums.RecordedCurrent + (complete ? sums.NewCurrent : 0);
        var recordedBase = sums.RecordedBase + (complete ? sums.ClosedBase : 0);
        var hasRecorded = hasGrowth && (sums.RecordedCount > 0 || (complete && sums.ClosedBaseCount > 0));
        var recorded = hasRecorded ? Growth.Compute(recordedCurrent, recordedBase) : Growth.Absent;

        var (growth, @base, compared, leftOut) = indicator.Basis switch
        {
            GrowthBasis.Comparable when sums.ComparableCount > 0 =>
                (withSubstitutes, sums.ComparableBase, sums.ComparableCurrent, LeftOut.OnComparableBasis(sums)),
            GrowthBasis.Recorded when hasRecorded => (recorded, recordedBase, recordedCurrent, LeftOut.OnRecordedBasis(sums, complete)),
            _ => (Growth.Absent, (decimal?)null, (decimal?)null, default(LeftOut)),
        };

        return new Total(
            sums.MonthCount > 0 ? sums.Month : null, hasYearToDate ? sums.Ytd : null, @base, compared, growth,
            hasComparable ? withSubstitutes : Growth.Absent, recorded,
            hasComparable || indicator.Basis == GrowthBasis.Comparable ? sums.Substitutes : 0, leftOut, sums.Reported, expected, state);
    }
}
