using MassTransit;
using MassTransit.RabbitMqTransport.Configuration;
using RabbitMQ.Client;
using XilinIngest.Contracts;

namespace XilinIngest.Messaging;

/// <summary>What is declared on RabbitMQ (docs/wire.md). Whoever comes first declares it; who comes later finds it as it says here, or fails.</summary>
internal static class RabbitTopology
{
    /// <summary>
    /// How often a message may come back before it is parked. A process that is killed gives back all that it had at hand, so this
    /// must be well above the number of kills that a message may live through; a worker tries a failing one more slowly than that.
    /// </summary>
    public const int DeliveryLimit = 100;

    /// <summary>Durable, on every node, and no message leaves it before it is safe where it goes.</summary>
    public static IReadOnlyDictionary<string, object> QueueArguments => new Dictionary<string, object>
    {
        ["x-queue-type"] = "quorum",
        ["x-delivery-limit"] = DeliveryLimit,
        ["x-dead-letter-exchange"] = Exchanges.DeadLetter,
        ["x-dead-letter-strategy"] = "at-least-once",
        ["x-overflow"] = "reject-publish",
    };

    /// <summary>What this one is declared with.</summary>
    public static IReadOnlyDictionary<string, object> ArgumentsFor(IBusQueue queue) => queue.SingleActiveConsumer
        ? new Dictionary<string, object>(QueueArguments) { ["x-single-active-consumer"] = true }
        : QueueArguments;

    /// <summary>
    /// Staff look at what is parked without taking it, as often as they like. Where a queue names no limit, a broker puts behind the rest
    /// what was looked at (3.10), or loses it after 20 looks (4.0).
    /// </summary>
    public static IReadOnlyDictionary<string, object> DeadLetterArguments => new Dictionary<string, object>
    {
        ["x-queue-type"] = "quorum",
        ["x-delivery-limit"] = 1_000_000,
    };

    public static void ConfigureQueue(IRabbitMqReceiveEndpointConfigurator endpoint, IBusQueue queue)
    {
        // The library puts a fanout exchange named like the queue before every queue. Told that this exchange is the topic exchange
        // itself, it binds the queue to that: one hop less for every message, and nothing on the broker but what docs/wire.md names.
        if (endpoint is not RabbitMqReceiveEndpointConfiguration { Settings: RabbitMqReceiveSettings settings })
        {
            throw new InvalidOperationException("This version of MassTransit.RabbitMQ keeps a queue's settings elsewhere.");
        }

        settings.ExchangeName = queue.Exchange;
        settings.ExchangeType = ExchangeType.Topic;
        settings.RoutingKey = queue.Binding;
        foreach (var (name, value) in QueueArguments)
        {
            endpoint.SetQueueArgument(name, value);
        }

        endpoint.SingleActiveConsumer = queue.SingleActiveConsumer;
        endpoint.BindDeadLetterQueue(Exchanges.DeadLetter, Queues.DeadLetters, parked =>
        {
            foreach (var (name, value) in DeadLetterArguments)
            {
                parked.SetQueueArgument(name, value);
            }
        });
    }

    public static void ConfigureTopicExchanges(IRabbitMqBusFactoryConfigurator bus)
    {
        bus.Publish<IntakeMessage>(SetTopicType);
        bus.Publish<SubmissionReceipt>(SetTopicType);
        bus.Publish<SubmissionReceiptPack>(SetTopicType);
        bus.Publish<SubmissionsAccepted>(SetTopicType);
        bus.Publish<ReplayAccepted>(SetTopicType);
        bus.Publish<TotalsPublished>(SetTopicType);
        bus.Publish<RankingPublished>(SetTopicType);
        bus.Publish<AlertRaised>(SetTopicType);
        bus.Publish<AlertChanged>(SetTopicType);
        bus.Publish<AlertCleared>(SetTopicType);
    }

    private static void SetTopicType(IRabbitMqExchangeConfigurator exchange) => exchange.ExchangeType = ExchangeType.Topic;
}
