using MassTransit;
using XilinIngest.Contracts;

namespace XilinIngest.Aggregator.Publishing;

/// <summary>Hands packs to the cube; returns, and so acknowledges, when their results are published.</summary>
internal sealed class AcceptedConsumer(AggregatorService aggregator) : IConsumer<SubmissionsAccepted>
{
    public Task Consume(ConsumeContext<SubmissionsAccepted> context) => aggregator.TakeAsync(context.Message, context.CancellationToken);
}
