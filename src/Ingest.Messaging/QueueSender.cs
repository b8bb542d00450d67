namespace XilinIngest.Messaging;

/// <summary>Sends a message directly to a queue, through the default exchange.</summary>
public sealed class QueueSender(MessagePublisher publisher)
{
    /// <summary>Completes when the broker has confirmed the message.</summary>
    /// <param name="queue">The queue's name.</param>
    /// <param name="message">A contract, or a body as it was received.</param>
    /// <param name="mustArrive">Whether to throw if the queue does not exist; otherwise the broker drops the message.</param>
    /// <param name="correlationId">Sent unchanged.</param>
    /// <param name="headers">The headers of the message; null: none.</param>
    /// <param name="cancellationToken">Ends the waiting for a broker that is away.</param>
    public Task SendAsync(
        string queue, object message, bool mustArrive, string? correlationId, IReadOnlyDictionary<string, string>? headers,
        CancellationToken cancellationToken) => publisher.SendConfirmedAsync(
        new OutgoingMessage
        {
            Exchange = OutgoingMessage.DefaultExchange,
            RoutingKey = queue,
            Body = MessageJson.Write(message),
            Type = MessageJson.TypeOf(message),
            MustArrive = mustArrive,
            CorrelationId = correlationId,
            Headers = headers,
        },
        cancellationToken);
}
