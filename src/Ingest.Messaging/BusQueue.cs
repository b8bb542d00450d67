using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace XilinIngest.Messaging;

/// <summary>A queue on an exchange, and the one consumer that reads it.</summary>
/// <param name="Name">The queue's name.</param>
/// <param name="Exchange">One of the topic exchanges.</param>
/// <param name="Concurrency">How many messages are handled at once inside one process, where every message wakes as many tasks.</param>
public sealed record BusQueue<TConsumer>(string Name, string Exchange, int Concurrency) : IBusQueue
    where TConsumer : class, IConsumer
{
    /// <summary>Which routing keys it gets, a topic pattern.</summary>
    public string Binding { get; init; } = "#";

    /// <summary>How many messages a broker may hand over before the first is acknowledged; all of them are handled at once.</summary>
    public ushort Prefetch { get; init; } = 500;

    /// <summary>One reader at a time; the next takes over when it goes.</summary>
    public bool SingleActiveConsumer { get; init; }

    /// <summary>Not read from the start, but from the moment that <see cref="QueueOpener"/> is asked to.</summary>
    public bool IsOpenedOnDemand { get; init; }

    void IBusQueue.Register(IBusRegistrationConfigurator bus) => bus.AddConsumer<TConsumer>();

    void IBusQueue.Configure(IReceiveEndpointConfigurator endpoint, IRegistrationContext context)
    {
        endpoint.ConfigureConsumeTopology = false;

        // A fault goes back to the queue: moved or told to others by the library, it would carry the sender's name, which the
        // broker refuses, and be lost; and where it was told would be for the sender to say.
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
                rabbit.ConfigureChannel(channel => channel.UseExecute(opened => context.GetRequiredService<BrokerConnectionMonitor>().Attach(opened.ConnectionContext.Connection)));
                break;
        }

        endpoint.ConfigureConsumer<TConsumer>(context);
    }
}

/// <summary>Any queue.</summary>
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

/// <summary>Begins to read a queue that is <see cref="IBusQueue.IsOpenedOnDemand"/>.</summary>
public sealed class QueueOpener(IReceiveEndpointConnector connector)
{
    private Task? _opened;

    /// <summary>Completes once the queue is being read, which waits for the broker; asked again, it is the same.</summary>
    public Task OpenAsync(IBusQueue queue, CancellationToken cancellationToken) => (_opened ??= connector
        .ConnectReceiveEndpoint(queue.Name, (context, endpoint) => queue.Configure(endpoint, context)).Ready).WaitAsync(cancellationToken);
}
