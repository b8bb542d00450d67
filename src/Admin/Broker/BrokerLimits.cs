using System.Text.RegularExpressions;
using XilinIngest.Contracts;
using XilinIngest.Messaging;

namespace XilinIngest.Admin.Broker;

/// <summary>A policy, which can be changed on a running broker without redeclaring a queue.</summary>
internal sealed record BrokerPolicy(string Name, string Pattern, IReadOnlyDictionary<string, object> Definition);

/// <summary>The limits of queues and their overflow. They take effect before a full disk, which would stop every publisher.</summary>
internal static class BrokerLimits
{
    private const long Megabyte = 1024 * 1024;

    // RabbitMQ 4.0 and later drop a message after 20 redeliveries by default. A receipt must not be lost in this way.
    private const int PracticallyUnlimited = 1_000_000;

    /// <summary>The connections of one office. A faulty program may connect in a loop.</summary>
    public const int ConnectionsPerOffice = 10;

    public const int ChannelsPerOffice = 50;

    public static IReadOnlyList<BrokerPolicy> Policies =>
    [
        // The services declare their queues with reject-publish: beyond the limit a publisher gets no confirm, and retries.
        new("xilin-services", @"^xilin\.worker\..+$", new Dictionary<string, object>
        {
            ["max-length-bytes"] = 4096 * Megabyte,
        }),

        // An aggregator that hangs must stop neither the workers nor the other aggregators. What was dropped it asks for again.
        new("xilin-aggregator", $@"^xilin\.(aggregator|rollups)(\..+)?{OwnQueues.SuffixPattern}$", new Dictionary<string, object>
        {
            ["max-length-bytes"] = 256 * Megabyte,
        }),

        // A notifier that is away must not stop the aggregators. It reads what was dropped from the published alerts.
        new("xilin-notifier", @"^xilin\.notifier$", new Dictionary<string, object>
        {
            ["max-length-bytes"] = 64 * Megabyte,
        }),

        // An office that sends and never reads must not stop the workers, so the oldest receipt is dropped instead of refusing new ones.
        // The receipt remains in the ledger; sending the same submission again returns it.
        new("xilin-receipts", $"^{Regex.Escape(Queues.ReceiptsOf(""))}.+$", new Dictionary<string, object>
        {
            ["max-length"] = 20_000,
            ["max-length-bytes"] = 64 * Megabyte,
            ["overflow"] = "drop-head",
            ["delivery-limit"] = PracticallyUnlimited,
        }),

        // Dead letters are kept until staff decide. A full queue refuses further ones, which then remain in their queue.
        new("xilin-parked", $"^{Regex.Escape(Queues.DeadLetters)}$", new Dictionary<string, object>
        {
            ["max-length-bytes"] = 2048 * Megabyte,
            ["overflow"] = "reject-publish",
        }),
    ];
}
