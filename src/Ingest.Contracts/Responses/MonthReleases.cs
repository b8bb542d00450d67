namespace XilinIngest.Contracts.Responses;

/// <summary>
/// A release (发布) of a month: the versions of its totals and rankings that were the newest when it became final. A release never changes; a
/// month that becomes final again, by another closing or by the approval of a correction, has a further one.
/// </summary>
/// <param name="Period">The month.</param>
/// <param name="Number">From 1 for each month.</param>
/// <param name="ReleasedAt">When it was made, UTC.</param>
/// <param name="LedgerThrough">The ledger row up to which the results were computed.</param>
/// <param name="LedgerHash">
/// The leaf hash of that row, in hex: with an inclusion proof of the row, the proof of what the release was made from. Null: the ledger's
/// messages had no hashes.
/// </param>
/// <param name="MonthRow">The closing or reopening of the month that counted, as a ledger row; null: the calendar's dates.</param>
public sealed record MonthRelease(
    string Period, int Number, DateTimeOffset ReleasedAt, long LedgerThrough, string? LedgerHash, long? MonthRow)
{
    /// <summary>
    /// The ledger's signed checkpoint that covers the row, as the release carries it: with <c>/api/ledger/inclusion</c> for its size, the
    /// proof that the row is in the log. Null: the release was made before releases had one.
    /// </summary>
    public Checkpoint? Checkpoint { get; init; }

    /// <summary>
    /// Where the unit tree is split: what the release has of each partition's ledger. The rows above are then those of the ledger with the
    /// topmost unit. Absent where one ledger has the whole tree.
    /// </summary>
    public IReadOnlyList<PartitionRelease>? Partitions { get; init; }
}

/// <summary>A partition's part of a release.</summary>
/// <param name="Partition">The path of the partition.</param>
/// <param name="LedgerThrough">The row of its ledger up to which the results were computed.</param>
/// <param name="LedgerHash">The leaf hash of that row; null: it is unknown.</param>
/// <param name="Checkpoint">The signed checkpoint of its ledger that covers the row; null: none was known.</param>
public sealed record PartitionRelease(string Partition, long LedgerThrough, string? LedgerHash, Checkpoint? Checkpoint);

/// <summary>What differs between a release of a month and a later one, or the present results.</summary>
/// <param name="Unit">The unit that was asked for: it and all below it that have totals are compared.</param>
/// <param name="From">The earlier release.</param>
/// <param name="To">The later release; null: the present results.</param>
/// <param name="ChangeCount">The number of differences.</param>
/// <param name="Changes">The differences by unit and indicator in the order of the catalogue, at most 500.</param>
public sealed record ReleaseComparison(
    string Unit, MonthRelease From, MonthRelease? To, int ChangeCount, IReadOnlyList<ReleaseChange> Changes)
{
    /// <summary>The rows among the causes of the changes that are reviews of reports (退回、审核通过), by row.</summary>
    public IReadOnlyList<CausingReview> Reviews { get; init; } = [];
}

/// <summary>A figure or a place that differs.</summary>
/// <param name="Unit">The unit's code.</param>
/// <param name="UnitNameZh">Its name in Chinese.</param>
/// <param name="UnitNameEn">Its name in English.</param>
/// <param name="Before">The row of the report in the earlier release.</param>
/// <param name="After">The row of the report in the later one.</param>
/// <param name="Difference">
/// The later year-to-date less the earlier one, exact, in <paramref name="DifferenceUnit"/>; null: one of them has none.
/// </param>
/// <param name="DifferenceUnit">The indicator's canonical unit, such as 万元.</param>
/// <param name="Cause">
/// The ledger rows that changed the figure in between, newest first, at most 20. Empty: the figure is the same, and only its place in the
/// ranking changed, or the catalogue changed it.
/// </param>
public sealed record ReleaseChange(
    string Unit, string UnitNameZh, string UnitNameEn, ReportRow Before, ReportRow After, decimal? Difference, string DifferenceUnit,
    IReadOnlyList<long> Cause);
