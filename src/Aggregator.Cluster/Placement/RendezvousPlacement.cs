using Orleans.Placement;
using Orleans.Runtime.Placement;
using XilinIngest.Aggregator.Partitions;

namespace XilinIngest.Aggregator.Cluster.Placement;

/// <summary>Places a partition on the silo that <see cref="PartitionPlacement"/> gives it.</summary>
[Serializable, GenerateSerializer, Immutable, SuppressReferenceTracking]
internal sealed class RendezvousPlacement : PlacementStrategy;

/// <summary>Marks the grain of a partition.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class RendezvousPlacementAttribute() : PlacementAttribute(new RendezvousPlacement());

/// <summary>Chooses the silo of a partition that is to be activated.</summary>
internal sealed class RendezvousPlacementDirector(PartitionKeys keys) : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var silos = context.GetCompatibleSilos(target).ToDictionary(SiloNames.Of, StringComparer.Ordinal);
        return Task.FromResult(silos[PartitionPlacement.Assign(keys.All, silos.Keys)[target.GrainIdentity.Key.ToString()!]]);
    }
}

/// <summary>The keys of the grains: the paths of the partitions.</summary>
internal sealed class PartitionKeys(ResultPartitions partitions)
{
    // A grain's key is not empty.
    private const string WholeTree = "*";

    public IReadOnlyList<string> All { get; } = [.. partitions.All.Select(each => Of(each.Partition.Path))];

    public static string Of(string path) => path.Length == 0 ? WholeTree : path;

    public static string PathOf(string key) => key == WholeTree ? "" : key;
}

/// <summary>A silo's name for its placement: it keeps its share when it starts again.</summary>
internal static class SiloNames
{
    public static string Of(SiloAddress silo) => silo.Endpoint.ToString();
}
