namespace XilinIngest.Aggregator.RollUps;

/// <summary>
/// What a partition has of the months' closings and reviews. A month is released by each partition, once all have it final: the figures of
/// one are also those of the others' reports. Months are numbered yyyymm.
/// </summary>
/// <param name="IsCurrent">Whether every known row of its ledger is in its sums.</param>
/// <param name="Unapproved">The closed months that wait for the review of a report.</param>
/// <param name="Changes">How often each month was closed or reopened.</param>
/// <param name="Reviews">The row of the last review of each month.</param>
internal sealed record PartitionMonths(
    bool IsCurrent, IReadOnlyList<int> Unapproved, IReadOnlyDictionary<int, int> Changes, IReadOnlyDictionary<int, long> Reviews)
{
    /// <summary>Whether a month that was closed or reopened so often waits for nothing of the partition.</summary>
    public bool IsFinal(int month, int changes) =>
        IsCurrent && !Unapproved.Contains(month) && Changes.GetValueOrDefault(month) == changes;
}
