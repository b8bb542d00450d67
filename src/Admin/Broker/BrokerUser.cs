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
        string[] declares =
            [.. queues.Select(queue => queue.Name), .. queues.Select(queue => queue.Exchange), Exchanges.DeadLetter, Queues.DeadLetters,
                .. publishesTo];

        // Binding a queue requires write on the queue and read on its exchange. Naming a dead-letter exchange requires write on it.
        string[] writes = [.. publishesTo, .. queues.Select(queue => queue.Name), Exchanges.DeadLetter, Queues.DeadLetters];
        string[] reads = [.. queues.Select(queue => queue.Name), .. queues.Select(queue => queue.Exchange), Exchanges.DeadLetter];
        return new BrokerUser(name, MatchAny(declares), MatchAny(writes), MatchAny(reads));
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

    private static string MatchAny(params IEnumerable<string> names) => $"^({string.Join('|', names.Distinct().Select(Regex.Escape))})$";
}
