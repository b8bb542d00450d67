using XilinIngest.Aggregator.Cube;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.RollUps;

/// <summary>
/// Makes the messages that a cube has for the partitions around it. Its parts of their nodes depend on its own ledger alone; the whole sums
/// of its own nodes wait for the parts of the others.
/// </summary>
internal sealed class RollUpOutbox
{
    private readonly IndicatorCube _cube;
    private readonly RollUpInbox _inbox;
    private readonly CubeScope _scope;
    private readonly Dictionary<Partition, RollUpPosition> _sent;
    private List<ReportedMonthsOfYear> _months = [];
    private bool _hasWholes;

    /// <param name="cube">The cube of a partition among several.</param>
    /// <param name="inbox">What it has of the others.</param>
    /// <param name="epoch">Greater than any epoch of a former cube of this partition.</param>
    public RollUpOutbox(IndicatorCube cube, RollUpInbox inbox, long epoch)
    {
        (_cube, _inbox) = (cube, inbox);
        _scope = cube.Scope ?? throw new ArgumentException("The cube has the whole tree.", nameof(cube));
        _sent = _scope.Neighbours.ToDictionary(neighbour => neighbour, _ => new RollUpPosition(epoch, 0));
    }

    /// <summary>Whether the years are reported and summed further than was told.</summary>
    public bool HasNewMonths => !ReportedMonths().SequenceEqual(_months);

    /// <summary>The messages for what has changed since the last ones.</summary>
    /// <param name="through">The ledger row through which the cube is.</param>
    public IEnumerable<RollUpMessage> Take(long through)
    {
        var (keys, months) = (_cube.TakeToSend(), ReportedMonths());
        var (hasNewMonths, hadWholes) = (!months.SequenceEqual(_months), _hasWholes);
        (_months, _hasWholes) = (months, !_inbox.IsWaitingForParts);
        foreach (var neighbour in _scope.Neighbours)
        {
            if (_hasWholes != hadWholes)
            {
                yield return All(neighbour, through);
            }
            else if (SumsFor(neighbour, keys).ToList() is var sums && (sums.Count > 0 || hasNewMonths))
            {
                yield return Create(neighbour, isComplete: false, through, sums);
            }
        }
    }

    /// <summary>All that a partition needs: at a start, and where it has missed a message.</summary>
    public RollUpMessage All(Partition neighbour, long through) => Create(neighbour, isComplete: true, through,
        [.. SumsFor(neighbour, _cube.AllToSend()).Where(each => !each.Sums.IsEmpty)]);

    /// <summary>The position of the last message to a partition.</summary>
    public RollUpPosition LastTo(Partition neighbour) => _sent[neighbour];

    private RollUpMessage Create(Partition neighbour, bool isComplete, long through, IReadOnlyList<NodeSums> sums)
    {
        _sent[neighbour] = _sent[neighbour].Next();
        return new(_scope.Own, neighbour, _sent[neighbour], isComplete, _hasWholes, through, ReportedMonths(), sums);
    }

    // Its nodes are whole as far as it and all others have summed their units.
    private List<ReportedMonthsOfYear> ReportedMonths() =>
    [
        .. _cube.ReportedMonths()
            .Select(year => year with { WholesThrough = Math.Min(year.PartsThrough, _inbox.PartsThrough(year.Year)) }),
    ];

    private IEnumerable<NodeSums> SumsFor(Partition neighbour, IEnumerable<NodeYearKey> keys) =>
        from key in keys
        let unit = _cube.Nodes.Nodes[key.Node]
        where _scope.Owns(unit) ? _hasWholes && _scope.ReadersOf(unit).Contains(neighbour) : _scope.OwnerOf(unit) == neighbour
        select new NodeSums(unit.Code, _cube.Catalogue.Indicators[key.Indicator].Code, key.Year, _cube.SumsToSend(key));
}
