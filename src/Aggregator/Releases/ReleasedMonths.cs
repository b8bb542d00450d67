using System.Collections.Immutable;
using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Releases;

/// <summary>A release of a month: the versions of its totals and rankings that were the newest when it became final.</summary>
/// <param name="Period">The month.</param>
/// <param name="Number">From 1 for each month.</param>
/// <param name="ReleasedAt">When it was made.</param>
/// <param name="LedgerThrough">The ledger row up to which the results were computed.</param>
/// <param name="LedgerHash">The leaf hash of that row, if the ledger's packs have hashes.</param>
/// <param name="MonthRow">The closing or reopening that counted for the month; null: the calendar's dates.</param>
/// <param name="Publications">How many publications have its versions.</param>
/// <param name="Checkpoint">The ledger's signed checkpoint that covers the row; null: none was known.</param>
internal sealed record ReleasedMonth(
    Period Period, int Number, DateTimeOffset ReleasedAt, long LedgerThrough, string? LedgerHash, long? MonthRow, int Publications,
    Checkpoint? Checkpoint)
{
    /// <summary>The releases of the partitions, where the unit tree is split; null: it is a partition's own, or the whole tree's.</summary>
    public ReleaseParts? Parts { get; init; }
}

/// <summary>All releases, by month and number. It never changes; the next one shares what did not change.</summary>
internal sealed class ReleasedMonths
{
    private readonly ImmutableSortedDictionary<Period, ImmutableArray<ReleasedMonth>> _months;

    private ReleasedMonths(ImmutableSortedDictionary<Period, ImmutableArray<ReleasedMonth>> months) => _months = months;

    public static ReleasedMonths None { get; } = new(ImmutableSortedDictionary<Period, ImmutableArray<ReleasedMonth>>.Empty);

    /// <summary>By month and number.</summary>
    public IEnumerable<ReleasedMonth> All => _months.Values.SelectMany(releases => releases);

    /// <summary>Null: the month has no release.</summary>
    public ReleasedMonth? LastOf(Period period) => _months.TryGetValue(period, out var releases) ? releases[^1] : null;

    /// <summary>Null: the month has no such release.</summary>
    public ReleasedMonth? Find(Period period, int number) =>
        _months.TryGetValue(period, out var releases) && number >= 1 && number <= releases.Length ? releases[number - 1] : null;

    /// <summary>With further releases, by number.</summary>
    public ReleasedMonths With(IEnumerable<ReleasedMonth> added) => new(added.Aggregate(_months, (months, release) =>
        months.SetItem(release.Period, [.. months.GetValueOrDefault(release.Period, []), release])));
}
