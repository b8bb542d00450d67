using System.Globalization;
using XilinIngest.Aggregator.Partitions;

namespace XilinIngest.Aggregator.Publishing;

/// <summary>
/// A place in the live feed: the last publication of each partition's store. Its text is one number with the whole tree, and otherwise the
/// number of each partition, such as <c>32.04.04:12;32.04.04.001:40</c>.
/// </summary>
internal sealed class FeedPosition
{
    private readonly IReadOnlyList<string> _paths;
    private readonly long[] _last;

    private FeedPosition(IReadOnlyList<string> paths, long[] last) => (_paths, _last) = (paths, last);

    /// <summary>The last publication of a partition, by its place among all.</summary>
    public long this[int partition]
    {
        get => _last[partition];
        set => _last[partition] = value;
    }

    /// <summary>The start of a feed.</summary>
    /// <param name="partitions">All partitions.</param>
    /// <param name="through">The last publication of each that was sent.</param>
    /// <param name="seen">The id that the reader received last; null or no id: it begins now. A number that a store does not have is from a
    /// former cube, which this one replaces: the reader gets all results.</param>
    public static FeedPosition Start(ResultPartitions partitions, IReadOnlyList<long> through, string? seen)
    {
        IReadOnlyList<string> paths = [.. partitions.All.Select(each => each.Partition.Path)];
        var known = Parse(seen, paths);
        return new(paths, [.. through.Select((last, i) => known is null ? last : known[i] > last ? 0 : known[i])]);
    }

    public override string ToString() => _paths is [""]
        ? _last[0].ToString(CultureInfo.InvariantCulture)
        : string.Join(';', _paths.Select((path, i) => string.Create(CultureInfo.InvariantCulture, $"{path}:{_last[i]}")));

    // Null: it is no id.
    private static long[]? Parse(string? seen, IReadOnlyList<string> paths)
    {
        if (long.TryParse(seen, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            // With several partitions it is of the one cube that they replace.
            return paths is [""] ? [number] : new long[paths.Count];
        }

        var parts = (seen ?? "").Split(';').Select(part => part.Split(':')).ToList();
        return parts.TrueForAll(part => part.Length == 2 && long.TryParse(part[1], NumberStyles.None, CultureInfo.InvariantCulture, out _))
            ? [.. paths.Select(path => parts.Find(part => part[0] == path) is { } known
                ? long.Parse(known[1], CultureInfo.InvariantCulture) : 0)]
            : null;
    }
}
