using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using XilinIngest.Contracts;

namespace XilinIngest.Messaging;

/// <summary>How MassTransit reads a queue.</summary>
internal static class MassTransitQueues
{
    public static void Configure(IReceiveEndpointConfigurator endpoint, IBusQueue queue, IServiceProvider services)
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
                endpoint.ConcurrentMessageLimit = queue.Concurrency;
                endpoint.PrefetchCount = queue.Concurrency * 2;
                if (IsTopicInMemory(queue.Exchange))
                {
                    memory.Bind(queue.Exchange, MassTransit.Transports.Fabric.ExchangeType.Topic, queue.Binding);
                }
                else
                {
                    memory.Bind(queue.Exchange);
                }

                break;
            case IRabbitMqReceiveEndpointConfigurator rabbit:
                endpoint.ConcurrentMessageLimit = queue.Prefetch;
                endpoint.PrefetchCount = queue.Prefetch;
                MassTransitTopology.ConfigureQueue(rabbit, queue);
                rabbit.ConfigureChannel(
                    channel => channel.UseExecute(
                        opened => services.GetRequiredService<BrokerConnectionMonitor>().Attach(opened.ConnectionContext.Connection)));
                break;
        }

        // The consumer may publish, and so needs the bus that is being made here.
        var consumer = new Lazy<IMessageConsumer>(() => queue.GetConsumer(services));
        endpoint.Handler<RawMessage>(context => consumer.Value.ConsumeAsync(
            new ReceivedMessage(context.ReceiveContext.Body.GetBytes(), DeliveryOf(context)), context.CancellationToken));
    }

    /// <summary>
    /// Whether the in-memory transport routes by key. Only results and the sums of partitions are bound by key inside the process: a reader
    /// of alerts must not receive every total. On the other exchanges each queue receives everything, which costs less.
    /// </summary>
    public static bool IsTopicInMemory(string exchange) => exchange is Exchanges.Results or ServiceExchanges.RollUps;

    // Null with the in-memory transport, which has no broker and no other senders.
    private static DeliveryInfo? DeliveryOf(ConsumeContext context) =>
        context.ReceiveContext.TryGetPayload(out RabbitMqBasicConsumeContext? rabbit)
            ? DeliveryInfo.From(rabbit.Exchange, rabbit.RoutingKey, rabbit.Properties)
            : null;
}
