namespace XilinIngest.Aggregator.Cube;

/// <summary>The position of the cube in the ledger and in its publications.</summary>
internal sealed class CubePosition
{
    public long AppliedThrough { get; init; }

    /// <summary>The leaf hash of that row; null: it is unknown.</summary>
    public string? AppliedHash { get; init; }
    public long PublishedThrough { get; init; }

    /// <summary>How often the cube has been taken over.</summary>
    public long Epoch { get; init; }

    /// <summary>How many transactions have stored a step. Each row has the number of the one that wrote it last.</summary>
    public long Revision { get; init; }

    /// <summary>The last revision that replaced all rows.</summary>
    public long ReplacedRevision { get; init; }
}
