using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace XilinIngest.Messaging;

/// <summary>Carries messages by MassTransit. It declares an exchange when a message is first sent to it.</summary>
/// <param name="bus">The library's bus.</param>
/// <param name="connector">Adds queues to it.</param>
/// <param name="start">Tells when the bus has started.</param>
/// <param name="services">The host's services.</param>
/// <param name="address">The broker; null: the bus is inside the process.</param>
internal sealed class MassTransitTransport(
    IBusControl bus, IReceiveEndpointConnector connector, BusStart start, IServiceProvider services, BrokerConnection? address)
    : IBusTransport
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

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

    public async Task<IQueueReading> OpenAsync(IBusQueue queue, CancellationToken cancellationToken)
    {
        await start.Done.WaitAsync(cancellationToken);
        while (queue.IsTakenOver && address is not null && !await address.TryTakeOverAsync(queue.Name, cancellationToken))
        {
            await Task.Delay(RetryDelay, TimeProvider.System, cancellationToken);
        }

        var reading = new MassTransitReading(
            queue.IsTakenOver && address is not null ? services.GetRequiredService<BrokerConnectionMonitor>() : null);
        var handle = connector.ConnectReceiveEndpoint(queue.Name, (_, endpoint) =>
        {
            MassTransitQueues.Configure(endpoint, queue, services);
            endpoint.ConnectReceiveEndpointObserver(reading);
        });
        reading.Start(handle);
        try
        {
            await handle.Ready.WaitAsync(cancellationToken);
        }
        catch
        {
            await reading.CloseAsync();
            throw;
        }

        return reading;
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
