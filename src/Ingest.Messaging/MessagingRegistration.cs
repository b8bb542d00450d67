using MassTransit;
using MassTransit.DependencyInjection;
using MassTransit.Transports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using XilinIngest.Contracts;

namespace XilinIngest.Messaging;

/// <summary>The bus: exchanges, queues and the wire format, in one place.</summary>
public static class MessagingRegistration
{
    // How long a stop waits for messages that are being handled. A message that is not finished by then is not acknowledged, and is
    // redelivered.
    private static readonly TimeSpan ConsumerStopTimeout = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(10);

    /// <summary>
    /// An in-memory bus with plain JSON bodies. Its messages are lost with the process; the ledger's replay restores them.
    /// </summary>
    public static IServiceCollection AddInMemoryBus(this IServiceCollection services, params IEnumerable<IBusQueue> queues) =>
        services.AddBus(queues, (bus, all) => bus.UsingInMemory((context, memory) =>
        {
            UseRawJson(memory);
            NameExchanges(memory);
            foreach (var queue in all)
            {
                memory.ReceiveEndpoint(queue.Name, endpoint => queue.Configure(endpoint, context));
            }
        }));

    /// <summary>The same on RabbitMQ. It connects when the host starts, waits for the broker, and reconnects by itself.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="address">The broker.</param>
    /// <param name="name">The name of the connection in the broker's lists.</param>
    /// <param name="queues">The queues that this process reads.</param>
    public static IServiceCollection AddRabbitBus(
        this IServiceCollection services, BrokerConnection address, string name, params IEnumerable<IBusQueue> queues) =>
        services.AddBus(queues, (bus, all) => bus.UsingRabbitMq((context, rabbit) =>
        {
            address.Configure(rabbit, name);
            UseRawJson(rabbit);
            NameExchanges(rabbit);
            RabbitTopology.ConfigureTopicExchanges(rabbit);
            foreach (var queue in all)
            {
                rabbit.ReceiveEndpoint(queue.Name, endpoint => queue.Configure(endpoint, context));
            }
        }));

    /// <summary>
    /// Checks every few seconds whether the broker takes messages on this connection. For a service that may be idle and has to detect a
    /// fault before its first message. Its user must be allowed to write to the broker's default exchange.
    /// </summary>
    public static IServiceCollection AddBrokerProbe(this IServiceCollection services) => services.AddHostedService<BrokerProbe>();

    private static IServiceCollection AddBus(
        this IServiceCollection services, IEnumerable<IBusQueue> queues, Action<IBusRegistrationConfigurator, IReadOnlyList<IBusQueue>> use)
    {
        var all = queues.ToList();
        services.AddOptions<MassTransitHostOptions>()
            .Configure(options => (options.ConsumerStopTimeout, options.StopTimeout) = (ConsumerStopTimeout, StopTimeout));
        services.AddSingleton<QueueOpener>()
            .AddSingleton<LogThrottle>()
            .AddSingleton<BrokerConnectionMonitor>().AddSingleton<MessagePublisher>().AddSingleton<QueueSender>().AddSingleton<BusHealth>();
        services.AddHealthChecks().AddCheck<BusHealth>("bus");
        services.PostConfigure<HealthCheckServiceOptions>(checks =>
        {
            foreach (var library in checks.Registrations.Where(check => check.Name == "masstransit-bus").ToList())
            {
                checks.Registrations.Remove(library);
            }
        });
        services.AddMassTransit(bus =>
        {
            // By default, the library reports its usage to its vendor over the internet.
            bus.DisableUsageTelemetry();
            foreach (var queue in all)
            {
                queue.Register(bus);
            }

            use(bus, all.FindAll(queue => !queue.IsOpenedOnDemand));
        });
        UseLibraryLoggers(services);
        return services;
    }

    // The library reads its loggers once, when it creates the bus, so they are set before any other configuration.
    private static void UseLibraryLoggers(IServiceCollection services)
    {
        var made = services.Single(service => service.ServiceType == typeof(Bind<IBus, IBusInstance>));
        var make = made.ImplementationFactory
            ?? throw new InvalidOperationException("This version of MassTransit makes its bus in another way.");
        services.Remove(made);
        services.AddSingleton(provider =>
        {
            LogContext.ConfigureCurrentLogContext(new LibraryLoggerFactory(provider.GetRequiredService<ILoggerFactory>()));
            return (Bind<IBus, IBusInstance>)make(provider);
        });
    }

    private static void UseRawJson(IBusFactoryConfigurator bus)
    {
        bus.ClearSerialization();
        var plain = new RawJsonSerializer(WireFormat.Options);
        bus.AddSerializer(plain);
        bus.AddDeserializer(plain, isDefault: true);
    }

    private static void NameExchanges(IBusFactoryConfigurator bus)
    {
        bus.Message<IntakeMessage>(message => message.SetEntityName(Exchanges.Intake));
        bus.Message<SubmissionReceipt>(message => message.SetEntityName(Exchanges.Receipts));
        bus.Message<SubmissionReceiptPack>(message => message.SetEntityName(Exchanges.Receipts));
        bus.Message<SubmissionsAccepted>(message => message.SetEntityName(Exchanges.Accepted));
        bus.Message<ReplayAccepted>(message => message.SetEntityName(Exchanges.Replay));
        bus.Message<TotalsPublished>(message => message.SetEntityName(Exchanges.Results));
        bus.Message<RankingPublished>(message => message.SetEntityName(Exchanges.Results));
        bus.Message<AlertRaised>(message => message.SetEntityName(Exchanges.Results));
        bus.Message<AlertChanged>(message => message.SetEntityName(Exchanges.Results));
        bus.Message<AlertCleared>(message => message.SetEntityName(Exchanges.Results));

        // The common base of the three alerts has no exchange of its own.
        bus.Publish<AlertEvent>(alert => alert.Exclude = true);
    }
}
