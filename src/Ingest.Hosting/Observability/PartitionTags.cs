namespace XilinIngest.Hosting.Observability;

/// <summary>What the measures of a partition are told apart by.</summary>
public static class PartitionTags
{
    /// <summary>The tag of a partition; none where the tree is not split.</summary>
    /// <param name="path">Its path; null: the whole tree.</param>
    public static KeyValuePair<string, object?>[] Of(string? path) => string.IsNullOrEmpty(path) ? [] : [new("partition", path)];
}
