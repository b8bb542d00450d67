using System.Diagnostics;

namespace XilinIngest.Messaging;

/// <summary>What is measured and traced of messages that are sent at once to one exchange: one span for all of them.</summary>
internal static class SendObservation
{
    private const string Operation = "send";

    /// <summary>Sends messages with the trace that they are part of.</summary>
    /// <param name="messages">The messages, all for one exchange; at least one.</param>
    /// <param name="system">The messaging system.</param>
    /// <param name="send">Completes when they are confirmed.</param>
    public static async Task SendAsync(
        IReadOnlyList<OutgoingMessage> messages, string system, Func<IReadOnlyList<OutgoingMessage>, Task> send)
    {
        var exchange = messages[0].Exchange;
        using var activity = Start(system, exchange, messages.Count);
        var started = Stopwatch.GetTimestamp();
        Exception? error = null;
        try
        {
            await send([.. messages.Select(TraceHeaders.AddTo)]);
        }
        catch (Exception exception)
        {
            error = exception;
            activity?.SetStatus(ActivityStatusCode.Error, exception.GetType().Name);
            throw;
        }
        finally
        {
            var tags = MessagingTelemetry.Tags(system, Operation, exchange, error);
            MessagingTelemetry.Sent.Add(messages.Count, tags);
            MessagingTelemetry.SendDuration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, tags);
        }
    }

    // Only within a trace that is recorded: services send each other messages every few seconds.
    private static Activity? Start(string system, string exchange, int count)
    {
        if (Activity.Current is not { IsAllDataRequested: true })
        {
            return null;
        }

        var activity = MessagingTelemetry.Source.StartActivity(
            $"{Operation} {exchange}", ActivityKind.Producer, default(ActivityContext),
            MessagingTelemetry.Tags(system, Operation, exchange));
        return count == 1 ? activity : activity?.SetTag("messaging.batch.message_count", count);
    }
}
