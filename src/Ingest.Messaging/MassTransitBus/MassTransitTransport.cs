using MassTransit;

namespace XilinIngest.Messaging;

/// <summary>Carries messages by MassTransit. It declares an exchange when a message is first sent to it.</summary>
internal sealed class MassTransitTransport(
    IBusControl bus, IReceiveEndpointConnector connector, BusStart start, IServiceProvider services) : IBusTransport
{
    // The library's name of the default exchange.
    private static readonly Uri DefaultExchange = new("exchange:amq.rabbitmq.reply-to");

    public bool IsConnected => bus.CheckHealth().Status == BusHealthStatus.Healthy;

    public async Task SendAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        // The library keeps an endpoint for each address.
        var endpoint = await bus.GetSendEndpoint(AddressOf(message.Exchange));
        try
        {
            await endpoint.Send(new RawMessage(message.Body), context => SetProperties(context, message), cancellationToken);
        }
        catch (MessageReturnedException exception)
        {
            throw new UnroutableMessageException(message.Exchange, message.RoutingKey, exception);
        }
    }

    public async Task OpenAsync(IBusQueue queue, CancellationToken cancellationToken)
    {
        await start.Done.WaitAsync(cancellationToken);
        await connector.ConnectReceiveEndpoint(queue.Name, (_, endpoint) => MassTransitQueues.Configure(endpoint, queue, services)).Ready
            .WaitAsync(cancellationToken);
    }

    private Uri AddressOf(string exchange) => exchange switch
    {
        OutgoingMessage.DefaultExchange => DefaultExchange,
        _ when bus.Topology is IRabbitMqBusTopology => new Uri($"exchange:{exchange}?type=topic"),
        _ when MassTransitQueues.IsTopicInMemory(exchange) => new Uri($"exchange:{exchange}?type=topic"),
        _ => new Uri($"exchange:{exchange}"),
    };

    private static void SetProperties(SendContext context, OutgoingMessage message)
    {
        if (context is not RabbitMqSendContext rabbit)
        {
            context.TrySetRoutingKey(message.RoutingKey);
            return;
        }

        rabbit.RoutingKey = message.RoutingKey;
        rabbit.Mandatory = message.MustArrive;
        rabbit.BasicProperties.Type = message.Type;
        rabbit.BasicProperties.CorrelationId = message.CorrelationId;
        foreach (var (name, value) in message.Headers ?? new Dictionary<string, string>())
        {
            context.Headers.Set(name, value);
        }
    }
}

/// <summary>The body of a message, as MassTransit carries it.</summary>
internal sealed record RawMessage(ReadOnlyMemory<byte> Body);
