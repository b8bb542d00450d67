namespace XilinIngest.Contracts;

/// <summary>
/// The origin of a submission whose figures are the published totals of another installation: which totals, and the signed state of the
/// ledger that they were computed from. It is stored with the submission and not used for its checks.
/// </summary>
public sealed record SubmissionOrigin
{
    /// <summary>The installation by the name or address that its operator gave it, at most 200 characters.</summary>
    public required string Source { get; init; }

    /// <summary>The unit's code there.</summary>
    public required string Unit { get; init; }

    /// <summary>A signed checkpoint of the ledger there that covers the rows the totals were computed from.</summary>
    public required Checkpoint Checkpoint { get; init; }

    /// <summary>1 to 200: the published total that each value was taken from.</summary>
    public required IReadOnlyList<OriginTotal> Totals { get; init; }
}

/// <summary>A total as another installation published it.</summary>
public sealed record OriginTotal
{
    /// <summary>The indicator's code.</summary>
    public required string Indicator { get; init; }

    /// <summary>The version of the total, from 1.</summary>
    public required int Version { get; init; }

    /// <summary>Its state there: <c>provisional</c> if reports were missing.</summary>
    public required ResultState State { get; init; }
}
