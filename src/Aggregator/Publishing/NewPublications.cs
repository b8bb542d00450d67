namespace XilinIngest.Aggregator.Publishing;

/// <summary>What a step adds to the stored publications.</summary>
/// <param name="Publications">The new ones that have results, in the order of their ids.</param>
/// <param name="Superseded">The ids of those that have no newest version any more.</param>
internal sealed record NewPublications(List<Publication> Publications, List<long> Superseded)
{
    /// <summary>The new ones of reviews and of months' changes, which have no newest version.</summary>
    public List<Publication> Requests { get; } = [];
}
