using XilinIngest.Contracts;
using XilinIngest.Messaging;

namespace XilinIngest.Aggregator.Publishing;

/// <summary>
/// Enqueues packs for the cube, and waits only if the queue is full. An acknowledged pack may not be applied yet: a pack that is lost with
/// the process is requested again from the ledger at the next start.
/// </summary>
internal sealed class AcceptedConsumer(AggregatorService aggregator) : IMessageConsumer
{
    public Task ConsumeAsync(ReceivedMessage message, CancellationToken cancellationToken) =>
        aggregator.EnqueueAsync(MessageJson.Read<SubmissionsAccepted>(message.Body), cancellationToken).AsTask();
}
