using System.Text.RegularExpressions;
using XilinIngest.Aggregator;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Messaging;
using XilinIngest.Notifier;

namespace XilinIngest.Admin.Broker;

/// <summary>The users of the services and of the staff.</summary>
internal static class ServiceUsers
{
    public const string Worker = "xilin-worker";
    public const string Aggregator = "xilin-aggregator";
    public const string Notifier = "xilin-notifier";
    public const string Staff = "xilin-staff";

    /// <summary>Queues that staff declare to watch results.</summary>
    public const string StaffQueues = "xilin.staff.";

    public static readonly IReadOnlyList<string> Names = [Worker, Aggregator, Notifier, Staff];

    /// <param name="intakes">The parts of the tree that have workers of their own.</param>
    /// <param name="partitions">The partitions of the unit tree; null: the whole tree.</param>
    public static IReadOnlyList<BrokerUser> Create(IEnumerable<string> intakes, IReadOnlyList<Partition>? partitions = null)
    {
        var all = partitions ?? [Partition.WholeTree];
        IReadOnlyList<IBusQueue> queues = [.. AggregatorRegistration.QueuesOf(all)];
        string[] accepted = [.. all.Select(partition => Exchanges.AcceptedOf(partition.Path))];
        string[] results = queues.Any(queue => queue.Exchange == ServiceExchanges.RollUps)
            ? [Exchanges.Replay, Exchanges.Results, ServiceExchanges.RollUps] : [Exchanges.Replay, Exchanges.Results];
        return
        [
            BrokerUser.ForService(Worker, [.. BrokerTopology.WorkerQueues(intakes)], [.. accepted, Exchanges.Receipts])
                .WithDefaultExchange(),
            BrokerUser.ForService(Aggregator, queues, results),
            BrokerUser.ForReader(Notifier, [.. NotifierRegistration.NotifierQueues]),
            StaffUser(),
        ];
    }

    // Reads dead letters and publishes them again under the sender's user id, which needs the tag; requests replays; watches results.
    private static BrokerUser StaffUser()
    {
        string own = Regex.Escape(StaffQueues) + ".+";
        var (intake, replay, results, parked) =
            (Regex.Escape(Exchanges.Intake), Regex.Escape(Exchanges.Replay), Regex.Escape(Exchanges.Results),
                Regex.Escape(Queues.DeadLetters));
        return new BrokerUser(Staff, $"^{own}$", $"^({intake}|{replay}|{own})$", $"^({parked}|{results}|{own})$") { Tags = "impersonator" };
    }
}
