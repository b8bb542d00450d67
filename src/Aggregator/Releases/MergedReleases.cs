using System.Collections.Immutable;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Releases;

/// <summary>
/// The releases of months where each partition makes its own. A month is released when all partitions have released it: that is its first
/// release. Whatever partitions release within a minute after that, or later, makes a further one, with the last release of each; a
/// release that was read once never changes after that minute.
/// </summary>
internal static class MergedReleases
{
    // A month that is closed again is released again by all partitions within seconds.
    private static readonly TimeSpan Together = TimeSpan.FromMinutes(1);

    /// <param name="before">The merged releases so far: what is the same stays the same object.</param>
    /// <param name="catalogue">The catalogue, which names the partitions.</param>
    /// <param name="releases">The releases of each partition, by path.</param>
    public static ReleasedMonths Of(
        ReleasedMonths before, Catalogue catalogue, IReadOnlyDictionary<string, ReleasedMonths> releases)
    {
        var paths = catalogue.Partitions.All.Select(partition => partition.Path).ToList();
        if (!paths.TrueForAll(releases.ContainsKey))
        {
            return ReleasedMonths.None;
        }

        var top = catalogue.Units.Topmost is { } unit ? catalogue.Partitions.HomeOf(unit).Path : paths[0];
        var merged = paths.SelectMany(path => releases[path].All.Select(release => (Path: path, Release: release)))
            .GroupBy(each => each.Release.Period)
            .SelectMany(month => OfMonth([.. month.OrderBy(each => each.Release.ReleasedAt)], paths.Count, top)).ToList();
        return before.All.SequenceEqual(merged) ? before : ReleasedMonths.None.With(merged);
    }

    private static IEnumerable<ReleasedMonth> OfMonth(
        IReadOnlyList<(string Path, ReleasedMonth Release)> made, int partitions, string top)
    {
        var last = ImmutableSortedDictionary<string, ReleasedMonth>.Empty.WithComparers(StringComparer.Ordinal);
        DateTimeOffset? since = null;
        for (var (i, number) = (0, 1); i < made.Count; i++)
        {
            last = last.SetItem(made[i].Path, made[i].Release);
            since ??= last.Count == partitions ? made[i].Release.ReleasedAt : null;
            if (since is { } start && (i == made.Count - 1 || made[i + 1].Release.ReleasedAt > start + Together))
            {
                yield return last[top] with
                {
                    Number = number++,
                    ReleasedAt = made[i].Release.ReleasedAt,
                    Publications = last.Values.Sum(release => release.Publications),
                    Checkpoint = last[top].Checkpoint is { } signed ? signed with { Partition = top } : null,
                    Parts = new(last),
                };
                since = i == made.Count - 1 ? null : made[i + 1].Release.ReleasedAt;
            }
        }
    }
}

/// <summary>The releases of the partitions that a merged one is made of, by path; equal if all are.</summary>
internal sealed class ReleaseParts(ImmutableSortedDictionary<string, ReleasedMonth> byPath) : IEquatable<ReleaseParts>
{
    public ImmutableSortedDictionary<string, ReleasedMonth> ByPath => byPath;

    public bool Equals(ReleaseParts? other) => other is not null && byPath.SequenceEqual(other.ByPath);

    public override bool Equals(object? obj) => Equals(obj as ReleaseParts);

    public override int GetHashCode() => byPath.Aggregate(0, (hash, part) => HashCode.Combine(hash, part.Key, part.Value));
}
