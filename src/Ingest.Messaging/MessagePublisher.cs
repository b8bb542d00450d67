using Polly;

namespace XilinIngest.Messaging;

/// <summary>Publishes messages to the exchanges, and waits for the broker's confirm of each.</summary>
public sealed class MessagePublisher
{
    private static readonly TimeSpan ConfirmTimeout = TimeSpan.FromSeconds(10);
    private readonly IBusTransport _transport;
    private readonly BusHealth _health;
    private readonly BrokerConnectionMonitor _monitor;
    private readonly TimeProvider _clock;
    private readonly ResiliencePipeline _retry;

    public MessagePublisher(IBusTransport transport, BusHealth health, BrokerConnectionMonitor monitor)
        : this(transport, health, monitor, TimeProvider.System)
    {
    }

    internal MessagePublisher(IBusTransport transport, BusHealth health, BrokerConnectionMonitor monitor, TimeProvider clock)
    {
        (_transport, _health, _monitor, _clock) = (transport, health, monitor, clock);
        _retry = PublishRetryPolicy.Create(monitor.GiveUpConnection, clock);
    }

    /// <summary>
    /// Completes when the broker has confirmed the message. Waits while the broker is not connected. The message may be published twice.
    /// </summary>
    /// <param name="message">A contract.</param>
    /// <param name="routingKey">Its routing key; null: none.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="mustArrive">Whether it is an error if no queue receives the message.</param>
    /// <exception cref="UnroutableMessageException">No queue received the message, and it must arrive.</exception>
    /// <exception cref="TimeoutException">The broker is connected and did not confirm.</exception>
    public Task PublishAsync(object message, string? routingKey, CancellationToken cancellationToken, bool mustArrive = false) =>
        PublishAsync(message, MessageJson.Write(message), routingKey ?? "", mustArrive, cancellationToken);

    /// <summary>
    /// Publishes messages at once, and completes when the broker has confirmed all of them. Where a confirm is missing, all are published
    /// again.
    /// </summary>
    /// <param name="messages">Contracts with their bodies and routing keys.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task PublishAllAsync(
        IEnumerable<(object Message, byte[] Json, string RoutingKey)> messages, CancellationToken cancellationToken)
    {
        var outgoing = messages.Select(message => CreateMessage(message.Message, message.Json, message.RoutingKey, mustArrive: false))
            .ToList();
        return outgoing.Count > 0 && MessagingTelemetry.IsObserved
            ? SendObservation.SendAsync(outgoing, _transport.System, traced => ConfirmAllAsync(traced, cancellationToken))
            : ConfirmAllAsync(outgoing, cancellationToken);
    }

    /// <summary>The same for a contract whose body is written already.</summary>
    public Task PublishAsync(
        object message, ReadOnlyMemory<byte> body, string routingKey, bool mustArrive, CancellationToken cancellationToken) =>
        SendConfirmedAsync(CreateMessage(message, body, routingKey, mustArrive), cancellationToken);

    /// <summary>The same for a body that only services of one kind read among themselves, and that is no contract.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="routingKey">Its routing key.</param>
    /// <param name="type">What the body is.</param>
    /// <param name="body">The body.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task PublishBodyAsync(
        string exchange, string routingKey, string type, ReadOnlyMemory<byte> body, CancellationToken cancellationToken) =>
        SendConfirmedAsync(new() { Exchange = exchange, RoutingKey = routingKey, Body = body, Type = type }, cancellationToken);

    private static OutgoingMessage CreateMessage(object message, ReadOnlyMemory<byte> body, string routingKey, bool mustArrive) => new()
    {
        Exchange = MessageExchanges.For(message),
        RoutingKey = routingKey,
        Body = body,
        Type = MessageJson.TypeOf(message),
        MustArrive = mustArrive,
    };

    internal Task SendConfirmedAsync(OutgoingMessage message, CancellationToken cancellationToken) => MessagingTelemetry.IsObserved
        ? SendObservation.SendAsync([message], _transport.System, traced => ConfirmAllAsync(traced, cancellationToken))
        : ConfirmAsync(token => _transport.SendAsync(message, token), message, cancellationToken);

    private Task ConfirmAllAsync(IReadOnlyList<OutgoingMessage> messages, CancellationToken cancellationToken) => messages.Count == 0
        ? Task.CompletedTask
        : ConfirmAsync(
            token => Task.WhenAll(messages.Select(message => _transport.SendAsync(message, token))), messages[0], cancellationToken);

    private async Task ConfirmAsync(Func<CancellationToken, Task> publish, OutgoingMessage first, CancellationToken cancellationToken)
    {
        var isAnswered = false;
        _monitor.BeginPublish();
        try
        {
            await PublishConfirmedAsync(
                first.Destination, publish, () => _health.IsAcceptingMessages, () => _monitor.ConnectionLost, ConfirmTimeout, _retry,
                cancellationToken, _clock);
            isAnswered = true;
        }
        catch (UnroutableMessageException)
        {
            isAnswered = true;
            throw;
        }
        finally
        {
            _monitor.EndPublish(isAnswered);
        }
    }

    /// <summary>
    /// Publishes again if the connection is lost, and if the broker is connected and does not confirm or rejects the message. If the
    /// connection breaks at the wrong moment, the client library never completes a publish (rabbitmq-dotnet-client, issue 1930).
    /// </summary>
    /// <param name="destination">Where to: a part of an English sentence.</param>
    /// <param name="publish">Publishes once.</param>
    /// <param name="isUp">Whether the broker is connected and accepts messages.</param>
    /// <param name="connectionLost">Completes when the connection that is open now, or else the next one, is lost: true
    /// if it was given up, which counts as an attempt.</param>
    /// <param name="confirmTimeout">How long a connected broker may take.</param>
    /// <param name="retry">See <see cref="PublishRetryPolicy"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="clock">Measures the timeout; null: the system's.</param>
    /// <exception cref="TimeoutException">No attempt was confirmed.</exception>
    internal static async Task PublishConfirmedAsync(
        string destination, Func<CancellationToken, Task> publish, Func<bool> isUp, Func<Task<bool>> connectionLost,
        TimeSpan confirmTimeout, ResiliencePipeline retry, CancellationToken cancellationToken, TimeProvider? clock = null)
    {
        try
        {
            await retry.ExecuteAsync(
                async (_, token) =>
                {
                    var lost = connectionLost();
                    while (!await TryPublishAsync(publish, isUp, lost, confirmTimeout, clock ?? TimeProvider.System, token))
                    {
                        if (!lost.IsCompleted || await lost)
                        {
                            throw new MissingConfirmException(destination);
                        }

                        // The next connection sends it, perhaps for the second time.
                        lost = connectionLost();
                    }
                },
                (object?)null, cancellationToken);
        }
        catch (MissingConfirmException exception)
        {
            throw new TimeoutException(
                $"{exception.Message} {PublishRetryPolicy.MaxAttempts} attempts failed, of up to "
                + $"{confirmTimeout.TotalSeconds} s each. Its own log says whether it refuses the message.", exception);
        }
        catch (MessageRejectedException exception)
        {
            throw new TimeoutException(
                $"{exception.Message} {PublishRetryPolicy.MaxAttempts} attempts failed. See whether a queue is full (rabbitmqctl "
                + "list_queues); the broker's own log may say more.", exception);
        }
    }

    // False: the connection was lost first, or the broker did not confirm in time.
    private static async Task<bool> TryPublishAsync(
        Func<CancellationToken, Task> publish, Func<bool> isUp, Task<bool> lost, TimeSpan confirmTimeout, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        using var abandoned = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var publishing = publish(abandoned.Token);
        var ended = publishing.IsCompleted ? publishing : Task.WhenAny(publishing, lost);
        while (!await CompletesWithinAsync(ended, confirmTimeout, clock, cancellationToken) && !cancellationToken.IsCancellationRequested
            && !isUp())
        {
            // While the broker is not connected, the message waits in the client library, which sends it after the reconnect.
        }

        if (publishing.IsCompleted)
        {
            await publishing;
            return true;
        }

        await abandoned.CancelAsync();
        _ = publishing.ContinueWith(task => task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted,
            TaskScheduler.Default);
        cancellationToken.ThrowIfCancellationRequested();
        return false;
    }

    private static async Task<bool> CompletesWithinAsync(
        Task task, TimeSpan timeout, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (!task.IsCompleted)
        {
            await task.WaitAsync(timeout, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return task.IsCompleted;
    }
}
