using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace XilinIngest.Messaging;

/// <summary>A queue on an exchange, and the one consumer that reads it.</summary>
/// <param name="Name">The queue's name.</param>
/// <param name="Exchange">One of the topic exchanges.</param>
/// <param name="Concurrency">The number of messages handled at once by the in-memory transport, which starts that many tasks for every
/// message.</param>
public sealed record BusQueue<TConsumer>(string Name, string Exchange, int Concurrency) : IBusQueue
    where TConsumer : class, IConsumer
{
    /// <summary>The topic pattern of the routing keys that the queue receives.</summary>
    public string Binding { get; init; } = "#";

    /// <summary>The number of unacknowledged messages that the broker delivers; all of them are handled at once.</summary>
    public ushort Prefetch { get; init; } = 500;

    /// <summary>Whether the queue has one active consumer at a time, with others on standby.</summary>
    public bool SingleActiveConsumer { get; init; }

    /// <summary>Whether the queue is read only after a call to <see cref="QueueOpener"/>.</summary>
    public bool IsOpenedOnDemand { get; init; }

    void IBusQueue.Register(IBusRegistrationConfigurator bus) => bus.AddConsumer<TConsumer>();

    void IBusQueue.Configure(IReceiveEndpointConfigurator endpoint, IRegistrationContext context)
    {
        endpoint.ConfigureConsumeTopology = false;

        // A failed message returns to the queue. If the library moved it or published a fault, the copy would carry the sender's
        // user id, which the broker refuses, and be lost; and the sender's headers would choose the address of the fault.
        endpoint.RethrowFaultedMessages();
        endpoint.ThrowOnSkippedMessages();
        endpoint.PublishFaults = false;
        switch (endpoint)
        {
            case IInMemoryReceiveEndpointConfigurator memory:
                endpoint.ConcurrentMessageLimit = Concurrency;
                endpoint.PrefetchCount = Concurrency * 2;
                memory.Bind(Exchange);
                break;
            case IRabbitMqReceiveEndpointConfigurator rabbit:
                endpoint.ConcurrentMessageLimit = Prefetch;
                endpoint.PrefetchCount = Prefetch;
                RabbitTopology.ConfigureQueue(rabbit, this);
                rabbit.ConfigureChannel(
                    channel => channel.UseExecute(
                        opened => context.GetRequiredService<BrokerConnectionMonitor>().Attach(opened.ConnectionContext.Connection)));
                break;
        }

        endpoint.ConfigureConsumer<TConsumer>(context);
    }
}

/// <summary>A queue, independent of the type of its consumer.</summary>
public interface IBusQueue
{
    /// <inheritdoc cref="BusQueue{TConsumer}.Name"/>
    string Name { get; }

    /// <inheritdoc cref="BusQueue{TConsumer}.Exchange"/>
    string Exchange { get; }

    /// <inheritdoc cref="BusQueue{TConsumer}.Binding"/>
    string Binding { get; }

    /// <inheritdoc cref="BusQueue{TConsumer}.SingleActiveConsumer"/>
    bool SingleActiveConsumer { get; }

    /// <inheritdoc cref="BusQueue{TConsumer}.IsOpenedOnDemand"/>
    bool IsOpenedOnDemand { get; }

    internal void Register(IBusRegistrationConfigurator bus);

    internal void Configure(IReceiveEndpointConfigurator endpoint, IRegistrationContext context);
}

/// <summary>Starts reading a queue that is <see cref="IBusQueue.IsOpenedOnDemand"/>.</summary>
public sealed class QueueOpener(IReceiveEndpointConnector connector)
{
    private Task? _opened;

    /// <summary>Completes when the queue is being read. Waits for the broker. Further calls return the same task.</summary>
    public Task OpenAsync(IBusQueue queue, CancellationToken cancellationToken) => (_opened ??= connector
        .ConnectReceiveEndpoint(queue.Name, (context, endpoint) => queue.Configure(endpoint, context)).Ready).WaitAsync(cancellationToken);
}
