using System.Diagnostics;
using System.Text;
using RabbitMQ.Client;

namespace XilinIngest.Messaging;

/// <summary>
/// The trace of a message, in the headers that W3C Trace Context names. They are no part of the body, which is hashed and stored as it
/// came.
/// </summary>
internal static class TraceHeaders
{
    public const string Parent = "traceparent";
    public const string State = "tracestate";

    // A longer state is not kept: any sender can write headers.
    private const int MaxStateLength = 512;

    /// <summary>Adds the trace of what happens now to a message; the same message without one.</summary>
    public static OutgoingMessage AddTo(OutgoingMessage message)
    {
        if (!MessagingTelemetry.Source.HasListeners() || Activity.Current is not { IdFormat: ActivityIdFormat.W3C, Id: { } id } activity)
        {
            return message;
        }

        var headers = message.Headers is null ? [] : new Dictionary<string, string>(message.Headers);
        headers[Parent] = id;
        if (activity.TraceStateString is { Length: > 0 and <= MaxStateLength } state)
        {
            headers[State] = state;
        }

        return message with { Headers = headers };
    }

    /// <summary>The trace that a message from the broker is part of; none where nobody listens.</summary>
    public static ActivityContext Read(IReadOnlyBasicProperties properties) =>
        MessagingTelemetry.Source.HasListeners() && properties.Headers is { } headers
            ? Parse(headers.TryGetValue(Parent, out var parent) ? Text(parent) : null,
                headers.TryGetValue(State, out var state) ? Text(state) : null)
            : default;

    /// <summary>The trace that two headers name; none where they cannot be read.</summary>
    public static ActivityContext Parse(string? parent, string? state) =>
        ActivityContext.TryParse(parent, state is { Length: <= MaxStateLength } ? state : null, isRemote: true, out var context)
            ? context : default;

    private static string? Text(object? header) => header switch
    {
        byte[] bytes => Encoding.ASCII.GetString(bytes),
        string text => text,
        _ => null,
    };
}
