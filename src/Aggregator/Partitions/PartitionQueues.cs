using XilinIngest.Aggregator.Publishing;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Messaging;

namespace XilinIngest.Aggregator.Partitions;

/// <summary>The queues of a partition's cube.</summary>
internal static class PartitionQueues
{
    private const string AcceptedName = "xilin.aggregator";
    private const string RollUpsName = "xilin.rollups";

    /// <summary>All queues of a partition. The whole tree has no other partition to hear of.</summary>
    public static IReadOnlyList<IBusQueue> AllOf(Partition partition) =>
        partition.IsWholeTree ? [AcceptedOf(partition)] : [AcceptedOf(partition), RollUpsOf(partition)];

    /// <summary>
    /// The packs of the partition's ledger. Opened when this process works on the cube: that of a standby would fill for nothing.
    /// </summary>
    public static IBusQueue AcceptedOf(Partition partition) => new BusQueue<AcceptedConsumer>(
        partition.IsWholeTree ? AcceptedName : $"{AcceptedName}.{partition.Path}", Exchanges.AcceptedOf(partition.Path), Concurrency: 8)
    {
        Prefetch = 64,
        IsOpenedOnDemand = true,
        IsOwn = true,
    };

    /// <summary>The sums that the cubes of other partitions send. What is dropped is asked for again.</summary>
    public static IBusQueue RollUpsOf(Partition partition) => new BusQueue<RollUpConsumer>(
        $"{RollUpsName}.{partition.Path}", ServiceExchanges.RollUps, Concurrency: 1)
    {
        Binding = partition.Path,
        Prefetch = 64,
        IsOpenedOnDemand = true,
        IsOwn = true,
    };
}
