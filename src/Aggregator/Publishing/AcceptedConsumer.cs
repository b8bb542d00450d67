using MassTransit;
using XilinIngest.Contracts;

namespace XilinIngest.Aggregator.Publishing;

/// <summary>
/// Enqueues packs for the cube, and waits only if the queue is full. An acknowledged pack may not be applied yet: a pack that is lost with
/// the process is requested again from the ledger at the next start.
/// </summary>
internal sealed class AcceptedConsumer(AggregatorService aggregator) : IConsumer<SubmissionsAccepted>
{
    public Task Consume(ConsumeContext<SubmissionsAccepted> context) =>
        aggregator.EnqueueAsync(context.Message, context.CancellationToken).AsTask();
}
