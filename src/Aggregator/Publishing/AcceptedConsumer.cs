using XilinIngest.Aggregator.Partitions;
using XilinIngest.Contracts;
using XilinIngest.Messaging;

namespace XilinIngest.Aggregator.Publishing;

/// <summary>
/// Enqueues packs for the cube of their partition, and waits only if its queue is full. An acknowledged pack may not be applied yet: a pack
/// that is lost with the process is requested again from the ledger at the next start.
/// </summary>
internal sealed class AcceptedConsumer(ResultPartitions partitions) : IMessageConsumer
{
    public Task ConsumeAsync(ReceivedMessage message, CancellationToken cancellationToken)
    {
        var pack = MessageJson.Read<SubmissionsAccepted>(message.Body);
        return partitions.Find(pack.Partition)?.EnqueueAsync(pack, cancellationToken).AsTask()
            ?? throw new InvalidDataException($"A pack is of partition {pack.Partition}, which partitions.csv does not have.");
    }
}
