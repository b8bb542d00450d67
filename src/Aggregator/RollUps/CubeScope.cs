using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.RollUps;

/// <summary>
/// What one partition's cube is responsible for: the results of the units whose home it is. It needs the sums of some units of others, and
/// others need some of its own: a ranking compares children that may have other homes, and an alert looks at the units above.
/// </summary>
internal sealed class CubeScope(PartitionMap partitions, Partition own)
{
    /// <summary>The partition.</summary>
    public Partition Own => own;

    /// <inheritdoc cref="PartitionBorders.NeighboursOf"/>
    public IReadOnlyList<Partition> Neighbours => partitions.Borders.NeighboursOf(own);

    /// <summary>The partition that publishes the results of a unit.</summary>
    public Partition OwnerOf(Unit unit) => partitions.HomeOf(unit);

    public bool Owns(Unit unit) => OwnerOf(unit) == own;

    /// <summary>Whether the sums of a unit are kept: it is an own one, above one, or directly below one.</summary>
    public bool Includes(Unit unit) => Owns(unit) || partitions.Borders.Needs(own, unit);

    /// <inheritdoc cref="PartitionBorders.ReadersOf"/>
    public IReadOnlyCollection<Partition> ReadersOf(Unit unit) => partitions.Borders.ReadersOf(unit);
}
