using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.RollUps;

/// <summary>
/// What one partition's cube is responsible for: the results of the units whose home it is. It needs the sums of some units of others, and
/// others need some of its own: a ranking compares children that may have other homes, and an alert looks at the units above.
/// </summary>
internal sealed class CubeScope
{
    private readonly PartitionMap _partitions;
    private readonly HashSet<int> _needed = [];
    private readonly Dictionary<int, HashSet<Partition>> _readers = [];

    public CubeScope(PartitionMap partitions, Partition own, UnitTree units)
    {
        (_partitions, Own) = (partitions, own);
        var neighbours = new HashSet<Partition>();
        foreach (var unit in units.All)
        {
            AddBorders(units, unit, neighbours);
        }

        Neighbours = [.. partitions.All.Where(neighbours.Contains)];
    }

    /// <summary>The partition.</summary>
    public Partition Own { get; }

    /// <summary>The partitions with units below one of this partition, or above one: those that it exchanges sums with.</summary>
    public IReadOnlyList<Partition> Neighbours { get; }

    /// <summary>The partition that publishes the results of a unit.</summary>
    public Partition OwnerOf(Unit unit) => _partitions.HomeOf(unit);

    public bool Owns(Unit unit) => OwnerOf(unit) == Own;

    /// <summary>Whether the sums of a unit are kept: it is an own one, above one, or directly below one.</summary>
    public bool Includes(Unit unit) => Owns(unit) || _needed.Contains(unit.Index);

    /// <summary>The partitions that need the whole sums of a unit, without its owner.</summary>
    public IReadOnlyCollection<Partition> ReadersOf(Unit unit) => _readers.TryGetValue(unit.Index, out var readers) ? readers : [];

    // A unit is ranked by the owner of its parent, and judged by its own owner, who looks at all units above.
    private void AddBorders(UnitTree units, Unit unit, HashSet<Partition> neighbours)
    {
        var home = OwnerOf(unit);
        foreach (var above in EverAbove(units, unit).Select(code => units[code]).Where(above => OwnerOf(above) != home))
        {
            var owner = OwnerOf(above);
            AddReader(above, home);
            if (IsEverParent(above, unit))
            {
                AddReader(unit, owner);
            }

            if (home == Own || owner == Own)
            {
                neighbours.Add(home == Own ? owner : home);
            }
        }
    }

    private static bool IsEverParent(Unit above, Unit unit) => unit.Spans.Any(span => span.Parent == above.Code);

    private void AddReader(Unit unit, Partition reader)
    {
        if (!_readers.TryGetValue(unit.Index, out var readers))
        {
            _readers[unit.Index] = readers = [];
        }

        readers.Add(reader);
        if (reader == Own)
        {
            _needed.Add(unit.Index);
        }
    }

    // In any month: a unit that moved has been below several.
    private static HashSet<UnitCode> EverAbove(UnitTree units, Unit unit)
    {
        var (above, open) = (new HashSet<UnitCode>(), new Stack<Unit>([unit]));
        while (open.TryPop(out var next))
        {
            foreach (var parent in next.Spans.Select(span => span.Parent).OfType<UnitCode>())
            {
                if (above.Add(parent))
                {
                    open.Push(units[parent]);
                }
            }
        }

        return above;
    }
}
