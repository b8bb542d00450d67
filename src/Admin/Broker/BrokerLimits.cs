using System.Text.RegularExpressions;
using XilinIngest.Contracts;

namespace XilinIngest.Admin.Broker;

/// <summary>A policy: what may be changed on a running broker without declaring a queue anew.</summary>
internal sealed record BrokerPolicy(string Name, string Pattern, IReadOnlyDictionary<string, object> Definition);

/// <summary>How far queues may grow, and what then happens. A full disk stops every publisher; these limits come before it.</summary>
internal static class BrokerLimits
{
    private const long Megabyte = 1024 * 1024;

    // Later versions of the broker drop a message that came back 20 times where nothing else is said. Nobody's receipt may be lost like that.
    private const int PracticallyUnlimited = 1_000_000;

    /// <summary>Connections of one office, whose password a broken program may use in a loop.</summary>
    public const int ConnectionsPerOffice = 10;

    public const int ChannelsPerOffice = 50;

    public static IReadOnlyList<BrokerPolicy> Policies =>
    [
        // The services' queues say themselves that they refuse what they cannot keep: a publisher then gets no confirm, and tries again.
        new("xilin-services", @"^xilin\.(worker\..+|aggregator)$", new Dictionary<string, object>
        {
            ["max-length-bytes"] = 4096 * Megabyte,
        }),

        // An office that sends and never reads must not stop the workers, which a refusal would do. The oldest receipt goes: it is in
        // the ledger, and the same submission sent again brings it back.
        new("xilin-receipts", $"^{Regex.Escape(Queues.ReceiptsOf(""))}.+$", new Dictionary<string, object>
        {
            ["max-length"] = 20_000,
            ["max-length-bytes"] = 64 * Megabyte,
            ["overflow"] = "drop-head",
            ["delivery-limit"] = PracticallyUnlimited,
        }),

        // What no one could read is kept until staff decide; full, it refuses, and what would be parked stays where it is.
        new("xilin-parked", $"^{Regex.Escape(Queues.DeadLetters)}$", new Dictionary<string, object>
        {
            ["max-length-bytes"] = 2048 * Megabyte,
            ["overflow"] = "reject-publish",
        }),
    ];
}
