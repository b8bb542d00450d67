namespace XilinIngest.Messaging;

/// <summary>
/// Carries messages: by MassTransit, inside the process or over RabbitMQ, or by RabbitMQ's own client library alone. It connects when the
/// host starts, and reconnects by itself.
/// </summary>
public interface IBusTransport
{
    /// <summary>Whether all queues are being read.</summary>
    bool IsConnected { get; }

    /// <summary>What carries the messages, as OpenTelemetry calls it.</summary>
    string System => "rabbitmq";

    /// <summary>Completes when the broker has confirmed the message. Waits while the broker is not connected.</summary>
    /// <exception cref="UnroutableMessageException">No queue received the message, and it must arrive.</exception>
    Task SendAsync(OutgoingMessage message, CancellationToken cancellationToken);

    /// <summary>Completes when the queue is being read. Waits for the broker.</summary>
    Task<IQueueReading> OpenAsync(IBusQueue queue, CancellationToken cancellationToken);
}

/// <summary>The reading of a queue that was opened. After a loss of the connection it goes on by itself.</summary>
public interface IQueueReading
{
    /// <summary>Whether it was closed, or the broker ended it, such as by deleting the queue.</summary>
    bool HasEnded { get; }

    /// <summary>Takes no further messages. What is being handled returns to the queue.</summary>
    Task CloseAsync();
}

/// <summary>A message for the broker.</summary>
public sealed record OutgoingMessage
{
    /// <summary>The default exchange, to which every queue is bound under its own name.</summary>
    public const string DefaultExchange = "";

    public required string Exchange { get; init; }

    public required string RoutingKey { get; init; }

    /// <summary>Where it goes, for a sentence: its exchange, or the queue that the default exchange gives it to.</summary>
    public string Destination => Exchange.Length == 0 ? $"the queue {RoutingKey}" : Exchange;

    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The name of the contract; null: the body is none.</summary>
    public string? Type { get; init; }

    /// <summary>Whether it is an error if no queue receives the message.</summary>
    public bool MustArrive { get; init; }

    public string? CorrelationId { get; init; }

    public IReadOnlyDictionary<string, string>? Headers { get; init; }
}

/// <summary>No queue received a message that must arrive.</summary>
public sealed class UnroutableMessageException(string exchange, string routingKey, Exception? cause = null)
    : Exception(
        $"No queue received the message for {(exchange.Length == 0 ? "the default exchange" : exchange)} with the key {routingKey}.",
        cause);
