using MassTransit;
using Microsoft.Extensions.Logging;

namespace XilinIngest.Messaging;

/// <summary>Says things on the exchanges, each until the broker has confirmed it.</summary>
public sealed class MessagePublisher(IBus bus, BusHealth health, BrokerConnectionMonitor monitor, ILogger<MessagePublisher> logger)
{
    private static readonly TimeSpan ConfirmTimeout = TimeSpan.FromSeconds(10);

    // A message that the broker refuses again and again (too large, say) is its sender's to give up: it would stand in the others' way.
    private const int MaxAttempts = 6;

    /// <summary>Completes when the broker has confirmed it; while the broker is away, this waits. It may be said twice.</summary>
    /// <param name="message">A contract.</param>
    /// <param name="routingKey">Its routing key; null: none.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <param name="mustArrive">Whether one that no queue takes is a failure.</param>
    /// <exception cref="MessageReturnedException">No queue takes it, and it must arrive.</exception>
    public Task PublishAsync(object message, string? routingKey, CancellationToken cancellationToken, bool mustArrive = false) =>
        PublishAsync(message, null, routingKey, mustArrive, cancellationToken);

    /// <summary>As above, of a message whose body is known already.</summary>
    /// <param name="message">A contract.</param>
    /// <param name="json">The contract as JSON in UTF-8: it is sent as it is.</param>
    /// <param name="routingKey">Its routing key.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public Task PublishAsync(object message, byte[] json, string routingKey, CancellationToken cancellationToken) =>
        PublishAsync(message, new SerializedBody(json), routingKey, mustArrive: false, cancellationToken);

    private Task PublishAsync(object message, SerializedBody? body, string? routingKey, bool mustArrive, CancellationToken cancellationToken)
    {
        var pipe = Pipe.Execute<PublishContext>(context =>
        {
            context.SetRoutingKey(routingKey ?? "");
            if (body is not null)
            {
                context.AddOrUpdatePayload(() => body, _ => body);
            }

            if (mustArrive && context is RabbitMqSendContext rabbit)
            {
                rabbit.Mandatory = true;
            }
        });
        return PublishConfirmedAsync(token => bus.Publish(message, message.GetType(), pipe, token), cancellationToken);
    }

    internal async Task PublishConfirmedAsync(Func<CancellationToken, Task> publish, CancellationToken cancellationToken)
    {
        var isAnswered = false;
        monitor.BeginPublish();
        try
        {
            await PublishConfirmedAsync(publish, () => health.IsAcceptingMessages, ConfirmTimeout, LogMissingConfirm, cancellationToken);
            isAnswered = true;
        }
        catch (MessageReturnedException)
        {
            isAnswered = true;
            throw;
        }
        finally
        {
            monitor.EndPublish(isAnswered);
        }
    }

    /// <summary>
    /// Says it again where no confirm comes though the broker is there. The client library leaves a publish waiting for ever when
    /// the connection breaks at the wrong moment (rabbitmq-dotnet-client, issue 1930); all that waits behind it would stand still.
    /// </summary>
    internal static async Task PublishConfirmedAsync(Func<CancellationToken, Task> publish, Func<bool> isUp, TimeSpan confirmTimeout, Action notConfirmed, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            using var given = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var saying = publish(given.Token);
            while (!await CompletesWithinAsync(saying, confirmTimeout, cancellationToken) && !cancellationToken.IsCancellationRequested && !isUp())
            {
                // With the broker away it waits in the library, which sends it once the broker is back.
            }

            if (saying.IsCompleted)
            {
                await saying;
                return;
            }

            await given.CancelAsync();
            _ = saying.ContinueWith(left => left.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            cancellationToken.ThrowIfCancellationRequested();
            if (tries == MaxAttempts)
            {
                throw new TimeoutException($"The broker is there, and has not confirmed a message in {MaxAttempts} tries of {confirmTimeout.TotalSeconds} s each. Its own log says whether it refuses the message.");
            }

            notConfirmed();
        }
    }

    // Once for all that wait: they wait for the same line.
    private void LogMissingConfirm()
    {
        if (monitor.ShouldLogMissingConfirm())
        {
            logger.LogWarning("The broker is there, and has not confirmed a message within {Seconds} s; what it does not confirm is sent again.", ConfirmTimeout.TotalSeconds);
        }
    }

    private static async Task<bool> CompletesWithinAsync(Task task, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (!task.IsCompleted)
        {
            await task.WaitAsync(timeout, TimeProvider.System, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return task.IsCompleted;
    }
}
