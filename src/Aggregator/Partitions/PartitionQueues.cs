using XilinIngest.Aggregator.Publishing;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Messaging;

namespace XilinIngest.Aggregator.Partitions;

/// <summary>The queues of a partition's cube.</summary>
internal static class PartitionQueues
{
    private const string AcceptedName = "xilin.aggregator";

    /// <summary>
    /// The packs of the partition's ledger. Opened when this process works on the cube: a standby would take packs away from the working
    /// process.
    /// </summary>
    public static IBusQueue AcceptedOf(Partition partition) => new BusQueue<AcceptedConsumer>(
        partition.IsWholeTree ? AcceptedName : $"{AcceptedName}.{partition.Path}", Exchanges.AcceptedOf(partition.Path), Concurrency: 8)
    {
        Prefetch = 64,
        SingleActiveConsumer = true,
        IsOpenedOnDemand = true,
    };
}
