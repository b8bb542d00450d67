using MassTransit;
using MassTransit.RabbitMqTransport.Configuration;
using RabbitMQ.Client;
using XilinIngest.Contracts;

namespace XilinIngest.Messaging;

/// <summary>
/// The exchanges and queues on RabbitMQ (docs/wire.md). The first client declares them; a later one fails if its arguments differ.
/// </summary>
internal static class RabbitTopology
{
    /// <summary>
    /// The number of redeliveries before a message is dead-lettered. A killed process returns all its unacknowledged messages, so the
    /// limit must be well above the number of kills that a message may see. A worker delays the redelivery of a failing message.
    /// </summary>
    public const int DeliveryLimit = 100;

    /// <summary>A quorum queue with at-least-once dead-lettering.</summary>
    public static IReadOnlyDictionary<string, object> QueueArguments => new Dictionary<string, object>
    {
        ["x-queue-type"] = "quorum",
        ["x-delivery-limit"] = DeliveryLimit,
        ["x-dead-letter-exchange"] = Exchanges.DeadLetter,
        ["x-dead-letter-strategy"] = "at-least-once",
        ["x-overflow"] = "reject-publish",
    };

    /// <summary>The arguments with which this queue is declared.</summary>
    public static IReadOnlyDictionary<string, object> ArgumentsFor(IBusQueue queue) => queue.SingleActiveConsumer
        ? new Dictionary<string, object>(QueueArguments) { ["x-single-active-consumer"] = true }
        : QueueArguments;

    /// <summary>
    /// Staff read dead letters any number of times without removing them. Without a limit of its own, the queue would move a message
    /// that was read to its end (RabbitMQ 3.10), or drop it after 20 reads (4.0).
    /// </summary>
    public static IReadOnlyDictionary<string, object> DeadLetterArguments => new Dictionary<string, object>
    {
        ["x-queue-type"] = "quorum",
        ["x-delivery-limit"] = 1_000_000,
    };

    public static void ConfigureQueue(IRabbitMqReceiveEndpointConfigurator endpoint, IBusQueue queue)
    {
        // By default the library declares a fanout exchange for every queue. With the topic exchange in its place, it binds the queue
        // directly: one hop less for every message, and only the objects of docs/wire.md on the broker.
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
