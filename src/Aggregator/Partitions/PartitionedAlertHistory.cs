using XilinIngest.Aggregator.Publishing;

namespace XilinIngest.Aggregator.Partitions;

/// <summary>The published alert events of all partitions.</summary>
internal static class PartitionedAlertHistory
{
    /// <summary>The alert events of a unit or of all, newest first.</summary>
    public static IReadOnlyList<Publication> ReadAlertEvents(this ResultPartitions partitions, string? unit, int? year, int limit) =>
        unit is not null || !partitions.AreSeveral
            ? partitions.HomeOf(unit ?? "").Store.ReadAlertEvents(unit, year, limit)
            : [.. partitions.All.SelectMany(each => each.Store.ReadAlertEvents(null, year, limit))
                .OrderByDescending(each => each.PublishedAt, StringComparer.Ordinal).Take(limit)];

    /// <summary>
    /// The alert events from a publication on, in order. With several partitions they are numbered in the order of their publication over
    /// all: where an earlier one appears later, the numbers move, and a follower sees another event at its place and reads all again.
    /// </summary>
    public static IReadOnlyList<Publication> ReadAlertEventsFrom(this ResultPartitions partitions, long from, int limit) =>
        !partitions.AreSeveral
            ? partitions.All[0].Store.ReadAlertEventsFrom(from, limit)
            : [.. partitions.All
                .SelectMany(each => each.Store.ReadAlertEventsFrom(0, int.MaxValue).Select(alert => (each.Partition.Path, Alert: alert)))
                .OrderBy(each => each.Alert.PublishedAt, StringComparer.Ordinal).ThenBy(each => each.Path, StringComparer.Ordinal)
                .ThenBy(each => each.Alert.Id)
                .Select((each, i) => each.Alert with { Id = i + 1 }).Skip((int)Math.Max(0, Math.Min(from - 1, int.MaxValue))).Take(limit)];
}
