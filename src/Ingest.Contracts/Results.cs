namespace XilinIngest.Contracts;

/// <summary>
/// The totals of a unit in a month: the indicators that changed, each with a new version of its own. Published for villages and above; the
/// figures of a single enterprise are never published. To <see cref="Exchanges.Results"/>.
/// </summary>
public sealed record TotalsPublished
{
    /// <summary>The unit's code.</summary>
    public required string Unit { get; init; }

    /// <summary>The month, <c>yyyy-MM</c>.</summary>
    public required string Period { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset PublishedAt { get; init; }

    /// <summary>The path of the partition whose ledger has the rows of the causes; absent where one ledger has the whole tree.</summary>
    public string? Partition { get; init; }

    /// <summary>
    /// When the figures of these versions were pruned (清理): they are older than versions are kept, and have version, state, counts and
    /// cause left. Only in answers about versions; absent in what is published.
    /// </summary>
    public DateTimeOffset? PrunedAt { get; init; }

    /// <summary>In catalogue order.</summary>
    public required IReadOnlyList<IndicatorTotal> Totals { get; init; }
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

    /// <summary><c>growth</c>, <c>value</c> or <c>completion</c>; <c>none</c> if the catalogue no longer ranks the indicator.</summary>
    public required RankingMeasure By { get; init; }

    /// <summary><c>higher</c> or <c>lower</c> is better.</summary>
    public required RankingDirection Direction { get; init; }

    /// <summary>As for a total, over all siblings.</summary>
    public required ResultState State { get; init; }

    /// <summary>n of "n of m reported", over all siblings.</summary>
    public required int Reported { get; init; }

    /// <summary>m of "n of m reported", over all siblings.</summary>
    public required int Expected { get; init; }

    /// <summary>In rank order, then by code; units without a value last, unranked. Empty if <see cref="Ended"/> is present.</summary>
    public required IReadOnlyList<RankedUnit> Units { get; init; }

    /// <summary>
    /// Why the ranking no longer exists, in a version that revokes the version before it: <c>noFigures</c> (all figures were withdrawn),
    /// <c>fewerThanTwo</c> (fewer than two siblings report the indicator) or <c>notRanked</c> (the catalogue no longer ranks the
    /// indicator). Absent in a ranking.
    /// </summary>
    public RankingEnd? Ended { get; init; }

    /// <summary>The path of the partition whose ledger has the rows of the cause; absent where one ledger has the whole tree.</summary>
    public string? Partition { get; init; }

    /// <summary>
    /// When the figures of this version were pruned (清理): it is older than versions are kept, and has no units left. Only in answers
    /// about versions, and in the live feed in events named <c>RankingPruned</c>; absent in what is published.
    /// </summary>
    public DateTimeOffset? PrunedAt { get; init; }

    /// <summary>From 1, contiguous for the parent, indicator and month.</summary>
    public required int Version { get; init; }

    /// <summary>As for a total.</summary>
    public required IReadOnlyList<long> Cause { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset PublishedAt { get; init; }
}

/// <summary>One unit of a ranking.</summary>
public sealed record RankedUnit
{
    /// <summary>The unit's code.</summary>
    public required string Unit { get; init; }

    /// <summary>
    /// The value it is ranked by, at published precision; null if it has no value and therefore no rank. A figure is in the printed unit of
    /// the indicator, rounded as its unit prints it: below a street whole in the canonical unit, so that 1,230 万元 are 0.123 亿元.
    /// </summary>
    public decimal? Value { get; init; }

    /// <summary>Standard competition rank (1, 1, 3).</summary>
    public int? Rank { get; init; }

    /// <summary>Its rank in the month before.</summary>
    public int? PreviousRank { get; init; }

    /// <summary>
    /// For a milestone and a yes/no: since when the value has held. Among units with the same value, the earlier date ranks first.
    /// </summary>
    public DateOnly? Since { get; init; }

    /// <summary>
    /// For a ranking by growth: the figures it was computed from, exact, in the canonical unit. Present also if the growth is a word and
    /// the unit has no rank.
    /// </summary>
    public GrowthComparison? Comparison { get; init; }
}
