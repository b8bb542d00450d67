namespace XilinIngest.Contracts;

/// <summary>
/// One published total. Amounts are exact and in the canonical unit; <see cref="Printed"/> and the rates are rounded, once, half away from
/// zero.
/// </summary>
public sealed record IndicatorTotal
{
    /// <summary>The indicator's code.</summary>
    public required string Indicator { get; init; }

    /// <summary>The month's value; absent if nothing is reported for the month.</summary>
    public decimal? Month { get; init; }

    /// <summary>The year-to-date by the rule of the indicator's kind.</summary>
    public decimal? YearToDate { get; init; }

    /// <summary>The year-to-date in the printed unit at the printed precision.</summary>
    public decimal? Printed { get; init; }

    /// <summary>The base of <see cref="YearToDate"/>: same units, on the basis of <see cref="Basis"/>.</summary>
    public decimal? Base { get; init; }

    /// <summary>
    /// Growth (同比) in per cent (for a rate: percentage points), one decimal; absent if there is no base or <see cref="GrowthWords"/> is
    /// present.
    /// </summary>
    public decimal? Growth { get; init; }

    /// <summary>
    /// In place of a percentage: <c>baseZero</c>, <c>lossToProfit</c>, <c>profitToLoss</c>, <c>lossSmaller</c>, <c>lossLarger</c>,
    /// <c>lossUnchanged</c>.
    /// </summary>
    public GrowthWords? GrowthWords { get; init; }

    /// <summary>
    /// With <see cref="GrowthWords"/>: the compared figure less <see cref="Base"/>, exact, in the canonical unit; below zero if it fell
    /// (增亏, 由盈转亏). Absent if growth is a percentage.
    /// </summary>
    public decimal? GrowthAmount { get; init; }

    /// <summary>
    /// Change of a growth rate (or of a rate) against the month before, in percentage points, from the published rates. Absent while either
    /// month is provisional, because the two rates would cover different units.
    /// </summary>
    public decimal? GrowthChange { get; init; }

    /// <summary>
    /// The part of <see cref="YearToDate"/> that is compared with <see cref="Base"/>, if it differs from the whole: units without a base
    /// are left out.
    /// </summary>
    public decimal? Compared { get; init; }

    /// <summary>
    /// <c>comparable</c> (可比口径) or <c>recorded</c>; null if no growth is published. An indicator on the comparable basis has
    /// <c>recorded</c> if no unit reported a base of its own, so that all bases are recorded ones.
    /// </summary>
    public ComparisonBasis? Basis { get; init; }

    /// <summary>
    /// How many units have a recorded base in place of a comparable one that they did not report. It applies to
    /// <see cref="ComparableGrowth"/> on any basis of the indicator, and to <see cref="Growth"/> if that basis is the comparable one.
    /// </summary>
    public int BaseSubstitutes { get; init; }

    /// <summary>Units that are not in the comparison; null if all are, or if nothing is compared.</summary>
    public UnitsLeftOut? LeftOut { get; init; }

    /// <summary>
    /// Growth on the recorded basis in per cent (for a rate: percentage points), if it can be computed and the indicator has a basis.
    /// </summary>
    public decimal? RecordedGrowth { get; init; }

    /// <summary>
    /// Growth on the comparable basis in per cent, if it can be computed, the indicator has a basis, and at least one unit reported a base
    /// of its own.
    /// </summary>
    public decimal? ComparableGrowth { get; init; }

    /// <summary>
    /// n of "n of m reported": units that have reported this indicator for the month and for every due month before it in the year.
    /// </summary>
    public required int Reported { get; init; }

    /// <summary>m of "n of m reported": units from which this indicator is due for the month.</summary>
    public required int Expected { get; init; }

    /// <summary>
    /// n of "n of m approved": units below whose figures of this indicator, for the month and every month before it in the year, are
    /// complete and approved (审核). Absent if no report of them is reviewed.
    /// </summary>
    public int? Approved { get; init; }

    /// <summary>m of "n of m approved": units below from which the indicator is due for the month and whose reports are reviewed.</summary>
    public int? ToApprove { get; init; }

    /// <summary>
    /// <c>provisional</c> (n &lt; m), <c>complete</c> or <c>final</c> (the month is closed or locked, and all reports that are reviewed are
    /// approved).
    /// </summary>
    public required ResultState State { get; init; }

    /// <summary>The target: per cent of growth (for a rate: percentage points), or a full-year amount.</summary>
    public decimal? Target { get; init; }

    /// <summary><c>growth</c> or <c>amount</c>.</summary>
    public TargetType? TargetKind { get; init; }

    /// <summary>Percentage points ahead (+) or behind (−): growth less target, or pace (时序进度) for an amount.</summary>
    public decimal? Gap { get; init; }

    /// <summary><c>green</c>, <c>amber</c> or <c>red</c>; absent without a target or until the month is complete.</summary>
    public TargetColour? Colour { get; init; }

    /// <summary>For a milestone and a yes/no: how many units are at each stage, from stage 0; absent for other kinds.</summary>
    public IReadOnlyList<int>? Stages { get; init; }

    /// <summary>For a milestone and a yes/no: since when a unit that reports itself has been at its stage.</summary>
    public DateOnly? Since { get; init; }

    /// <summary>
    /// For a milestone and a yes/no of a parent: how many of its units have never reported a stage; null if the unit reports itself.
    /// </summary>
    public int? UnitsWithoutStage { get; init; }

    /// <summary>For a milestone with a target: the stage that is planned for the month.</summary>
    public int? PlannedStage { get; init; }

    /// <summary>For a milestone with a target: how many units have not reached the stage that is planned for the month.</summary>
    public int? UnitsBehind { get; init; }

    /// <summary>For a rate: the summed numerators that it is computed from; absent for other kinds.</summary>
    public decimal? Numerator { get; init; }

    /// <summary>For a rate: the summed denominators. 0 of 0 has no rate: there was nothing to count.</summary>
    public decimal? Denominator { get; init; }

    /// <summary>From 1, contiguous for the unit, indicator and month.</summary>
    public required int Version { get; init; }

    /// <summary>
    /// The ledger rows that changed it since the version before, oldest first, at most 20; empty for a change of the catalogue or the
    /// calendar.
    /// </summary>
    public required IReadOnlyList<long> Cause { get; init; }
}
