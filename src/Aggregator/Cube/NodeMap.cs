using XilinIngest.Aggregator.RollUps;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Cube;

/// <summary>
/// The units that have totals of their own (nodes): villages and above, whose results are published, and any unit with a target. Also maps
/// a reporting unit and a month to the nodes whose sums include its figures.
/// </summary>
internal sealed class NodeMap
{
    private readonly UnitTree _tree;
    private readonly int[] _nodeOf;
    private readonly int[]?[] _fixed;

    /// <param name="catalogue">The catalogue.</param>
    /// <param name="scope">The partition whose nodes they are; null: the whole tree's.</param>
    public NodeMap(Catalogue catalogue, CubeScope? scope = null)
    {
        _tree = catalogue.Units;
        var targeted = catalogue.Targets.Select(target => target.Unit).ToHashSet();
        _nodeOf = new int[_tree.All.Count];
        Array.Fill(_nodeOf, -1);
        var nodes = new List<Unit>();
        foreach (var unit in _tree.All.Where(unit =>
            (unit.Level <= UnitLevel.Village || targeted.Contains(unit.Code)) && scope?.Includes(unit) != false))
        {
            _nodeOf[unit.Index] = nodes.Count;
            nodes.Add(unit);
        }

        Nodes = nodes;
        _fixed = new int[_tree.All.Count][];
        foreach (var unit in _tree.All.Where(NeverMoves))
        {
            _fixed[unit.Index] = PathIn(unit, unit.Spans[0].From);
        }
    }

    public IReadOnlyList<Unit> Nodes { get; }

    /// <summary>The node of a unit, or −1.</summary>
    public int NodeOf(Unit unit) => _nodeOf[unit.Index];

    /// <summary>
    /// The nodes whose sums include a unit's figures of a month: its own node, if it has one, and those of its ancestors.
    /// </summary>
    public int[] PathOf(Unit unit, Period period) => _fixed[unit.Index] ?? PathIn(unit, period);

    /// <summary>The node of a unit's parent in a month, or −1: it has none, or does not exist in the month.</summary>
    public int ParentNodeOf(Unit unit, Period period) =>
        unit.SpanIn(period)?.Parent is null ? -1 : PathOf(unit, period) is [_, var parent, ..] ? parent : -1;

    /// <summary>
    /// The paths of the nodes that have one above them, each before that of its parent: adding each node to the next one of its path makes
    /// sums of all.
    /// </summary>
    public IEnumerable<int[]> PathsUpwards(Period period) =>
        Nodes.Select(unit => PathOf(unit, period)).Where(path => path.Length > 1).OrderByDescending(path => path.Length);

    /// <summary>Whether a unit's path is the same in all periods.</summary>
    public bool HasFixedPath(Unit unit) => _fixed[unit.Index] is not null;

    private int[] PathIn(Unit unit, Period period) =>
        [.. _tree.AncestorsOf(unit, period).Prepend(unit).Select(NodeOf).Where(node => node >= 0)];

    private bool NeverMoves(Unit unit)
    {
        while (unit.Spans.Count == 1)
        {
            if (unit.Spans[0].Parent is not { } parent)
            {
                return true;
            }

            unit = _tree[parent];
        }

        return false;
    }
}
