using System.Runtime.CompilerServices;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Cube;

/// <summary>
/// The nodes of the whole tree, and how many units are expected to report to each. There is one for a catalogue, whatever its cubes.
/// </summary>
internal sealed class NodesOfTree : NodeMap
{
    private static readonly ConditionalWeakTable<Catalogue, NodesOfTree> Made = [];

    private readonly UnitTree _tree;
    private readonly int[] _nodeOf;
    private readonly int[]?[] _fixed;

    private NodesOfTree(Catalogue catalogue, List<Unit> nodes)
        : base(nodes)
    {
        _tree = catalogue.Units;
        _nodeOf = new int[_tree.All.Count];
        Array.Fill(_nodeOf, -1);
        for (var i = 0; i < nodes.Count; i++)
        {
            _nodeOf[nodes[i].Index] = i;
        }

        // Units below the same parent, without nodes of their own, share the path.
        var shared = new Dictionary<UnitCode, int[]>();
        _fixed = new int[_tree.All.Count][];
        foreach (var unit in _tree.All.Where(NeverMoves))
        {
            if (NodeOf(unit) >= 0 || unit.Spans[0].Parent is not { } parent)
            {
                _fixed[unit.Index] = PathIn(unit, unit.Spans[0].From);
            }
            else if (!shared.TryGetValue(parent, out _fixed[unit.Index]))
            {
                _fixed[unit.Index] = shared[parent] = PathIn(unit, unit.Spans[0].From);
            }
        }

        Expected = new ExpectedCounts(catalogue, this);
        ToApprove = catalogue.Workflow.IsEmpty
            ? null : new ExpectedCounts(catalogue, this, (unit, period) => catalogue.ReviewerOf(unit, period) is not null);
    }

    /// <summary>The number of units that are expected to report.</summary>
    public ExpectedCounts Expected { get; }

    /// <summary>The number of units whose reports are reviewed; null: none are.</summary>
    public ExpectedCounts? ToApprove { get; }

    /// <summary>The nodes of a catalogue. They hold as long as the catalogue does.</summary>
    public static NodesOfTree Of(Catalogue catalogue) => Made.GetValue(catalogue, Create);

    public override NodesOfTree Tree => this;

    public override int InTree(int node) => node;

    public override int NodeOf(Unit unit) => _nodeOf[unit.Index];

    public override int[] PathOf(Unit unit, Period period) => _fixed[unit.Index] ?? PathIn(unit, period);

    public override bool HasFixedPath(Unit unit) => _fixed[unit.Index] is not null;

    private static NodesOfTree Create(Catalogue catalogue)
    {
        var targeted = catalogue.Targets.Select(target => target.Unit).ToHashSet();
        return new(catalogue, [.. catalogue.Units.All.Where(unit => unit.Level <= UnitLevel.Village || targeted.Contains(unit.Code))]);
    }

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
