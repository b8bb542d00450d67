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
}
