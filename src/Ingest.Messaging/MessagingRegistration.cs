using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using XilinIngest.Contracts;

namespace XilinIngest.Messaging;

/// <summary>A queue on an exchange, and the one consumer that reads it.</summary>
/// <param name="Name">The queue's name.</param>
/// <param name="Exchange">One of <see cref="Exchanges"/>.</param>
/// <param name="Concurrency">How many messages are handled at once.</param>
public sealed record BusQueue<TConsumer>(string Name, string Exchange, int Concurrency) : IBusQueue
    where TConsumer : class, IConsumer
{
    void IBusQueue.Register(IBusRegistrationConfigurator bus) => bus.AddConsumer<TConsumer>();

    void IBusQueue.Bind(IInMemoryBusFactoryConfigurator bus, IRegistrationContext context) => bus.ReceiveEndpoint(Name, endpoint =>
    {
        endpoint.ConfigureConsumeTopology = false;
        endpoint.ConcurrentMessageLimit = Concurrency;
        endpoint.PrefetchCount = Concurrency * 2;
        endpoint.Bind(Exchange);
        endpoint.RethrowFaultedMessages();
        endpoint.ThrowOnSkippedMessages();
        endpoint.ConfigureConsumer<TConsumer>(context);
    });
}

/// <summary>Any queue.</summary>
public interface IBusQueue
{
    internal void Register(IBusRegistrationConfigurator bus);

    internal void Bind(IInMemoryBusFactoryConfigurator bus, IRegistrationContext context);
}

/// <summary>The bus: exchanges, queues and the wire format, in one place.</summary>
public static class MessagingRegistration
{
    /// <summary>An in-memory bus with plain JSON bodies: what is in it is lost with the process, which the ledger's replay heals.</summary>
    public static IServiceCollection AddInMemoryBus(this IServiceCollection services, params IEnumerable<IBusQueue> queues)
    {
        var all = queues.ToList();
        return services.AddMassTransit(bus =>
        {
            // Left on, the library reports how it is used to its makers, over the internet.
            bus.DisableUsageTelemetry();
            foreach (var queue in all)
            {
                queue.Register(bus);
            }

            bus.UsingInMemory((context, memory) =>
            {
                UsePlainJson(memory);
                NameExchanges(memory);
                foreach (var queue in all)
                {
                    queue.Bind(memory, context);
                }
            });
        });
    }

    private static void UsePlainJson(IBusFactoryConfigurator bus)
    {
        bus.ClearSerialization();
        var plain = new PlainJson(WireFormat.Options);
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
    }
}
