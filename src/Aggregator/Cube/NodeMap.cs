using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Cube;

/// <summary>
/// The units that have totals of their own (nodes): villages and above, whose results are published, and any unit with a target. Also maps
/// a reporting unit and a month to the nodes whose sums include its figures.
/// </summary>
internal abstract class NodeMap
{
    protected NodeMap(IReadOnlyList<Unit> nodes) => Nodes = nodes;

    public IReadOnlyList<Unit> Nodes { get; }

    /// <summary>The nodes of the whole tree.</summary>
    public abstract NodesOfTree Tree { get; }

    /// <summary>The number that a node has in the whole tree.</summary>
    public abstract int InTree(int node);

    /// <summary>The node of a unit, or −1.</summary>
    public abstract int NodeOf(Unit unit);

    /// <summary>
    /// The nodes whose sums include a unit's figures of a month: its own node, if it has one, and those of its ancestors.
    /// </summary>
    public abstract int[] PathOf(Unit unit, Period period);

    /// <summary>Whether a unit's path is the same in all periods.</summary>
    public abstract bool HasFixedPath(Unit unit);

    /// <summary>The node of a unit's parent in a month, or −1: it has none, or does not exist in the month.</summary>
    public int ParentNodeOf(Unit unit, Period period) =>
        unit.SpanIn(period)?.Parent is null ? -1 : PathOf(unit, period) is [_, var parent, ..] ? parent : -1;

    /// <summary>
    /// The paths of the nodes that have one above them, each before that of its parent: adding each node to the next one of its path makes
    /// sums of all.
    /// </summary>
    public IEnumerable<int[]> PathsUpwards(Period period) =>
        Nodes.Select(unit => PathOf(unit, period)).Where(path => path.Length > 1).OrderByDescending(path => path.Length);
}
