using XilinIngest.Aggregator;
using XilinIngest.Indicators;
using XilinIngest.Messaging;
using XilinIngest.Notifier;
using XilinIngest.Worker;

namespace XilinIngest.Admin.Broker;

/// <summary>A durable exchange.</summary>
internal sealed record BrokerExchange(string Name, string Type);

/// <summary>
/// A durable queue. Its arguments must equal those of the service that declares it; otherwise the broker refuses the service (406).
/// </summary>
internal sealed record BrokerQueue(string Name, IReadOnlyDictionary<string, object> Arguments);

/// <summary>The binding of a queue to an exchange.</summary>
internal sealed record BrokerBinding(string Exchange, string Queue, string RoutingKey);

/// <summary>The exchanges and queues that the services declare (docs/wire.md), and a receipt queue for every office.</summary>
internal sealed record BrokerTopology(
    IReadOnlyList<BrokerExchange> Exchanges, IReadOnlyList<BrokerQueue> Queues, IReadOnlyList<BrokerBinding> Bindings)
{
    public const string VirtualHost = "xilin";

    // The queues of the offices, which no service declares.
    private static readonly Dictionary<string, object> QuorumArguments = new() { ["x-queue-type"] = "quorum" };

    /// <param name="offices">The offices, each of which gets a receipt queue.</param>
    /// <param name="intakes">The topic patterns of the parts of the tree that have workers of their own.</param>
    /// <param name="partitions">The partitions of the unit tree; null: the whole tree.</param>
    public static BrokerTopology Create(
        IReadOnlyList<BrokerOffice> offices, IReadOnlyList<string> intakes, IReadOnlyList<Partition>? partitions = null)
    {
        var all = WorkerQueues(intakes).Concat(AggregatorRegistration.QueuesOf(partitions ?? [Partition.WholeTree]))
            .Concat(NotifierRegistration.NotifierQueues).ToList();

        // A process that has a queue of its own makes it when it starts.
        var services = all.FindAll(queue => !queue.IsOwn);
        var receipts = offices.Select(office => office.Code).ToList();
        return new BrokerTopology(
            [.. TopicExchanges.Union(all.Select(queue => queue.Exchange)).Select(name => new BrokerExchange(name, "topic")),
                new(Contracts.Exchanges.DeadLetter, "fanout")],
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

    /// <summary>The intake queues of the workers, one for each part of the tree.</summary>
    public static IEnumerable<IBusQueue> WorkerQueues(IEnumerable<string> intakes) =>
        intakes.SelectMany(WorkerRegistration.QueuesFor).DistinctBy(queue => queue.Name);

    // A message under the bare code of an office is routed only to the intake of its current subtree, so that there is no second copy.
    private static IEnumerable<BrokerBinding> BareCodeBindings(IReadOnlyList<BrokerOffice> offices, IReadOnlyList<string> intakes) =>
        from queue in WorkerQueues(intakes)
        where queue.Exchange == Contracts.Exchanges.Intake && queue.Binding != "#"
        from office in offices
        where $"{office.Paths[^1]}.".StartsWith(queue.Binding[..^1], StringComparison.Ordinal)
        select new BrokerBinding(queue.Exchange, queue.Name, office.Code);

    private static string[] TopicExchanges =>
        [Contracts.Exchanges.Intake, Contracts.Exchanges.Receipts, Contracts.Exchanges.Accepted, Contracts.Exchanges.Replay,
            Contracts.Exchanges.Results];
}
