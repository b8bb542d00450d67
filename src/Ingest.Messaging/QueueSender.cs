using MassTransit;

namespace XilinIngest.Messaging;

/// <summary>Puts a message straight into a queue of the broker, past all exchanges.</summary>
public sealed class QueueSender(IBus bus, MessagePublisher publisher)
{
    // How the library names the broker's default exchange, in which every queue is bound under its own name.
    private static readonly Uri DefaultExchange = new("exchange:amq.rabbitmq.reply-to");

    /// <summary>Completes when the broker has confirmed it.</summary>
    /// <param name="queue">The queue's name.</param>
    /// <param name="message">A contract, or a body as it came.</param>
    /// <param name="mustArrive">Throw where there is no such queue; else the broker drops it.</param>
    /// <param name="correlationId">Handed on as it is.</param>
    /// <param name="headers">What is to be known of it.</param>
    /// <param name="cancellationToken">While the broker is away, this waits.</param>
    public async Task SendAsync<T>(
        string queue, T message, bool mustArrive, string? correlationId, IEnumerable<KeyValuePair<string, string>> headers, CancellationToken cancellationToken)
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
