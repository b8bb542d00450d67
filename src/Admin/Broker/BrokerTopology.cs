using XilinIngest.Aggregator;
using XilinIngest.Contracts;
using XilinIngest.Messaging;
using XilinIngest.Worker;

namespace XilinIngest.Admin.Broker;

/// <summary>An exchange; durable.</summary>
internal sealed record BrokerExchange(string Name, string Type);

/// <summary>A queue; durable. Its arguments must be those with which a service declares it, or the service is refused (406).</summary>
internal sealed record BrokerQueue(string Name, IReadOnlyDictionary<string, object> Arguments);

/// <summary>A queue on an exchange.</summary>
internal sealed record BrokerBinding(string Exchange, string Queue, string RoutingKey);

/// <summary>What is on the broker, as the services declare it (docs/wire.md), and a receipt queue for every office.</summary>
internal sealed record BrokerTopology(IReadOnlyList<BrokerExchange> Exchanges, IReadOnlyList<BrokerQueue> Queues, IReadOnlyList<BrokerBinding> Bindings)
{
    public const string VirtualHost = "xilin";

    // What no service declares: the offices' queues.
    private static readonly Dictionary<string, object> QuorumArguments = new() { ["x-queue-type"] = "quorum" };

    /// <param name="offices">Who gets a receipt queue.</param>
    /// <param name="intakes">Which parts of the tree have workers of their own; topic patterns.</param>
    public static BrokerTopology Create(IReadOnlyList<BrokerOffice> offices, IReadOnlyList<string> intakes)
    {
        var services = WorkerQueues(intakes).Concat(AggregatorRegistration.AggregatorQueues).ToList();
        var receipts = offices.Select(office => office.Code).ToList();
        return new BrokerTopology(
            [.. TopicExchanges.Select(name => new BrokerExchange(name, "topic")), new(Contracts.Exchanges.DeadLetter, "fanout")],
            [
                .. services.Select(queue => new BrokerQueue(queue.Name, RabbitTopology.ArgumentsFor(queue))),
                new(Contracts.Queues.DeadLetters, RabbitTopology.DeadLetterArguments),
                .. receipts.Select(user => new BrokerQueue(Contracts.Queues.ReceiptsOf(user), QuorumArguments)),
            ],
            [
                .. services.Select(queue => new BrokerBinding(queue.Exchange, queue.Name, queue.Binding)),
                .. BareCodeBindings(offices, intakes),
                new(Contracts.Exchanges.DeadLetter, Contracts.Queues.DeadLetters, ""),
                .. receipts.Select(user => new BrokerBinding(Contracts.Exchanges.Receipts, Contracts.Queues.ReceiptsOf(user), user)),
            ]);
    }

    /// <summary>What workers read: an intake for each part of the tree.</summary>
    public static IEnumerable<IBusQueue> WorkerQueues(IEnumerable<string> intakes) => intakes.SelectMany(WorkerRegistration.QueuesFor).DistinctBy(queue => queue.Name);

    // Who sends under its code alone must find the queue of its subtree too: of where it is now, so that there is no second copy.
    private static IEnumerable<BrokerBinding> BareCodeBindings(IReadOnlyList<BrokerOffice> offices, IReadOnlyList<string> intakes) =>
        from queue in WorkerQueues(intakes)
        where queue.Exchange == Contracts.Exchanges.Intake && queue.Binding != "#"
        from office in offices
        where $"{office.Paths[^1]}.".StartsWith(queue.Binding[..^1], StringComparison.Ordinal)
        select new BrokerBinding(queue.Exchange, queue.Name, office.Code);

    private static string[] TopicExchanges =>
        [Contracts.Exchanges.Intake, Contracts.Exchanges.Receipts, Contracts.Exchanges.Accepted, Contracts.Exchanges.Replay, Contracts.Exchanges.Results];
}
