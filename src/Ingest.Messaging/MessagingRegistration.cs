using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace XilinIngest.Messaging;

/// <summary>The library that carries messages to RabbitMQ.</summary>
public enum BusLibrary
{
    MassTransit,

    /// <summary>RabbitMQ's own client library, RabbitMQ.Client, alone.</summary>
    RabbitClient,
}

/// <summary>The bus: transport, queues and publishers, in one place.</summary>
public static class MessagingRegistration
{
    private const string QueuesCheck = "queues";

    /// <summary>
    /// How long a stop waits for messages that are being handled. A message that is not finished by then is not acknowledged, and is
    /// redelivered.
    /// </summary>
    internal static readonly TimeSpan ConsumerStopTimeout = TimeSpan.FromSeconds(6);

    /// <summary>
    /// A bus inside the process. Its messages are lost with the process; the ledger's replay restores them.
    /// </summary>
    public static IServiceCollection AddInMemoryBus(this IServiceCollection services, params IEnumerable<IBusQueue> queues)
    {
        MassTransitRegistration.AddInMemory(services, AddQueues(services, queues));
        services.AddHealthChecks().AddCheck<InMemoryQueueHealth>(QueuesCheck);
        return services;
    }

    /// <summary>The same on RabbitMQ. It connects when the host starts, waits for the broker, and reconnects by itself.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="address">The broker.</param>
    /// <param name="name">The name of the connection in the broker's lists.</param>
    /// <param name="library">The library that carries the messages.</param>
    /// <param name="queues">The queues that this process reads.</param>
    public static IServiceCollection AddRabbitBus(
        this IServiceCollection services, BrokerConnection address, string name, BusLibrary library, params IEnumerable<IBusQueue> queues)
    {
        var all = queues.ToList();
        var opened = AddQueues(services, all);
        AddQueueMonitor(services, address, all);
        if (library == BusLibrary.MassTransit)
        {
            MassTransitRegistration.AddRabbit(services, address, name, opened);
            return services;
        }

        services.AddSingleton(provider => new RabbitClientTransport(
            address, name, opened, provider, provider.GetRequiredService<BrokerConnectionMonitor>(),
            provider.GetRequiredService<LogThrottle>(), provider.GetRequiredService<ILogger<RabbitClientTransport>>()));
        services.AddSingleton<IBusTransport>(provider => provider.GetRequiredService<RabbitClientTransport>());
        return services.AddHostedService(provider => provider.GetRequiredService<RabbitClientTransport>());
    }

    private static void AddQueueMonitor(IServiceCollection services, BrokerConnection address, IReadOnlyList<IBusQueue> queues)
    {
        services.AddSingleton(provider => new QueueMonitor(
                address, queues, provider.GetRequiredService<QueueOpener>(), provider.GetRequiredService<IMeterFactory>(),
                provider.GetRequiredService<ILogger<QueueMonitor>>()))
            .AddHostedService(provider => provider.GetRequiredService<QueueMonitor>());
        services.AddHealthChecks().AddCheck<QueueHealth>(QueuesCheck);
    }

    /// <summary>
    /// Checks every few seconds whether the broker takes messages on this connection. For a service that may be idle and has to detect a
    /// fault before its first message. Its user must be allowed to write to the broker's default exchange.
    /// </summary>
    public static IServiceCollection AddBrokerProbe(this IServiceCollection services) => services.AddHostedService<BrokerProbe>();

    /// <returns>The queues that are read from the start.</returns>
    private static List<IBusQueue> AddQueues(IServiceCollection services, IEnumerable<IBusQueue> queues)
    {
        var all = queues.ToList();
        all.ForEach(queue => queue.AddConsumer(services));
        services.AddSingleton<QueueOpener>()
            .AddSingleton<LogThrottle>()
            .AddSingleton<BrokerConnectionMonitor>().AddSingleton<MessagePublisher>().AddSingleton<QueueSender>().AddSingleton<BusHealth>();
        services.AddHealthChecks().AddCheck<BusHealth>("bus");
        services.AddHostedService<BusConnectionGauge>();
        return all.FindAll(queue => !queue.IsOpenedOnDemand);
    }
}
