using MassTransit;
using XilinIngest.Contracts;

namespace XilinIngest.Aggregator.Publishing;

/// <summary>
/// Hands packs to the cube, and waits only where many wait already. Acknowledged does not mean applied: a pack that is lost
/// with the process is asked for again at the next start, from the ledger, which is what keeps it.
/// </summary>
internal sealed class AcceptedConsumer(AggregatorService aggregator) : IConsumer<SubmissionsAccepted>
{
    public Task Consume(ConsumeContext<SubmissionsAccepted> context) =>
        aggregator.EnqueueAsync(context.Message, context.CancellationToken).AsTask();
}
