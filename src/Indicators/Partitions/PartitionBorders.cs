namespace XilinIngest.Indicators;

/// <summary>
/// Which partitions need the sums of which units of others: the owner of a unit above ranks a unit, and the owner of a unit below judges
/// its own ones by those above. Immutable; made once for a catalogue, because a province has hundreds of partitions.
/// </summary>
public sealed class PartitionBorders
{
    private readonly Dictionary<int, HashSet<Partition>> _readers = [];
    private readonly Dictionary<Partition, HashSet<int>> _needed = [];
    private readonly Dictionary<Partition, IReadOnlyList<Partition>> _neighbours;

    internal PartitionBorders(PartitionMap partitions, UnitTree units)
    {
        var neighbours = partitions.All.ToDictionary(partition => partition, _ => new HashSet<Partition>());
        var above = new HashSet<Unit>();
        foreach (var unit in units.All)
        {
            above.Clear();
            AddAbove(units, unit, above);
            AddBorders(partitions, unit, above, neighbours);
        }

        _neighbours = neighbours.ToDictionary(each => each.Key,
            each => (IReadOnlyList<Partition>)[.. partitions.All.Where(each.Value.Contains)]);
    }

    /// <summary>
    /// The partitions with units below one of a partition's, or above one: those that it exchanges sums with, in the order of the file.
    /// </summary>
    public IReadOnlyList<Partition> NeighboursOf(Partition partition) => _neighbours[partition];

    /// <summary>The partitions that need the whole sums of a unit, without its owner.</summary>
    public IReadOnlyCollection<Partition> ReadersOf(Unit unit) => _readers.TryGetValue(unit.Index, out var readers) ? readers : [];

    /// <summary>Whether a partition needs the sums of a unit of another.</summary>
    public bool Needs(Partition partition, Unit unit) => _needed.TryGetValue(partition, out var needed) && needed.Contains(unit.Index);

    private void AddBorders(PartitionMap partitions, Unit unit, HashSet<Unit> above, Dictionary<Partition, HashSet<Partition>> neighbours)
    {
        var home = partitions.HomeOf(unit);
        foreach (var each in above)
        {
            var owner = partitions.HomeOf(each);
            if (owner == home)
            {
                continue;
            }

            AddReader(each, home);
            if (unit.Spans.Any(span => span.Parent == each.Code))
            {
                AddReader(unit, owner);
            }

            neighbours[home].Add(owner);
            neighbours[owner].Add(home);
        }
    }

    private void AddReader(Unit unit, Partition reader)
    {
        if (!_readers.TryGetValue(unit.Index, out var readers))
        {
            _readers[unit.Index] = readers = [];
        }

        if (readers.Add(reader))
        {
            (_needed.TryGetValue(reader, out var needed) ? needed : _needed[reader] = []).Add(unit.Index);
        }
    }

    // In any month: a unit that moved has been below several.
    private static void AddAbove(UnitTree units, Unit unit, HashSet<Unit> above)
    {
        foreach (var span in unit.Spans)
        {
            if (span.Parent is { } code && units[code] is var parent && above.Add(parent))
            {
                AddAbove(units, parent, above);
            }
        }
    }
}
