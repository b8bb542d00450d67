using XilinIngest.Aggregator.Cube;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.RollUps;

/// <summary>
/// What other partitions have sent, the newest of each: their parts of the nodes that are owned here, and the whole sums of nodes that are
/// owned there.
/// </summary>
internal sealed class SumsOfOthers
{
    private readonly Dictionary<(Partition From, NodeYearKey Key), SumsOfYear> _sent = [];
    private readonly Dictionary<NodeYearKey, SumsOfYear> _added = [];

    /// <summary>Replaces what a partition has sent of a node's year.</summary>
    /// <returns>The first month that differs from what was known; null: none does.</returns>
    public int? Replace(Partition from, NodeYearKey key, SumsOfYear sums)
    {
        var before = _sent.GetValueOrDefault((from, key));
        if (sums.FirstDifference(before ?? new SumsOfYear()) is not { } month)
        {
            return null;
        }

        if (!_added.TryGetValue(key, out var all))
        {
            _added[key] = all = new SumsOfYear();
        }

        if (before is not null)
        {
            all.Subtract(before);
        }

        all.Add(sums);
        if (sums.IsEmpty)
        {
            _sent.Remove((from, key));
        }
        else
        {
            _sent[(from, key)] = sums;
        }

        return month;
    }

    /// <summary>What a partition has sent.</summary>
    public IEnumerable<NodeYearKey> SentBy(Partition from) => _sent.Keys.Where(sent => sent.From == from).Select(sent => sent.Key);

    /// <summary>What a partition has sent of a node's year; null: nothing, or empty sums.</summary>
    public SumsOfYear? SentBy(Partition from, NodeYearKey key) => _sent.GetValueOrDefault((from, key));

    /// <summary>All that was sent.</summary>
    public IEnumerable<(Partition From, NodeYearKey Key)> All => _sent.Keys;

    /// <summary>The sums of all that sent any.</summary>
    public SumsOfYear? Of(NodeYearKey key) => _added.GetValueOrDefault(key);
}
