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

    // Without a dead-letter exchange: what is dropped would fill the queue of the dead letters.
    private static Dictionary<string, object> DroppingQueueArguments => new()
    {
        ["x-queue-type"] = "quorum",
        ["x-delivery-limit"] = DeliveryLimit,
        ["x-overflow"] = "drop-head",
    };

    // A classic queue: RabbitMQ 3.10 closes the connection of everyone who publishes to a quorum queue while it is deleted. It lives on one
    // node; if that is lost, the process opens another one where it connects.
    private static Dictionary<string, object> OwnQueueArguments => new()
    {
        ["x-queue-type"] = "classic",
        ["x-expires"] = (int)OwnQueueExpiry.TotalMilliseconds,
        ["x-overflow"] = "drop-head",
    };

    private static readonly TimeSpan OwnQueueExpiry = TimeSpan.FromSeconds(30);

    /// <summary>The arguments with which this queue is declared.</summary>
    public static IReadOnlyDictionary<string, object> ArgumentsFor(IBusQueue queue)
    {
        if (queue.IsOwn)
        {
            return OwnQueueArguments;
        }

        var arguments = queue.MayDropMessages ? DroppingQueueArguments : QueueArguments;
        return queue.SingleActiveConsumer
            ? new Dictionary<string, object>(arguments) { ["x-single-active-consumer"] = true }
            : arguments;
    }

    /// <summary>
    /// Staff read dead letters any number of times without removing them. Without a limit of its own, the queue would move a message
    /// that was read to its end (RabbitMQ 3.10), or drop it after 20 reads (4.0).
    /// </summary>
    public static IReadOnlyDictionary<string, object> DeadLetterArguments => new Dictionary<string, object>
    {
        ["x-queue-type"] = "quorum",
        ["x-delivery-limit"] = 1_000_000,
    };

    /// <summary>Declares a queue with its exchange and binding.</summary>
    public static async Task DeclareAsync(IChannel channel, IBusQueue queue, CancellationToken cancellationToken)
    {
        await channel.ExchangeDeclareAsync(
            queue.Exchange, ExchangeType.Topic, durable: true, autoDelete: false, cancellationToken: cancellationToken);
        await DeclareQueueAsync(channel, queue, cancellationToken);
        await channel.QueueBindAsync(queue.NameOnBroker, queue.Exchange, queue.Binding, cancellationToken: cancellationToken);
    }

    /// <summary>Declares a queue alone.</summary>
    public static Task DeclareQueueAsync(IChannel channel, IBusQueue queue, CancellationToken cancellationToken) =>
        DeclareQueueAsync(channel, queue.NameOnBroker, ArgumentsFor(queue), cancellationToken);

    /// <summary>Declares the dead letters and the exchange on which they arrive.</summary>
    public static async Task DeclareDeadLettersAsync(IChannel channel, CancellationToken cancellationToken)
    {
        await channel.ExchangeDeclareAsync(
            Exchanges.DeadLetter, ExchangeType.Fanout, durable: true, autoDelete: false, cancellationToken: cancellationToken);
        await DeclareQueueAsync(channel, Queues.DeadLetters, DeadLetterArguments, cancellationToken);
        await channel.QueueBindAsync(Queues.DeadLetters, Exchanges.DeadLetter, "", cancellationToken: cancellationToken);
    }

    private static Task<QueueDeclareOk> DeclareQueueAsync(
        IChannel channel, string name, IReadOnlyDictionary<string, object> arguments, CancellationToken cancellationToken) =>
        channel.QueueDeclareAsync(
            name, durable: true, exclusive: false, autoDelete: false,
            arguments.ToDictionary(pair => pair.Key, object? (pair) => pair.Value), cancellationToken: cancellationToken);
}
