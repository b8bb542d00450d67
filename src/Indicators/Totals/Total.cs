namespace XilinIngest.Indicators;

public enum TotalState
{
    /// <summary>Not every expected unit below has reported.</summary>
    Provisional,

    Complete,

    /// <summary>Complete, and the month is locked.</summary>
    Final,
}

/// <summary>The reporting units that a growth leaves out, though their figures are in the total or in last year's.</summary>
/// <param name="Closed">Units that report no more.</param>
/// <param name="New">Units that did not report a year ago.</param>
/// <param name="WithoutBase">Units that did, and whose figure for the same period is missing.</param>
/// <param name="Incomplete">Units of which a month is missing that was due this year.</param>
public readonly record struct LeftOut(int Closed, int New, int WithoutBase, int Incomplete)
{
    public int Count => Closed + New + WithoutBase + Incomplete;

    /// <summary>The same units in both years, by the base that they report.</summary>
    public static LeftOut OnComparableBasis(in Sums sums) =>
        new(sums.ClosedCount, sums.NewWithoutBaseCount, sums.Reported - sums.ComparableCount - sums.NewWithoutBaseCount, sums.Incomplete);

    /// <summary>What is new and what is gone counts once all have reported.</summary>
    public static LeftOut OnRecordedBasis(in Sums sums, bool complete) => complete
        ? new(sums.ClosedUncomparedCount, 0, sums.Reported - sums.RecordedCount - sums.NewCount, sums.Incomplete)
        : new(sums.ClosedCount, sums.NewCount, sums.Reported - sums.RecordedCount - sums.NewCount, sums.Incomplete);
}

/// <summary>A unit's total for an indicator and month: exact; rounding is for whoever publishes it.</summary>
/// <param name="Month">The month's value.</param>
/// <param name="Ytd">The year-to-date; for a rate the rate in per cent.</param>
/// <param name="Base">What the growth is against, on the indicator's basis.</param>
/// <param name="Compared">The part of <paramref name="Ytd"/> that is compared with <paramref name="Base"/>: units without a base are left
/// out.</param>
/// <param name="Growth">On the indicator's basis, and none of the three where it has no basis; a rate's in percentage points. Where no
/// comparable base is reported, the recorded ones serve.</param>
/// <param name="Comparable">Growth on the comparable basis; absent unless at least one unit reports a base of its own.</param>
/// <param name="Recorded">Growth on the recorded basis.</param>
/// <param name="Substitutes">
/// Recorded bases that stood in for comparable ones, in <paramref name="Comparable"/> and in a <paramref name="Growth"/> on that basis; 0
/// where there is neither.
/// </param>
/// <param name="LeftOut">Units that are in the figure or in last year's, and not in the comparison; none where nothing is compared.</param>
/// <param name="Reported">n.</param>
/// <param name="Expected">m.</param>
/// <param name="State">Provisional, complete or final.</param>
public sealed record Total(
    decimal? Month, decimal? Ytd, decimal? Base, decimal? Compared, Growth Growth, Growth Comparable, Growth Recorded,
    int Substitutes, LeftOut LeftOut, int Reported, int Expected, TotalState State)
{
    /// <summary>Of a kind with stages: where the unit stands, or its units.</summary>
    public StageCounts? Stages { get; init; }

    /// <summary>The total of summed contributions.</summary>
    /// <param name="indicator">The indicator.</param>
    /// <param name="sums">The sums of the month.</param>
    /// <param name="lastYear">The sums of the same month of last year, if it was complete: a rate, once complete itself, is compared with
    /// them.</param>
    /// <param name="expected">How many units are expected to report.</param>
    /// <param name="locked">Whether the month is locked.</param>
    /// <param name="isOwn">Whether the unit reports the indicator itself; a parent is made of its units, though only one may have
    /// reported.</param>
    public static Total FromSums(Indicator indicator, Sums sums, Sums lastYear, int expected, bool locked, bool isOwn)
    {
        var complete = expected > 0 && sums.Reported >= expected;
        var state = !complete ? TotalState.Provisional : locked ? TotalState.Final : TotalState.Complete;
        return indicator.Kind.ToTotal(indicator, sums, lastYear, expected, state, isOwn);
    }

    /// <summary>The total of amounts, with its growth on both bases.</summary>
    internal static Total FromAmounts(Indicator indicator, in Sums sums, int expected, TotalState state, bool hasYearToDate)
    {
        var complete = state != TotalState.Provisional;

        // Where no one reports a base of its own, all that could be compared is the record: no growth on the comparable basis.
        var withSubstitutes = sums.ComparableCount == 0 ? Growth.Absent : Growth.Compute(sums.ComparableCurrent, sums.ComparableBase);
        var hasGrowth = indicator.Basis != GrowthBasis.None;
        var hasComparable = hasGrowth && sums.ComparableCount > sums.Substitutes;

        // While reports are missing, only units with both years are compared; a firm that is new or gone counts once all have reported.
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
