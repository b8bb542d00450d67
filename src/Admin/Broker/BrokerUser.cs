using System.Text.RegularExpressions;
using XilinIngest.Contracts;
using XilinIngest.Messaging;

namespace XilinIngest.Admin.Broker;

/// <summary>Which routing keys a user may write to an exchange.</summary>
internal sealed record TopicPermission(string Exchange, string Write);

/// <summary>A user, and the least that it needs: three patterns over the names of exchanges and queues.</summary>
internal sealed record BrokerUser(string Name, string Configure, string Write, string Read)
{
    private const string MatchNothing = "^$";

    // How the broker calls the default exchange where it asks for permissions.
    private const string DefaultExchange = "amq.default";

    /// <summary>A service may be there many times, an office a few.</summary>
    public bool IsOffice { get; init; }

    public string Tags { get; init; } = "";

    public IReadOnlyList<TopicPermission> Topics { get; init; } = [];

    /// <summary>
    /// Sends to the intake under its own path, or under its bare code (an enterprise that has no catalogue does not know its path), and
    /// reads its own receipts. The key is a first fence alone: CC and BCC go past it, and the worker goes by the name of the sender,
    /// which the broker checks.
    /// </summary>
    public static BrokerUser ForOffice(BrokerOffice office) => new(office.Code, MatchNothing, MatchAny(Exchanges.Intake), MatchAny(Queues.ReceiptsOf(office.Code)))
    {
        IsOffice = true,
        Topics = [new(Exchanges.Intake, $"^(({string.Join('|', office.Paths.Select(Regex.Escape))})(\\..+)?|{Regex.Escape(office.Code)})$")],
    };

    /// <summary>Declares its queues at every start, reads them, and publishes to some exchanges.</summary>
    public static BrokerUser ForService(string name, IReadOnlyCollection<IBusQueue> queues, params string[] publishesTo)
    {
        string[] declares = [.. queues.Select(queue => queue.Name), .. queues.Select(queue => queue.Exchange), Exchanges.DeadLetter, Queues.DeadLetters, .. publishesTo];

        // To bind a queue takes writing it and reading its exchange; to name a dead-letter exchange, writing that.
        string[] writes = [.. publishesTo, .. queues.Select(queue => queue.Name), Exchanges.DeadLetter, Queues.DeadLetters];
        string[] reads = [.. queues.Select(queue => queue.Name), .. queues.Select(queue => queue.Exchange), Exchanges.DeadLetter];
        return new BrokerUser(name, MatchAny(declares), MatchAny(writes), MatchAny(reads));
    }

    /// <summary>May also put a message straight into a queue: into the parked ones, and where a client asks for its answer.</summary>
    public BrokerUser WithDefaultExchange() => this with { Write = $"{Write[..^2]}|{Regex.Escape(DefaultExchange)})$" };

    private static string MatchAny(params IEnumerable<string> names) => $"^({string.Join('|', names.Distinct().Select(Regex.Escape))})$";
}
