using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Cube;

/// <summary>The targets of the nodes of a catalogue, by their numbers: a step asks for those of each total that it touches.</summary>
internal sealed class NodeTargets
{
    private readonly int _indicators;
    private readonly Dictionary<int, Target?[]> _byYear = [];
    private readonly HashSet<(int Indicator, int Year)> _withTargets = [];

    public NodeTargets(Catalogue catalogue, NodeMap nodes)
    {
        _indicators = catalogue.Indicators.Count;
        foreach (var target in catalogue.Targets)
        {
            if (catalogue.Units.TryFind(target.Unit, out var unit) && nodes.NodeOf(unit) is >= 0 and var node
                && catalogue.TryFind(target.Indicator, out var indicator))
            {
                if (!_byYear.TryGetValue(target.Year, out var targets))
                {
                    _byYear[target.Year] = targets = new Target?[nodes.Nodes.Count * _indicators];
                }

                targets[node * _indicators + indicator.Order] = target;
                _withTargets.Add((indicator.Order, target.Year));
            }
        }
    }

    /// <summary>The target of a node; null: there is none.</summary>
    public Target? Of(int node, Indicator indicator, int year) =>
        _byYear.TryGetValue(year, out var targets) ? targets[node * _indicators + indicator.Order] : null;

    /// <summary>Whether any unit has a target on an indicator in a year.</summary>
    public bool Any(Indicator indicator, int year) => _withTargets.Contains((indicator.Order, year));
}
