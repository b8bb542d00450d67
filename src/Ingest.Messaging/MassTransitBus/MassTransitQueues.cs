using MassTransit;
using Microsoft.Extensions.DependencyInjection;

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
                memory.Bind(queue.Exchange);
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

    // Null with the in-memory transport, which has no broker and no other senders.
    private static DeliveryInfo? DeliveryOf(ConsumeContext context) =>
        context.ReceiveContext.TryGetPayload(out RabbitMqBasicConsumeContext? rabbit)
            ? DeliveryInfo.From(rabbit.Exchange, rabbit.RoutingKey, rabbit.Properties)
            : null;
}
