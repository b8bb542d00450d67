using XilinIngest.Aggregator.Cube;
using XilinIngest.Aggregator.Releases;
using XilinIngest.Aggregator.RollUps;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Publishing;

/// <summary>What a cube's store had when it was last read, by one who follows it.</summary>
/// <param name="Position">The position.</param>
/// <param name="Publication">The newest publication and its time, by which it is known again.</param>
/// <param name="Releases">How many releases of months there were.</param>
internal sealed record FollowedPosition(CubePosition Position, (long Id, string? PublishedAt) Publication, int Releases)
{
    /// <summary>Whether the store has nothing new.</summary>
    public bool IsAt(CubePosition now) => HasRowsOf(now) && now.PublishedThrough == Position.PublishedThrough;

    /// <summary>Whether the store has no new rows.</summary>
    public bool HasRowsOf(CubePosition now) =>
        now.Epoch == Position.Epoch && now.Revision == Position.Revision && HasNoneWithoutRevision(now);

    /// <summary>Whether what has a later revision is all that is new: the store went on, and did not replace its rows.</summary>
    public bool IsContinuedBy(CubePosition now) =>
        now.Epoch >= Position.Epoch && now.ReplacedRevision <= Position.Revision
        && (now.Revision > Position.Revision || (now.Revision == Position.Revision && HasNoneWithoutRevision(now)));

    // A process of an earlier version stores rows without a revision.
    private bool HasNoneWithoutRevision(CubePosition now) =>
        now.AppliedThrough == Position.AppliedThrough && now.PublishedThrough <= Publication.Id;
}

/// <summary>What a cube's store has since it was last read.</summary>
/// <param name="Now">What it has.</param>
/// <param name="Effective">The effective months that were written, encoded.</param>
/// <param name="Months">The closings and reopenings of months.</param>
/// <param name="Reviews">The reviews of reports.</param>
/// <param name="RollUps">What other partitions have sent; sums that are gone are empty.</param>
/// <param name="Publications">The publications, in order.</param>
/// <param name="Releases">All releases; null: there is no new one.</param>
internal sealed record FollowedChanges(
    FollowedPosition Now, IReadOnlyList<(UnitCode Unit, Period Period, byte[] Data)> Effective, IReadOnlyList<MonthStateChange> Months,
    IReadOnlyList<ReportReview> Reviews, StoredRollUps RollUps, IReadOnlyList<Publication> Publications, ReleasedMonths? Releases);
