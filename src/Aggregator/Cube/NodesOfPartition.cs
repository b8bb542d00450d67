using System.Collections.Concurrent;
using XilinIngest.Aggregator.RollUps;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Cube;

/// <summary>
/// The nodes that a partition's cube keeps: its own, those above them and those directly below. It has no list of all units, because a
/// province has half a million of them and a hundred partitions.
/// </summary>
internal sealed class NodesOfPartition : NodeMap
{
    private readonly NodesOfTree _tree;
    private readonly int[] _ownOf;

    // By the fixed path in the whole tree, which units below one parent share.
    private readonly ConcurrentDictionary<int[], int[]> _paths = new(ReferenceEqualityComparer.Instance);

    public NodesOfPartition(NodesOfTree tree, CubeScope scope)
        : base([.. tree.Nodes.Where(scope.Includes)])
    {
        _tree = tree;
        _ownOf = new int[tree.Nodes.Count];
        Array.Fill(_ownOf, -1);
        for (var i = 0; i < Nodes.Count; i++)
        {
            _ownOf[tree.NodeOf(Nodes[i])] = i;
        }
    }

    public override NodesOfTree Tree => _tree;

    public override int InTree(int node) => _tree.NodeOf(Nodes[node]);

    public override int NodeOf(Unit unit) => _tree.NodeOf(unit) is >= 0 and var node ? _ownOf[node] : -1;

    public override int[] PathOf(Unit unit, Period period)
    {
        var path = _tree.PathOf(unit, period);
        return _tree.HasFixedPath(unit) ? _paths.GetOrAdd(path, OwnPath) : OwnPath(path);
    }

    public override bool HasFixedPath(Unit unit) => _tree.HasFixedPath(unit);

    private int[] OwnPath(int[] path) => [.. path.Select(node => _ownOf[node]).Where(node => node >= 0)];
}
