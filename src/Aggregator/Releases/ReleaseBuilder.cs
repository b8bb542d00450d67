using XilinIngest.Aggregator.Cube;
using XilinIngest.Aggregator.Publishing;
using XilinIngest.Aggregator.RollUps;
using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Releases;

/// <summary>A release that is to be stored, with the ids of the publications that have its versions.</summary>
internal sealed record NewRelease(ReleasedMonth Release, IReadOnlyCollection<long> Publications);

/// <summary>
/// Makes a release of each month that has become final: when it was closed or locked and the last report that it waited for is approved.
/// A month that is closed again, or whose corrections are approved after its release, has a further one, and the earlier one stays.
/// </summary>
internal static class ReleaseBuilder
{
    /// <param name="cube">The cube, with the months that were closed and reopened, and the reviews.</param>
    /// <param name="published">The newest version of each result.</param>
    /// <param name="releases">The releases so far.</param>
    /// <param name="closed">The months that are closed or locked.</param>
    /// <param name="ledger">The row up to which the results are computed, its hash, and the checkpoint that covers it.</param>
    /// <param name="now">The time.</param>
    /// <param name="others">What the other partitions have of the months; null: the whole tree is here.</param>
    public static IReadOnlyList<NewRelease> Build(
        IndicatorCube cube, PublishedResults published, ReleasedMonths releases, IReadOnlyCollection<Period> closed,
        (long Through, string? Hash, Checkpoint? Checkpoint) ledger, DateTimeOffset now, RollUpExchange? others = null)
    {
        var due = closed.Where(period => cube.HorizonOf(period.Year) >= period.Month
            && (IsChangedSince(cube, releases.LastOf(period), period) || others?.HasReviewsSinceRelease(period.Number) == true)
            && cube.IsFinal(period, now)
            && others?.IsFinal(period.Number, cube.Months.HistoryOf(period).Count) != false).ToHashSet();
        if (due.Count == 0)
        {
            return [];
        }

        foreach (var month in due)
        {
            others?.MarkReleased(month.Number);
        }

        return [.. published.PublicationsOf(due).OrderBy(month => month.Key).Select(month => new NewRelease(
            new(month.Key, (releases.LastOf(month.Key)?.Number ?? 0) + 1, now, ledger.Through, ledger.Hash,
                cube.Months.NewestOf(month.Key)?.Sequence, month.Value.Count, ledger.Checkpoint), month.Value))];
    }

    // A review after a release means that the month was not final in between: a report was returned, or a correction waited.
    private static bool IsChangedSince(IndicatorCube cube, ReleasedMonth? last, Period period) => last is null
        || last.MonthRow != cube.Months.NewestOf(period)?.Sequence || cube.Reviews.LastThrough(period) > last.LedgerThrough;
}
