using System.Diagnostics;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
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
        var system = endpoint is IInMemoryReceiveEndpointConfigurator ? MassTransitTransport.InMemory : "rabbitmq";
        if (!queue.IsOwn)
        {
            endpoint.Handler<RawMessage>(
                context => MessageHandling.HandleAsync(consumer.Value, queue, system, Receive(context), context.CancellationToken));
            return;
        }

        var (throttle, logger) =
            (services.GetRequiredService<LogThrottle>(), services.GetRequiredService<ILogger<MassTransitTransport>>());
        endpoint.Handler<RawMessage>(context => MessageHandling.HandleOrDropAsync(
            consumer.Value, queue, system, Receive(context), throttle, logger, context.CancellationToken));
    }

    /// <summary>
    /// Whether the in-memory transport routes by key. Only results and the sums of partitions are bound by key inside the process: a reader
    /// of alerts must not receive every total. On the other exchanges each queue receives everything, which costs less.
    /// </summary>
    public static bool IsTopicInMemory(string exchange) => exchange is Exchanges.Results or ServiceExchanges.RollUps;

    // Without a delivery with the in-memory transport, which has no broker and no other senders.
    private static ReceivedMessage Receive(ConsumeContext context)
    {
        var body = context.ReceiveContext.Body.GetBytes();
        return context.ReceiveContext.TryGetPayload(out RabbitMqBasicConsumeContext? rabbit)
            ? new(body, DeliveryInfo.From(rabbit.Exchange, rabbit.RoutingKey, rabbit.Properties))
            { Trace = TraceHeaders.Read(rabbit.Properties) }
            : new(body, null) { Trace = TraceInMemory(context.ReceiveContext.TransportHeaders) };
    }

    private static ActivityContext TraceInMemory(Headers headers) => MessagingTelemetry.Source.HasListeners()
        ? TraceHeaders.Parse(headers.Get<string>(TraceHeaders.Parent), headers.Get<string>(TraceHeaders.State)) : default;
}
