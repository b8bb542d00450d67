using System.Diagnostics;

namespace XilinIngest.Messaging;

/// <summary>A message from a queue.</summary>
/// <param name="Body">The body, as it was sent.</param>
/// <param name="Delivery">Its properties; null: it was sent inside the process.</param>
public sealed record ReceivedMessage(byte[] Body, DeliveryInfo? Delivery)
{
    /// <summary>The trace that it is part of, as its sender says; none where nobody traces.</summary>
    internal ActivityContext Trace { get; init; }
}

/// <summary>
/// Consumes the messages of a queue, many at once. A message is acknowledged when its task completes, and returns to the queue if it fails.
/// </summary>
public interface IMessageConsumer
{
    Task ConsumeAsync(ReceivedMessage message, CancellationToken cancellationToken);
}
