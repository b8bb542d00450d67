using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace XilinIngest.Messaging;

/// <summary>
/// Carries messages by RabbitMQ's own client library alone. One connection at a time: where it breaks, another one is opened, the queues
/// are read again, and what was not confirmed is sent again.
/// </summary>
internal sealed class RabbitClientTransport(
    BrokerConnection address, string name, IReadOnlyList<IBusQueue> queues, IServiceProvider services, BrokerConnectionMonitor monitor,
    LogThrottle throttle, ILogger<RabbitClientTransport> logger) : BackgroundService, IBusTransport
{
    private static readonly TimeSpan OpenTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ReconnectDelay = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly List<IBusQueue> _queues = [.. queues];
    private TaskCompletionSource<BrokerSession> _session = NewSource();

    public bool IsConnected => Session is { IsCompletedSuccessfully: true, Result.IsOpen: true };

    private Task<BrokerSession> Session
    {
        get
        {
            lock (_lock)
            {
                return _session.Task;
            }
        }
    }

    public async Task SendAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        while (true)
        {
            var session = await SessionAsync(cancellationToken);
            try
            {
                await session.Publisher.PublishAsync(message, cancellationToken);
                return;
            }
            catch (SessionClosedException)
            {
                // The next session sends it, perhaps for the second time.
            }
        }
    }

    public async Task<IQueueReading> OpenAsync(IBusQueue queue, CancellationToken cancellationToken)
    {
        while (true)
        {
            var session = await SessionAsync(cancellationToken);
            try
            {
                await session.ReadAsync(queue, services, cancellationToken);
            }
            catch (SessionClosedException)
            {
                continue;
            }

            lock (_lock)
            {
                _queues.Add(queue);
            }

            // A session that was opened meanwhile does not know of the queue; the ones after it do.
            if (session.IsOpen)
            {
                return new RabbitClientReading(this, queue);
            }

            Forget(queue);
        }
    }

    /// <summary>Whether the queue is read, by this session or the next.</summary>
    internal bool Reads(IBusQueue queue)
    {
        lock (_lock)
        {
            return _queues.Contains(queue);
        }
    }

    internal async Task CloseAsync(IBusQueue queue)
    {
        Forget(queue);
        if (Session is { IsCompletedSuccessfully: true, Result: var session })
        {
            await session.CloseAsync(queue.Name);
        }
    }

    private void Forget(IBusQueue queue)
    {
        lock (_lock)
        {
            _queues.Remove(queue);
        }
    }

    /// <summary>
    /// Stops reading, and waits for the messages that are being handled: their receipts are still sent, and they are acknowledged.
    /// </summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        if (Session is { IsCompletedSuccessfully: true, Result: var session })
        {
            await session.StopReadingAsync(MessagingRegistration.ConsumerStopTimeout);
        }

        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var session = await OpenSessionAsync(stoppingToken);
                lock (_lock)
                {
                    _session.SetResult(session);
                }

                var reason = await session.Closed.WaitAsync(stoppingToken);
                lock (_lock)
                {
                    _session = NewSource();
                }

                LogBreak(reason);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // Whatever it is, only another attempt can show that it is over. Health reports that there is no connection.
                LogBreak(exception.Message);
            }

            await Task.Delay(ReconnectDelay, TimeProvider.System, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static TaskCompletionSource<BrokerSession> NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    // A session that has just ended is still the current one for a moment.
    private async Task<BrokerSession> SessionAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var current = Session;
            var session = current.IsCompletedSuccessfully ? current.Result : await current.WaitAsync(cancellationToken);
            if (session.IsOpen)
            {
                return session;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellationToken);
        }
    }

    private async Task<BrokerSession> OpenSessionAsync(CancellationToken stoppingToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        timeout.CancelAfter(OpenTimeout);
        var opening = BrokerSession.OpenAsync(address, name, monitor, Forget, throttle, logger, timeout.Token);
        try
        {
            // The library may not answer the token in time.
            var session = await opening.WaitAsync(OpenTimeout, TimeProvider.System, stoppingToken);
            List<IBusQueue> all;
            lock (_lock)
            {
                all = [.. _queues];
            }

            foreach (var queue in all)
            {
                await session.ReadAsync(queue, services, timeout.Token)
                    .WaitAsync(OpenTimeout, TimeProvider.System, stoppingToken);
            }

            return session;
        }
        catch
        {
            _ = DisposeOpenedAsync(opening);
            throw;
        }
    }

    private static async Task DisposeOpenedAsync(Task<BrokerSession> opening)
    {
        await ((Task)opening).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (opening.IsCompletedSuccessfully)
        {
            await opening.Result.DisposeAsync();
        }
    }

    private void LogBreak(string reason)
    {
        if (throttle.TryEnter($"broker {reason}") is { } suppressed)
        {
            logger.LogWarning(
                "There is no connection to the broker {Broker}: {Reason} It is tried again every second. "
                    + "({Count} similar lines suppressed.)",
                address, reason, suppressed);
        }
    }
}

/// <summary>The reading of a queue that was opened on demand.</summary>
internal sealed class RabbitClientReading(RabbitClientTransport transport, IBusQueue queue) : IQueueReading
{
    public bool HasEnded => !transport.Reads(queue);

    public Task CloseAsync() => transport.CloseAsync(queue);
}

/// <summary>The session ended before the broker answered.</summary>
internal sealed class SessionClosedException() : Exception("The connection to the broker was closed.");
