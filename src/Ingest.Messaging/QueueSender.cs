using MassTransit;

namespace XilinIngest.Messaging;

/// <summary>Sends a message directly to a queue, through the default exchange.</summary>
public sealed class QueueSender(IBus bus, MessagePublisher publisher)
{
    // The library's name of the default exchange, to which every queue is bound under its own name.
    private static readonly Uri DefaultExchange = new("exchange:amq.rabbitmq.reply-to");

    /// <summary>Completes when the broker has confirmed the message.</summary>
    /// <param name="queue">The queue's name.</param>
    /// <param name="message">A contract, or a body as it was received.</param>
    /// <param name="mustArrive">Whether to throw if the queue does not exist; otherwise the broker drops the message.</param>
    /// <param name="correlationId">Sent unchanged.</param>
    /// <param name="headers">The headers of the message.</param>
    /// <param name="cancellationToken">Ends the waiting for a broker that is away.</param>
    public async Task SendAsync<T>(
        string queue, T message, bool mustArrive, string? correlationId, IEnumerable<KeyValuePair<string, string>> headers,
        CancellationToken cancellationToken)
        where T : class
    {
        var endpoint = await bus.GetSendEndpoint(DefaultExchange);
        await publisher.PublishConfirmedAsync(token => endpoint.Send(message, context =>
        {
            context.SetRoutingKey(queue);
            foreach (var (name, value) in headers)
            {
                context.Headers.Set(name, value);
            }

            if (context is RabbitMqSendContext rabbit)
            {
                rabbit.Mandatory = mustArrive;
                rabbit.BasicProperties.CorrelationId = correlationId;
            }
        }, token), cancellationToken);
    }
}
