using MassTransit;
using MassTransit.DependencyInjection;
using MassTransit.Transports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace XilinIngest.Messaging;

/// <summary>Registers MassTransit: inside the process, or over RabbitMQ.</summary>
internal static class MassTransitRegistration
{
    // A message that is not finished by then is not acknowledged, and is redelivered.
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(10);

    public static void AddInMemory(IServiceCollection services, IReadOnlyList<IBusQueue> queues) =>
        Add(services, address: null, bus => bus.UsingInMemory((context, memory) =>
        {
            UseRawBodies(memory);
            foreach (var queue in queues)
            {
                memory.ReceiveEndpoint(queue.Name, endpoint => MassTransitQueues.Configure(endpoint, queue, context));
            }
        }));

    public static void AddRabbit(
        IServiceCollection services, BrokerConnection address, string name, IReadOnlyList<IBusQueue> queues) =>
        Add(services, address, bus => bus.UsingRabbitMq((context, rabbit) =>
        {
            var wait = new BrokerWait(
                address, context.GetRequiredService<BusLifetime>(), context.GetRequiredService<LogThrottle>(),
                context.GetRequiredService<ILogger<BrokerWait>>());
            MassTransitTopology.ConfigureHost(rabbit, address, name, wait);
            rabbit.ConnectSendObserver(new RejectedMessageObserver(context.GetRequiredService<BrokerConnectionMonitor>()));
            UseRawBodies(rabbit);
            foreach (var queue in queues)
            {
                rabbit.ReceiveEndpoint(queue.Name, endpoint => MassTransitQueues.Configure(endpoint, queue, context));
            }
        }));

    private static void Add(IServiceCollection services, BrokerConnection? address, Action<IBusRegistrationConfigurator> use)
    {
        services.AddOptions<MassTransitHostOptions>()
            .Configure(options => (options.ConsumerStopTimeout, options.StopTimeout) =
                (MessagingRegistration.ConsumerStopTimeout, StopTimeout));
        services.AddSingleton<BusLifetime>();
        services.AddSingleton<IBusTransport>(provider => new MassTransitTransport(
            provider.GetRequiredService<IBusControl>(), provider.GetRequiredService<IReceiveEndpointConnector>(),
            provider.GetRequiredService<BusLifetime>(), provider, address));
        services.AddMassTransit(bus =>
        {
            // By default, the library reports its usage to its vendor over the internet.
            bus.DisableUsageTelemetry();
            bus.AddBusObserver(provider => provider.GetRequiredService<BusLifetime>());
            use(bus);
        });
        services.PostConfigure<HealthCheckServiceOptions>(checks =>
        {
            foreach (var library in checks.Registrations.Where(check => check.Name == "masstransit-bus").ToList())
            {
                checks.Registrations.Remove(library);
            }
        });
        UseLibraryLoggers(services);
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

    private static void UseRawBodies(IBusFactoryConfigurator bus)
    {
        bus.ClearSerialization();
        var raw = new RawBodySerializer();
        bus.AddSerializer(raw);
        bus.AddDeserializer(raw, isDefault: true);
    }
}
