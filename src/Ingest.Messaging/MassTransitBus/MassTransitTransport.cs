using System.Collections.Concurrent;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace XilinIngest.Messaging;

/// <summary>Carries messages by MassTransit. It declares an exchange when a message is first sent to it.</summary>
/// <param name="bus">The library's bus.</param>
/// <param name="connector">Adds queues to it.</param>
/// <param name="lifetime">Tells when the bus has started, and whether it stops.</param>
/// <param name="services">The host's services.</param>
/// <param name="address">The broker; null: the bus is inside the process.</param>
internal sealed class MassTransitTransport(
    IBusControl bus, IReceiveEndpointConnector connector, BusLifetime lifetime, IServiceProvider services, BrokerConnection? address)
    : IBusTransport
{
    /// <summary>What carries messages inside the process.</summary>
    internal const string InMemory = "in_memory";

    private readonly ConcurrentDictionary<string, Lazy<Task>> _inMemory = new(StringComparer.Ordinal);

    // The library's name of the default exchange.
    private static readonly Uri DefaultExchange = new("exchange:amq.rabbitmq.reply-to");

    public bool IsConnected => bus.CheckHealth().Status == BusHealthStatus.Healthy;

    public string System => address is null ? InMemory : "rabbitmq";

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
        catch (Exception) when (lifetime.Stopping.IsCancellationRequested)
        {
            // As where the broker is away: whoever sends waits, and ends with the host.
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        }
    }

    public async Task<IQueueReading> OpenAsync(IBusQueue queue, CancellationToken cancellationToken)
    {
        await lifetime.Started.WaitAsync(cancellationToken);
        if (address is null)
        {
            return await OpenInMemoryAsync(queue, cancellationToken);
        }

        OwnQueues.Rename(queue);
        var reading = new MassTransitReading(queue.IsOwn ? services.GetRequiredService<BrokerConnectionMonitor>() : null);
        var handle = Connect(queue, endpoint => endpoint.ConnectReceiveEndpointObserver(reading));
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

    // No other process could read the queue, so it is read until the bus stops. To end the reading earlier takes the library a second.
    private async Task<IQueueReading> OpenInMemoryAsync(IBusQueue queue, CancellationToken cancellationToken)
    {
        await _inMemory.GetOrAdd(queue.Name, _ => new(() => Connect(queue, _ => { }).Ready)).Value.WaitAsync(cancellationToken);
        return InMemoryReading.Instance;
    }

    private HostReceiveEndpointHandle Connect(IBusQueue queue, Action<IReceiveEndpointConfigurator> configure) =>
        connector.ConnectReceiveEndpoint(address is null ? queue.Name : queue.NameOnBroker, (_, endpoint) =>
        {
            MassTransitQueues.Configure(endpoint, queue, services);
            configure(endpoint);
        });

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
            SetHeaders(context, message);
            return;
        }

        rabbit.RoutingKey = message.RoutingKey;
        rabbit.Mandatory = message.MustArrive;
        rabbit.BasicProperties.Type = message.Type;
        rabbit.BasicProperties.CorrelationId = message.CorrelationId;
        SetHeaders(context, message);
    }

    private static void SetHeaders(SendContext context, OutgoingMessage message)
    {
        if (message.Headers is not { } headers)
        {
            return;
        }

        foreach (var (name, value) in headers)
        {
            context.Headers.Set(name, value);
        }
    }
}

/// <summary>The body of a message, as MassTransit carries it.</summary>
internal sealed record RawMessage(ReadOnlyMemory<byte> Body);

/// <summary>The reading of a queue inside the process, which lasts as long as the bus.</summary>
internal sealed class InMemoryReading : IQueueReading
{
    public static InMemoryReading Instance { get; } = new();

    public bool HasEnded => false;

    public Task CloseAsync() => Task.CompletedTask;
}
