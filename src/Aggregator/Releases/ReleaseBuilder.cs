using XilinIngest.Aggregator.Cube;
using XilinIngest.Aggregator.Publishing;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Releases;

/// <summary>A release that is to be stored, with the ids of the publications that have its versions.</summary>
internal sealed record NewRelease(ReleasedMonth Release, IReadOnlyCollection<long> Publications);

/// <summary>
/// Makes a release of each month that has become final: once for the calendar's dates, and once for each closing or reopening that counts
/// since. A month that is closed again has a further release, and the earlier one stays as it was.
/// </summary>
internal static class ReleaseBuilder
{
    /// <param name="cube">The cube, with the months that were closed and reopened.</param>
    /// <param name="published">The newest version of each result.</param>
    /// <param name="releases">The releases so far.</param>
    /// <param name="final">The months whose complete totals are final.</param>
    /// <param name="ledger">The row up to which the results are computed, and its hash.</param>
    /// <param name="now">The time.</param>
    public static IReadOnlyList<NewRelease> Build(
        IndicatorCube cube, PublishedResults published, ReleasedMonths releases, IReadOnlyCollection<Period> final,
        (long Through, string? Hash) ledger, DateTimeOffset now)
    {
        var due = final.Where(period => cube.HorizonOf(period.Year) >= period.Month
            && (releases.LastOf(period) is not { } last || last.MonthRow != cube.Months.NewestOf(period)?.Sequence)).ToHashSet();
        if (due.Count == 0)
        {
            return [];
        }

        return [.. published.PublicationsOf(due).OrderBy(month => month.Key).Select(month => new NewRelease(
            new(month.Key, (releases.LastOf(month.Key)?.Number ?? 0) + 1, now, ledger.Through, ledger.Hash,
                cube.Months.NewestOf(month.Key)?.Sequence, month.Value.Count), month.Value))];
    }
}
