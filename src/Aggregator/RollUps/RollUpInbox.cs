using XilinIngest.Aggregator.Cube;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.RollUps;

/// <summary>Takes what other partitions send into a cube, in their order, and knows of which it has to ask for all.</summary>
internal sealed class RollUpInbox(IndicatorCube cube)
{
    private readonly Dictionary<Partition, RollUpPosition> _taken = [];
    private readonly Dictionary<Partition, long> _through = [];
    private readonly HashSet<Partition> _withWholes = [];
    private readonly HashSet<Partition> _missing = [.. cube.Scope?.Neighbours ?? []];

    /// <summary>The partitions that have to send all: nothing came from them yet, or a message was lost.</summary>
    public IReadOnlyCollection<Partition> Missing => _missing;

    /// <summary>
    /// Whether the parts of a partition are not known yet. The whole sums of this one's nodes lack them, so they are not sent before.
    /// </summary>
    public bool IsWaitingForParts => cube.Scope is { } scope && !scope.Neighbours.All(_taken.ContainsKey);

    /// <summary>
    /// Whether the whole sums of another's nodes are not known yet. Results would be without them, so none are published before.
    /// </summary>
    public bool IsWaiting => cube.Scope is { } scope && !scope.Neighbours.All(_withWholes.Contains);

    /// <summary>The rows of the other ledgers up to which their sums are in the cube.</summary>
    public IReadOnlyDictionary<Partition, long> Through => _through;

    /// <summary>Takes a message; one that is older than what is known changes nothing.</summary>
    public void Take(RollUpMessage message)
    {
        var isKnown = _taken.TryGetValue(message.From, out var taken);
        if (isKnown && message.Position.CompareTo(taken) <= 0)
        {
            return;
        }

        if (!message.IsComplete && (!isKnown || message.Position != taken.Next()))
        {
            _missing.Add(message.From);
            return;
        }

        message.Months.ToList().ForEach(cube.IncludeMonths);
        var named = message.Sums.Select(each => (Key: KeyOf(each), each.Sums)).Where(each => each.Key is not null).ToList();
        if (message.IsComplete)
        {
            // What it does not name is gone; whole sums that the sender does not know yet stay as they were.
            foreach (var key in cube.SentBy(message.From).Except(named.Select(each => each.Key!.Value))
                .Where(key => message.HasWholes || cube.Owns(key.Node)).ToList())
            {
                cube.ReplaceSums(message.From, key, new SumsOfYear());
            }
        }

        foreach (var (key, sums) in named)
        {
            cube.ReplaceSums(message.From, key!.Value, sums);
        }

        (_taken[message.From], _through[message.From]) = (message.Position, message.Through);
        if (message.IsComplete)
        {
            _missing.Remove(message.From);
            if (message.HasWholes)
            {
                _withWholes.Add(message.From);
            }
        }
    }

    /// <summary>Hears which message was a partition's last, so that a loss at the end is seen too.</summary>
    public void Hear(Partition from, RollUpPosition last)
    {
        if (last.CompareTo(_taken.GetValueOrDefault(from)) > 0)
        {
            _missing.Add(from);
        }
    }

    // Null: the sender's catalogue has a unit or an indicator that this one does not have yet. With the new catalogue all is asked for.
    private NodeYearKey? KeyOf(NodeSums sums) =>
        cube.Catalogue.Units.TryFind(sums.Unit, out var unit) && cube.Nodes.NodeOf(unit) is >= 0 and var node
        && cube.Catalogue.TryFind(sums.Indicator, out var indicator) ? new(node, indicator.Order, sums.Year) : null;
}
