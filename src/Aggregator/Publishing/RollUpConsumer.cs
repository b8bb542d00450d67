using XilinIngest.Aggregator.Partitions;
using XilinIngest.Aggregator.RollUps;
using XilinIngest.Messaging;

namespace XilinIngest.Aggregator.Publishing;

/// <summary>
/// Enqueues the sums of other partitions for the cube that they are for. What is lost with the process is asked for again.
/// </summary>
internal sealed class RollUpConsumer(ResultPartitions partitions) : IMessageConsumer
{
    public Task ConsumeAsync(ReceivedMessage message, CancellationToken cancellationToken)
    {
        var body = RollUpBody.Read(message.Body);
        return partitions.Find(body.To)?.EnqueueAsync(body, cancellationToken).AsTask() ?? Task.CompletedTask;
    }
}
