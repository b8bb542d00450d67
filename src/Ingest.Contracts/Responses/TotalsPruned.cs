namespace XilinIngest.Contracts.Responses;

/// <summary>
/// What is left of a <see cref="TotalsPublished"/> that is older than versions are kept (清理): its versions, without their figures. Only
/// in the live feed, to a reader that resumes from before it.
/// </summary>
public sealed record TotalsPruned
{
    /// <summary>The unit's code.</summary>
    public required string Unit { get; init; }

    /// <summary>The month, <c>yyyy-MM</c>.</summary>
    public required string Period { get; init; }

    /// <summary>When the versions were published. UTC.</summary>
    public required DateTimeOffset PublishedAt { get; init; }

    /// <summary>The path of the partition whose ledger has the rows of the causes; absent where one ledger has the whole tree.</summary>
    public string? Partition { get; init; }

    /// <summary>When their figures were pruned. UTC.</summary>
    public required DateTimeOffset PrunedAt { get; init; }

    /// <summary>The versions, together where they have all else in common.</summary>
    public required IReadOnlyList<PrunedTotals> Totals { get; init; }
}

/// <summary>Pruned versions of totals with the same state, counts and cause.</summary>
public sealed record PrunedTotals
{
    /// <summary>The version of each indicator, by its code.</summary>
    public required IReadOnlyDictionary<string, int> Versions { get; init; }

    /// <summary>As for a total.</summary>
    public required int Reported { get; init; }

    /// <summary>As for a total.</summary>
    public required int Expected { get; init; }

    /// <summary>As for a total.</summary>
    public int? Approved { get; init; }

    /// <summary>As for a total.</summary>
    public int? ToApprove { get; init; }

    /// <summary>As for a total.</summary>
    public required ResultState State { get; init; }

    /// <summary>As for a total: the ledger rows behind the versions.</summary>
    public required IReadOnlyList<long> Cause { get; init; }
}
