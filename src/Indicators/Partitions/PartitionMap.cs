namespace XilinIngest.Indicators;

/// <summary>
/// Which partition has a unit: the longest path that its own begins with. A unit that moves keeps the partition of its first path, because
/// what it reported is in the ledger there. Immutable.
/// </summary>
public sealed class PartitionMap
{
    private readonly Partition?[] _homes;
    private readonly Lazy<PartitionBorders> _borders;

    /// <param name="units">The unit tree.</param>
    /// <param name="partitions">The partitions; none: one, with the whole tree.</param>
    public PartitionMap(UnitTree units, IReadOnlyList<Partition> partitions)
    {
        All = partitions.Count == 0 ? [Partition.WholeTree] : partitions;
        var byPath = All.ToDictionary(partition => partition.Path, StringComparer.Ordinal);
        _homes = [.. units.All.Select(unit => HomeIn(byPath, FirstPathOf(units, unit)))];
        _borders = new(() => new PartitionBorders(this, units));
    }

    /// <summary>All partitions, in the order of the file.</summary>
    public IReadOnlyList<Partition> All { get; }

    /// <summary>Which partitions need sums of which others.</summary>
    public PartitionBorders Borders => _borders.Value;

    /// <summary>Whether the tree is split.</summary>
    public bool AreSeveral => All is not [{ IsWholeTree: true }];

    /// <summary>The partition with a path; null: there is none.</summary>
    public Partition? Find(string? path) => All.FirstOrDefault(partition => partition.Path == (path ?? ""));

    /// <summary>The partitions that have one of the units, in the order of the file.</summary>
    public IReadOnlyList<Partition> HomesOf(IEnumerable<Unit> units)
    {
        var homes = units.Select(HomeOf).ToHashSet();
        return [.. All.Where(homes.Contains)];
    }

    /// <summary>The units that no partition holds. With one of them the map cannot be used.</summary>
    public IEnumerable<Unit> UnitsWithoutHome(UnitTree units) => units.All.Where(unit => _homes[unit.Index] is null);

    /// <summary>The partition whose ledger takes a unit's reports, and that publishes its results.</summary>
    /// <exception cref="InvalidOperationException">No partition holds it.</exception>
    public Partition HomeOf(Unit unit) =>
        _homes[unit.Index] ?? throw new InvalidOperationException($"No partition holds unit {unit.Code}: add a path to partitions.csv.");

    private static string FirstPathOf(UnitTree units, Unit unit) => units.PathOf(unit, unit.Spans[0].From);

    // The longest of the paths that a unit's begins with.
    private static Partition? HomeIn(Dictionary<string, Partition> partitions, string path)
    {
        for (var length = path.Length; length > 0; length = path.LastIndexOf('.', length - 1))
        {
            if (partitions.TryGetValue(path[..length], out var home))
            {
                return home;
            }
        }

        return partitions.GetValueOrDefault("");
    }
}
