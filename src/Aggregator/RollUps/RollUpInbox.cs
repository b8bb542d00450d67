using System.Text.Json;
using XilinIngest.Aggregator.Cube;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.RollUps;

/// <summary>Takes what other partitions send into a cube, in their order, and knows of which it has to ask for all.</summary>
internal sealed class RollUpInbox(IndicatorCube cube)
{
    private readonly Dictionary<Partition, RollUpPosition> _taken = [];
    private readonly Dictionary<Partition, long> _through = [];
    private readonly Dictionary<Partition, RollUpSender> _senders = [];
    private readonly HashSet<(Partition From, NodeYearKey Key)> _changed = [];
    private readonly HashSet<Partition> _changedSenders = [];
    private readonly HashSet<Partition> _withWholes = [];
    private readonly HashSet<Partition> _missing = [.. cube.Scope?.Neighbours ?? []];

    /// <summary>The partitions that have to send all: nothing came from them yet, or a message was lost.</summary>
    public IReadOnlyCollection<Partition> Missing => _missing;

    /// <summary>
    /// Whether the parts of a partition are not known yet. The whole sums of this one's nodes lack them, so they are not sent before.
    /// </summary>
    public bool IsWaitingForParts => cube.Scope is { } scope && !scope.Neighbours.All(_taken.ContainsKey);

    /// <summary>
    /// Whether the whole sums of another's nodes are not known yet, or not of all months that have results. These would be without them, so
    /// none are published before.
    /// </summary>
    public bool IsWaiting => Awaited.Any();

    /// <summary>The partitions whose whole sums results wait for.</summary>
    public IEnumerable<Partition> Awaited => cube.Scope is not { } scope ? [] : scope.Neighbours.Where(
        neighbour => _senders.GetValueOrDefault(neighbour)?.HasWholesOf(cube.ReportedMonths()) != true);

    /// <summary>The last month of a year of which all others have sent their parts.</summary>
    public int PartsThrough(int year) => cube.Scope is not { } scope ? 12
        : scope.Neighbours
            .Select(neighbour => _senders.GetValueOrDefault(neighbour)?.MonthsOf(year).PartsThrough ?? 0).DefaultIfEmpty(12).Min();

    /// <summary>The position of the last message of a partition; null: there was none.</summary>
    public RollUpPosition? TakenOf(Partition from) => _taken.TryGetValue(from, out var taken) ? taken : null;

    /// <summary>The rows of the other ledgers up to which their sums are in the cube.</summary>
    public IReadOnlyDictionary<Partition, long> Through => _through;

    /// <summary>What is known of the other partitions besides their sums.</summary>
    public IReadOnlyList<RollUpSender> Senders => [.. _senders.Values];

    /// <summary>Takes a message; one that is older than what is known changes nothing.</summary>
    /// <param name="message">The message.</param>
    /// <param name="includes">The rows of other ledgers up to which their sums are in the sender's.</param>
    public void Take(RollUpMessage message, IReadOnlyDictionary<string, long>? includes = null)
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
                Replace(message.From, key, new SumsOfYear());
            }
        }

        foreach (var (key, sums) in named)
        {
            Replace(message.From, key!.Value, sums);
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

        SetSender(message.From, message.Position, message.Through, message.Months, includes ?? new Dictionary<string, long>());
    }

    /// <summary>Hears which message was a partition's last, so that a loss at the end is seen too.</summary>
    public void Hear(Partition from, RollUpPosition last)
    {
        if (last.CompareTo(_taken.GetValueOrDefault(from)) > 0)
        {
            _missing.Add(from);
        }
    }

    /// <summary>As above, with the rows up to which the sums of that last message are true.</summary>
    public void Hear(
        Partition from, RollUpPosition last, long through, IReadOnlyDictionary<string, long> includes,
        IReadOnlyDictionary<string, PartitionMonths>? months = null)
    {
        Hear(from, last);
        if (_senders.TryGetValue(from, out var sender) && sender.Position == last
            && (sender.Through != through || !HasSame(sender.Includes, includes) || !HasSame(sender.Closings, months)))
        {
            _through[from] = through;
            SetSender(from, last, through, sender.Months, includes, months);
        }
    }

    /// <summary>
    /// Whether all other partitions have a month final, with the sums that are here: those around this one, and those that they tell of.
    /// </summary>
    /// <param name="month">The month as yyyymm.</param>
    /// <param name="changes">How often it was closed or reopened.</param>
    public bool IsFinal(int month, int changes)
    {
        var told = _senders.Values.SelectMany(sender => sender.Closings ?? new Dictionary<string, PartitionMonths>()).ToList();
        return _missing.Count == 0 && _senders.Values.All(sender => sender.Closings is not null)
            && told.TrueForAll(each => each.Key == cube.Scope?.Own.Path || each.Value.IsFinal(month, changes))
            && cube.Catalogue.Partitions.All.All(
                partition => partition == cube.Scope?.Own || told.Exists(each => each.Key == partition.Path));
    }

    /// <summary>Whether another partition has reviewed reports of a month since this one released it.</summary>
    public bool HasReviewsSinceRelease(int month) => _senders.Values.Any(sender => sender.Closings?.Any(each =>
        each.Value.Reviews.GetValueOrDefault(month) > ReleasedRow(sender, each.Key, month)) == true);

    /// <summary>Notes which reviews a release of this partition has.</summary>
    public void MarkReleased(int month)
    {
        foreach (var (from, sender) in _senders.Where(each => each.Value.Closings is not null).ToList())
        {
            _senders[from] = sender with
            {
                Released = sender.Closings!.ToDictionary(each => each.Key, each => (IReadOnlyDictionary<int, long>)each.Value.Reviews.Keys
                    .ToDictionary(key => key, key => key == month ? each.Value.Reviews[key] : ReleasedRow(sender, each.Key, key))),
            };
            _changedSenders.Add(from);
        }
    }

    /// <summary>All partitions have to send all.</summary>
    public void AskAll() => _missing.UnionWith(cube.Scope?.Neighbours ?? []);

    /// <summary>Takes what was stored. What has been sent since, the positions show.</summary>
    /// <returns>False: some is of units, indicators or partitions that the catalogue does not have, or not any more.</returns>
    public bool Restore(StoredRollUps stored)
    {
        var neighbours = (cube.Scope?.Neighbours ?? []).ToDictionary(each => each.Path);
        foreach (var sender in stored.Senders.Where(sender => neighbours.ContainsKey(sender.From)))
        {
            var from = neighbours[sender.From];
            (_taken[from], _through[from], _senders[from]) = (sender.Position, sender.Through, sender);
            sender.Months.ToList().ForEach(cube.IncludeMonths);
            _missing.Remove(from);
            if (sender.HasWholes)
            {
                _withWholes.Add(from);
            }
        }

        var areAllKnown = stored.Senders.All(sender => neighbours.ContainsKey(sender.From));
        foreach (var (path, sums) in stored.Sums)
        {
            if (neighbours.TryGetValue(path, out var from) && KeyOf(sums) is { } key)
            {
                cube.ReplaceSums(from, key, sums.Sums);
            }
            else
            {
                areAllKnown = false;
            }
        }

        return areAllKnown;
    }

    /// <summary>All that is known of the others.</summary>
    public StoredRollUps Export() => new(
        [.. _senders.Values], [.. cube.AllSent().Select(sent => (sent.From.Path, cube.SumsSentBy(sent.From, sent.Key)))]);

    /// <summary>What has changed since it was last taken.</summary>
    public StoredRollUps TakeChanges()
    {
        if (_changed.Count == 0 && _changedSenders.Count == 0)
        {
            return StoredRollUps.None;
        }

        var taken = new StoredRollUps(
            [.. _changedSenders.Select(from => _senders[from])],
            [.. _changed.Select(sent => (sent.From.Path, cube.SumsSentBy(sent.From, sent.Key)))]);
        _changed.Clear();
        _changedSenders.Clear();
        return taken;
    }

    private void Replace(Partition from, NodeYearKey key, SumsOfYear sums)
    {
        if (cube.ReplaceSums(from, key, sums))
        {
            _changed.Add((from, key));
        }
    }

    private void SetSender(
        Partition from, RollUpPosition position, long through, IReadOnlyList<ReportedMonthsOfYear> months,
        IReadOnlyDictionary<string, long> includes, IReadOnlyDictionary<string, PartitionMonths>? closings = null)
    {
        _senders[from] = new(from.Path, position, _withWholes.Contains(from), through, months, includes)
        {
            Closings = closings,
            Released = _senders.GetValueOrDefault(from)?.Released,
        };
        _changedSenders.Add(from);
    }

    private static long ReleasedRow(RollUpSender sender, string path, int month) =>
        sender.Released?.GetValueOrDefault(path)?.GetValueOrDefault(month) ?? 0;

    private static bool HasSame(
        IReadOnlyDictionary<string, PartitionMonths>? one, IReadOnlyDictionary<string, PartitionMonths>? other) =>
        JsonSerializer.SerializeToUtf8Bytes(one, RollUpJson.Default.IReadOnlyDictionaryStringPartitionMonths).AsSpan()
            .SequenceEqual(JsonSerializer.SerializeToUtf8Bytes(other, RollUpJson.Default.IReadOnlyDictionaryStringPartitionMonths));

    private static bool HasSame(IReadOnlyDictionary<string, long> one, IReadOnlyDictionary<string, long> other) =>
        one.Count == other.Count && one.All(each => other.TryGetValue(each.Key, out var row) && row == each.Value);

    // Null: the sender's catalogue has a unit or an indicator that this one does not have yet. With the new catalogue all is asked for.
    private NodeYearKey? KeyOf(NodeSums sums) =>
        cube.Catalogue.Units.TryFind(sums.Unit, out var unit) && cube.Nodes.NodeOf(unit) is >= 0 and var node
        && cube.Catalogue.TryFind(sums.Indicator, out var indicator) ? new(node, indicator.Order, sums.Year) : null;
}
