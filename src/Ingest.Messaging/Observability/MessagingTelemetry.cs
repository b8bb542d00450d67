using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace XilinIngest.Messaging;

/// <summary>
/// What is measured and traced of messages, named by OpenTelemetry's conventions for messaging. Each service tells it of the exchange that
/// it sends to and the queue that it reads.
/// </summary>
internal static class MessagingTelemetry
{
    public const string Name = "XilinIngest.Messaging";

    private static readonly Meter Meter = new(Name);

    public static ActivitySource Source { get; } = new(Name);

    public static Counter<long> Sent { get; } = Meter.CreateCounter<long>(
        "messaging.client.sent.messages", "{message}", "Messages that were sent, by exchange; with error.type, that were not confirmed.");

    public static Histogram<double> SendDuration { get; } = Meter.CreateHistogram<double>(
        "messaging.client.operation.duration", "s", "How long the broker took to confirm what was sent at once, by exchange.");

    public static Counter<long> Consumed { get; } = Meter.CreateCounter<long>(
        "messaging.client.consumed.messages", "{message}", "Messages that were handled, by queue; with error.type, that return to it.");

    public static Histogram<double> ProcessDuration { get; } = Meter.CreateHistogram<double>(
        "messaging.process.duration", "s", "How long a message was at hand before it was acknowledged, by queue.");

    /// <summary>Whether anyone listens.</summary>
    public static bool IsObserved => Sent.Enabled || Source.HasListeners();

    /// <summary>The attributes of a measure and of a span.</summary>
    /// <param name="system">The messaging system.</param>
    /// <param name="operation"><c>send</c> or <c>process</c>.</param>
    /// <param name="destination">The exchange or the queue.</param>
    /// <param name="error">Why it failed; null: it did not.</param>
    public static TagList Tags(string system, string operation, string destination, Exception? error = null)
    {
        var tags = new TagList
        {
            { "messaging.system", system },
            { "messaging.operation.name", operation },
            { "messaging.destination.name", destination },
        };
        if (error is not null)
        {
            tags.Add("error.type", error.GetType().FullName);
        }

        return tags;
    }
}
