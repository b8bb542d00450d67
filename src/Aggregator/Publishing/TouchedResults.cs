using System.Runtime.InteropServices;
using XilinIngest.Aggregator.Cube;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Publishing;

/// <summary>The results that a step can have changed, by node, indicator and year.</summary>
internal sealed class TouchedResults(IndicatorCube cube, int capacity)
{
    // A change that touches a result alone is shared. It is copied when another change is merged with it.
    private readonly Dictionary<NodeYearKey, (CubeChanges.NodeChange Change, bool IsCopy)> _touched = new(capacity);

    public IEnumerable<(int Node, Indicator Indicator, int Year, CubeChanges.NodeChange Change)> All
    {
        get
        {
            foreach (var ((node, order, year), (change, _)) in _touched)
            {
                yield return (node, cube.Catalogue.Indicators[order], year, change);
            }
        }
    }

    public static TouchedResults By(IndicatorCube cube, CubeChanges changes)
    {
        var touched = new TouchedResults(cube, changes.Nodes.Count);
        foreach (var (key, change) in changes.Nodes)
        {
            touched.Touch(key.Node, key.Indicator, key.Year, change);
        }

        return touched;
    }

    // A change of a node touches its own results and those of the next year that the kind compares with it.
    private void Touch(int node, int order, int year, CubeChanges.NodeChange change)
    {
        TouchYear(node, order, year, change);
        var indicator = cube.Catalogue.Indicators[order];
        if (indicator.Kind.LookBack == LookBack.EachMonth)
        {
            TouchYear(node, order, year + 1, change);
        }
        else if (indicator.Kind.LookBack == LookBack.YearEndForTarget
            && cube.Targets.Of(node, indicator, year + 1) is { Kind: TargetKind.Amount })
        {
            var wholeYear = new CubeChanges.NodeChange { FromMonth = 1 };
            wholeYear.Merge(change);
            TouchYear(node, order, year + 1, wholeYear);
        }
    }

    private void TouchYear(int node, int order, int year, CubeChanges.NodeChange change)
    {
        if (cube.HorizonOf(year) == 0)
        {
            // The year has no results yet.
            return;
        }

        var unit = cube.Nodes.Nodes[node];
        Merge(node, order, year, change);
        TouchJudgedChildren(unit, order, year, change);

        // A ranking belongs to the parent: to each that the unit has in the months that changed.
        for (var month = change.FromMonth; month <= 12; month++)
        {
            if ((unit.Spans.Count > 1 || month == change.FromMonth)
                && cube.Nodes.ParentNodeOf(unit, new Period(year, month)) is >= 0 and var parent)
            {
                Merge(parent, order, year, change);
            }
        }
    }

    // Children are judged by their parent's growth and silenced by its alert, and so are their own children.
    private void TouchJudgedChildren(Unit parent, int order, int year, CubeChanges.NodeChange change)
    {
        var indicator = cube.Catalogue.Indicators[order];
        if (!cube.Targets.Any(indicator, year) || !cube.Catalogue.Units.HasChildren(parent))
        {
            return;
        }

        foreach (var target in cube.Catalogue.ChildrenWithTarget(parent, indicator, year))
        {
            if (cube.Nodes.NodeOf(target) is >= 0 and var node)
            {
                Merge(node, order, year, change);
            }

            TouchJudgedChildren(target, order, year, change);
        }
    }

    private void Merge(int node, int order, int year, CubeChanges.NodeChange change)
    {
        ref var touched = ref CollectionsMarshal.GetValueRefOrAddDefault(_touched, new(node, order, year), out var isKnown);
        if (!isKnown)
        {
            touched = (change, false);
        }
        else if (touched.Change != change && !touched.Change.Includes(change))
        {
            if (!touched.IsCopy)
            {
                var copy = new CubeChanges.NodeChange();
                copy.Merge(touched.Change);
                touched = (copy, true);
            }

            touched.Change.Merge(change);
        }
    }
}
