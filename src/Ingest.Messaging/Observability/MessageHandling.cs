using System.Diagnostics;
using Microsoft.Extensions.Logging;
using XilinIngest.Contracts;

namespace XilinIngest.Messaging;

/// <summary>Hands a message to its consumer, in the trace of its sender, and measures how long it is at hand.</summary>
internal static class MessageHandling
{
    private const string Operation = "process";

    /// <param name="consumer">Handles it.</param>
    /// <param name="queue">Where it was.</param>
    /// <param name="system">The messaging system.</param>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Ends the handling.</param>
    public static Task HandleAsync(
        IMessageConsumer consumer, IBusQueue queue, string system, ReceivedMessage message, CancellationToken cancellationToken) =>
        MessagingTelemetry.IsObserved
            ? HandleObservedAsync(consumer, queue, system, message, cancellationToken)
            : consumer.ConsumeAsync(message, cancellationToken);

    /// <summary>Drops a message that fails, and logs it: who reads a queue of its own gets from elsewhere what it misses.</summary>
    /// <inheritdoc cref="HandleAsync"/>
    public static async Task HandleOrDropAsync(
        IMessageConsumer consumer, IBusQueue queue, string system, ReceivedMessage message, LogThrottle throttle, ILogger logger,
        CancellationToken cancellationToken)
    {
        try
        {
            await HandleAsync(consumer, queue, system, message, cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            if (throttle.TryEnter($"{queue.Name} {exception.GetType().Name}: {exception.Message}") is { } suppressed)
            {
                logger.LogError(
                    exception, "A message of {Queue} failed and is dropped. ({Count} similar lines suppressed.)", queue.Name, suppressed);
            }
        }
    }

    private static async Task HandleObservedAsync(
        IMessageConsumer consumer, IBusQueue queue, string system, ReceivedMessage message, CancellationToken cancellationToken)
    {
        using var activity = Start(queue, system, message);
        var started = Stopwatch.GetTimestamp();
        Exception? error = null;
        try
        {
            await consumer.ConsumeAsync(message, cancellationToken);
        }
        catch (Exception exception)
        {
            error = exception;
            activity?.SetStatus(ActivityStatusCode.Error, exception.GetType().Name);
            throw;
        }
        finally
        {
            var tags = MessagingTelemetry.Tags(system, Operation, queue.Name, error);
            MessagingTelemetry.Consumed.Add(1, tags);
            MessagingTelemetry.ProcessDuration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, tags);
        }
    }

    // What services ask each other every few seconds begins no trace; what an office sends does, where its program has none.
    private static Activity? Start(IBusQueue queue, string system, ReceivedMessage message) =>
        MessagingTelemetry.Source.HasListeners() && (message.Trace.TraceId != default || queue.Exchange == Exchanges.Intake)
            ? MessagingTelemetry.Source.StartActivity(
                $"{Operation} {queue.Name}", ActivityKind.Consumer, message.Trace,
                MessagingTelemetry.Tags(system, Operation, queue.Name))
            : null;
}
