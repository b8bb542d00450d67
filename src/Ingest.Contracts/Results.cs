namespace XilinIngest.Contracts;

/// <summary>
/// What a unit's indicators come to in a month: those that changed, each a new version of its own. Published for
/// villages and above; one enterprise's figures are never published. To <see cref="Exchanges.Results"/>.
/// </summary>
public sealed record TotalsPublished
{
    /// <summary>The unit's code.</summary>
    public required string Unit { get; init; }

    /// <summary>The month, <c>yyyy-MM</c>.</summary>
    public required string Period { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset PublishedAt { get; init; }

    /// <summary>In catalogue order.</summary>
    public required IReadOnlyList<IndicatorTotal> Totals { get; init; }
}

/// <summary>
/// One published total. Amounts are exact and in the canonical unit; <see cref="Printed"/> and the rates are rounded, once, half away from
/// zero.
/// </summary>
public sealed record IndicatorTotal
{
    /// <summary>The indicator's code.</summary>
    public required string Indicator { get; init; }

    /// <summary>The month's value; absent where nothing is reported for the month.</summary>
    public decimal? Month { get; init; }

    /// <summary>The year-to-date by the rule of the indicator's kind.</summary>
    public decimal? YearToDate { get; init; }

    /// <summary>The year-to-date in the printed unit at the printed precision.</summary>
    public decimal? Printed { get; init; }

    /// <summary>What <see cref="YearToDate"/> is compared with: same units, the basis named by <see cref="Basis"/>.</summary>
    public decimal? Base { get; init; }

    /// <summary>
    /// Growth (同比) in per cent (for a rate: percentage points), one decimal; absent where <see cref="GrowthWords"/> says why.
    /// </summary>
    public decimal? Growth { get; init; }

    /// <summary>
    /// In place of a percentage: <c>baseZero</c>, <c>lossToProfit</c>, <c>profitToLoss</c>, <c>lossSmaller</c>, <c>lossLarger</c>,
    /// <c>lossUnchanged</c>.
    /// </summary>
    public GrowthWords? GrowthWords { get; init; }

    /// <summary>
    /// Beside <see cref="GrowthWords"/>: the figure compared less <see cref="Base"/>, exact, in the canonical unit; below zero
    /// where it fell (增亏, 由盈转亏). Absent where growth is a percentage.
    /// </summary>
    public decimal? GrowthAmount { get; init; }

    /// <summary>
    /// Change of a growth rate (or of a rate) against the month before, in percentage points, from the published rates. Absent while either
    /// month is provisional: other units would be compared.
    /// </summary>
    public decimal? GrowthChange { get; init; }

    /// <summary>
    /// The part of <see cref="YearToDate"/> that is compared with <see cref="Base"/>, where that is not all of it: units without a base are
    /// left out.
    /// </summary>
    public decimal? Compared { get; init; }

    /// <summary>
    /// <c>comparable</c> (可比口径) or <c>recorded</c>; null where no growth is published. An indicator on the comparable basis
    /// says <c>recorded</c> where no unit reported a base of its own: each recorded one then stood in for it.
    /// </summary>
    public ComparisonBasis? Basis { get; init; }

    /// <summary>
    /// How many units' recorded figure stood in for a comparable one that they did not report: in <see cref="ComparableGrowth"/>,
    /// whatever the indicator's basis, and in <see cref="Growth"/> where that basis is the comparable one.
    /// </summary>
    public int BaseSubstitutes { get; init; }

    /// <summary>Units that are not in the comparison; null: all are, or nothing is compared.</summary>
    public UnitsLeftOut? LeftOut { get; init; }

    /// <summary>
    /// Growth on the recorded basis in per cent (for a rate: percentage points), where it can be computed and the indicator has a basis.
    /// </summary>
    public decimal? RecordedGrowth { get; init; }

    /// <summary>
    /// Growth on the comparable basis in per cent, where it can be computed, the indicator has a basis, and at least one unit reported a
    /// base of its own.
    /// </summary>
    public decimal? ComparableGrowth { get; init; }

    /// <summary>
    /// n of "n of m reported": units that have reported this indicator for the month and for all that was due before it in the year.
    /// </summary>
    public required int Reported { get; init; }

    /// <summary>m of "n of m reported": units from which this indicator is due for the month.</summary>
    public required int Expected { get; init; }

    /// <summary><c>provisional</c> (n &lt; m), <c>complete</c> or <c>final</c> (the month is locked).</summary>
    public required ResultState State { get; init; }

    /// <summary>The target: per cent of growth (for a rate: percentage points), or a full-year amount.</summary>
    public decimal? Target { get; init; }

    /// <summary><c>growth</c> or <c>amount</c>.</summary>
    public TargetType? TargetKind { get; init; }

    /// <summary>Percentage points ahead (+) or behind (−): growth less target, or pace (时序进度) for an amount.</summary>
    public decimal? Gap { get; init; }

    /// <summary><c>green</c>, <c>amber</c> or <c>red</c>; absent without a target or until the month is complete.</summary>
    public TargetColour? Colour { get; init; }

    /// <summary>For a milestone and a yes/no: how many units stand at each stage, from stage 0; absent for other kinds.</summary>
    public IReadOnlyList<int>? Stages { get; init; }

    /// <summary>For a milestone and a yes/no: since when a unit that reports itself has been at its stage.</summary>
    public DateOnly? Since { get; init; }

    /// <summary>
    /// For a milestone and a yes/no of a parent: how many of its units have never reported a stage. Null: the unit reports itself.
    /// </summary>
    public int? UnitsWithoutStage { get; init; }

    /// <summary>For a milestone with a target: the stage that is planned for the month.</summary>
    public int? PlannedStage { get; init; }

    /// <summary>For a milestone with a target: how many units have not reached the stage that is planned for the month.</summary>
    public int? UnitsBehind { get; init; }

    /// <summary>From 1, contiguous for the unit, indicator and month.</summary>
    public required int Version { get; init; }

    /// <summary>
    /// The ledger rows that changed it since the version before, oldest first, at most 20; empty for a change of the catalogue or the
    /// calendar.
    /// </summary>
    public required IReadOnlyList<long> Cause { get; init; }
}

/// <summary>The siblings below one parent, ranked by one indicator in one month. To <see cref="Exchanges.Results"/>.</summary>
public sealed record RankingPublished
{
    /// <summary>The parent's code.</summary>
    public required string Parent { get; init; }

    /// <summary>The indicator's code.</summary>
    public required string Indicator { get; init; }

    /// <summary>The month, <c>yyyy-MM</c>.</summary>
    public required string Period { get; init; }

    /// <summary><c>growth</c>, <c>value</c> or <c>completion</c>; <c>none</c> where the catalogue ranks the indicator no more.</summary>
    public required RankingMeasure By { get; init; }

    /// <summary><c>higher</c> or <c>lower</c> is better.</summary>
    public required RankingDirection Direction { get; init; }

    /// <summary>As for a total, over all siblings.</summary>
    public required ResultState State { get; init; }

    /// <summary>n of "n of m reported", over all siblings.</summary>
    public required int Reported { get; init; }

    /// <summary>m of "n of m reported", over all siblings.</summary>
    public required int Expected { get; init; }

    /// <summary>In rank order, then by code; units without a value last, unranked. Empty where <see cref="Ended"/> says why.</summary>
    public required IReadOnlyList<RankedUnit> Units { get; init; }

    /// <summary>
    /// Why there is no ranking any more, in a version that takes back the one before it: <c>noFigures</c> (all were withdrawn),
    /// <c>fewerThanTwo</c> (no two siblings report it any more) or <c>notRanked</c> (the catalogue ranks the indicator no more).
    /// Absent in a ranking.
    /// </summary>
    public RankingEnd? Ended { get; init; }

    /// <summary>From 1, contiguous for the parent, indicator and month.</summary>
    public required int Version { get; init; }

    /// <summary>As for a total.</summary>
    public required IReadOnlyList<long> Cause { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset PublishedAt { get; init; }
}

/// <summary>One place of a ranking.</summary>
public sealed record RankedUnit
{
    /// <summary>The unit's code.</summary>
    public required string Unit { get; init; }

    /// <summary>What it is ranked by, at published precision; null: no value, no rank.</summary>
    public decimal? Value { get; init; }

    /// <summary>Standard competition rank (1, 1, 3).</summary>
    public int? Rank { get; init; }

    /// <summary>Its rank in the month before.</summary>
    public int? PreviousRank { get; init; }

    /// <summary>For a milestone and a yes/no: since when; of units with the same value the earlier ranks first.</summary>
    public DateOnly? Since { get; init; }

    /// <summary>
    /// Of a ranking by growth: what it was computed from, exact, in the canonical unit; also where words stand for it and it has no rank.
    /// </summary>
    public GrowthComparison? Comparison { get; init; }
}
