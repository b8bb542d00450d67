using System.Text.RegularExpressions;
using XilinIngest.Contracts;
using XilinIngest.Messaging;

namespace XilinIngest.Admin.Broker;

/// <summary>The routing keys that a user may publish to an exchange.</summary>
internal sealed record TopicPermission(string Exchange, string Write);

/// <summary>A user with least privilege: its permissions are three patterns for the names of exchanges and queues.</summary>
internal sealed record BrokerUser(string Name, string Configure, string Write, string Read)
{
    private const string MatchNothing = "^$";

    // The name of the default exchange in permission patterns.
    private const string DefaultExchange = "amq.default";

    /// <summary>The maximum number of connections: a service may have many instances, an office few.</summary>
    public bool IsOffice { get; init; }

    public string Tags { get; init; } = "";

    public IReadOnlyList<TopicPermission> Topics { get; init; } = [];

    /// <summary>
    /// Publishes to the intake under its own path, or under its bare code (an enterprise without a catalogue does not know its path), and
    /// reads its own receipts. The routing key alone does not protect the intake, because CC and BCC headers bypass it; the worker
    /// authorises by the user id, which the broker verifies.
    /// </summary>
    public static BrokerUser ForOffice(BrokerOffice office) =>
        new(office.Code, MatchNothing, MatchAny(Exchanges.Intake), MatchAny(Queues.ReceiptsOf(office.Code)))
        {
            IsOffice = true,
            Topics = [new(Exchanges.Intake,
            $"^(({string.Join('|', office.Paths.Select(Regex.Escape))})(\\..+)?|{Regex.Escape(office.Code)})$")],
        };

    /// <summary>Declares its queues at every start, reads them, and publishes to some exchanges.</summary>
    public static BrokerUser ForService(string name, IReadOnlyCollection<IBusQueue> queues, params string[] publishesTo)
    {
        // Binding a queue requires write on the queue and read on its exchange. Naming a dead-letter exchange requires write on it.
        var names = MatchNames(queues);
        string[] exchanges = [.. queues.Select(queue => Regex.Escape(queue.Exchange))];
        string[] publishes = [.. publishesTo.Select(Regex.Escape)];
        string[] dead = queues.All(queue => queue.IsOwn) ? [] : [Regex.Escape(Exchanges.DeadLetter), Regex.Escape(Queues.DeadLetters)];
        return new BrokerUser(name, MatchPatterns([.. names, .. exchanges, .. dead, .. publishes]),
            MatchPatterns([.. publishes, .. names, .. dead]), MatchPatterns([.. names, .. exchanges, .. dead.Take(1)]));
    }

    /// <summary>Declares its queues at every start and reads them; publishes nothing. Its queues have no dead letters.</summary>
    public static BrokerUser ForReader(string name, IReadOnlyCollection<IBusQueue> queues)
    {
        string[] own = [.. queues.Select(queue => queue.Name)];
        string[] all = [.. own, .. queues.Select(queue => queue.Exchange)];
        return new BrokerUser(name, MatchAny(all), MatchAny(own), MatchAny(all));
    }

    /// <summary>May also publish directly to a queue: to the dead letters, and to the reply queue of a client.</summary>
    public BrokerUser WithDefaultExchange() => this with { Write = $"{Write[..^2]}|{Regex.Escape(DefaultExchange)})$" };

    private static IEnumerable<string> MatchNames(IEnumerable<IBusQueue> queues) =>
        queues.Select(queue => Regex.Escape(queue.Name) + (queue.IsOwn ? OwnQueues.SuffixPattern : ""));

    private static string MatchAny(params IEnumerable<string> names) => MatchPatterns(names.Select(Regex.Escape));

    private static string MatchPatterns(IEnumerable<string> patterns) => $"^({string.Join('|', patterns.Distinct())})$";
}
