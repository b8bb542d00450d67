using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace XilinIngest.Messaging;

/// <summary>
/// One connection to the broker with its channels: one to publish, and one for each queue. It ends as a whole where any of them fails.
/// </summary>
internal sealed class BrokerSession : IAsyncDisposable
{
    private readonly IConnection _connection;
    private readonly Action<IBusQueue> _gone;
    private readonly LogThrottle _throttle;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _opening = new(1, 1);
    private readonly Dictionary<string, QueueReader> _readers = [];
    private readonly CancellationTokenSource _ended = new();
    private readonly TaskCompletionSource<string> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private BrokerSession(
        IConnection connection, IChannel publishing, Action<IBusQueue> gone, LogThrottle throttle, ILogger logger)
    {
        (_connection, _gone, _throttle, _logger) = (connection, gone, throttle, logger);
        connection.ConnectionShutdownAsync += (_, shutdown) => CloseAsync(shutdown);
        publishing.ChannelShutdownAsync += (_, shutdown) => CloseAsync(shutdown);
        Publisher = new ConfirmedPublisher(publishing, Close);
    }

    public ConfirmedPublisher Publisher { get; }

    /// <summary>Completes with the reason when the session has ended.</summary>
    public Task<string> Closed => _closed.Task;

    public bool IsOpen => !_closed.Task.IsCompleted;

    /// <param name="address">The broker.</param>
    /// <param name="name">The name of the connection in the broker's lists.</param>
    /// <param name="monitor">Watches the connection.</param>
    /// <param name="gone">Gets a queue of this process alone that the broker deleted.</param>
    /// <param name="throttle">Limits the log.</param>
    /// <param name="logger">Gets what went wrong.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public static async Task<BrokerSession> OpenAsync(
        BrokerConnection address, string name, BrokerConnectionMonitor monitor, Action<IBusQueue> gone, LogThrottle throttle,
        ILogger logger, CancellationToken cancellationToken)
    {
        var connection = await address.ConnectAsync(name, cancellationToken);
        try
        {
            monitor.Attach(connection);
            return new BrokerSession(
                connection, await connection.CreateChannelAsync(ConfirmedPublisher.ChannelOptions, cancellationToken), gone, throttle,
                logger);
        }
        catch
        {
            await BrokerConnection.AbortAsync(connection);
            throw;
        }
    }

    /// <summary>Declares a queue and reads it. Does nothing where it is being read.</summary>
    /// <param name="queue">The queue.</param>
    /// <param name="services">Where its consumer is.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="SessionClosedException">The session ended meanwhile.</exception>
    public async Task ReadAsync(IBusQueue queue, IServiceProvider services, CancellationToken cancellationToken)
    {
        await _opening.WaitAsync(cancellationToken);
        try
        {
            if (!_readers.ContainsKey(queue.Name))
            {
                OwnQueues.Rename(queue);
                var channel = await _connection.CreateChannelAsync(cancellationToken: cancellationToken);
                channel.ChannelShutdownAsync += (_, shutdown) =>
                    shutdown.Initiator == ShutdownInitiator.Application ? Task.CompletedTask : CloseAsync(shutdown);
                if (queue.HasDeadLetters)
                {
                    await RabbitTopology.DeclareDeadLettersAsync(channel, cancellationToken);
                }

                await RabbitTopology.DeclareAsync(channel, queue, cancellationToken);
                var consumer = new Lazy<IMessageConsumer>(() => queue.GetConsumer(services));
                var reader = new QueueReader(channel, queue, consumer, Close, RemoveGone, _throttle, _logger, _ended.Token);
                await reader.StartAsync(cancellationToken);
                _readers.Add(queue.Name, reader);
            }
        }
        catch (Exception exception) when (!IsOpen && exception is not OperationCanceledException)
        {
            throw new SessionClosedException();
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <summary>Takes no further messages of a queue. What is being handled returns to it.</summary>
    public async Task CloseAsync(string queue)
    {
        await _opening.WaitAsync();
        try
        {
            if (_readers.Remove(queue, out var reader))
            {
                await reader.DisposeAsync();
            }
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <summary>Takes no further messages, and waits for those that are being handled.</summary>
    public async Task StopReadingAsync(TimeSpan timeout)
    {
        await _opening.WaitAsync();
        try
        {
            await Task.WhenAll(_readers.Values.Select(reader => reader.StopAsync()))
                .WaitAsync(timeout, TimeProvider.System).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        finally
        {
            _opening.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        Close("The service closed it.");
        await BrokerConnection.AbortAsync(_connection);
    }

    // Called while the channel delivers, so the channel is closed afterwards. Only then is it told: whoever opened the queue anew before
    // that would find its former reader, which is about to go.
    private void RemoveGone(IBusQueue queue) => _ = Task.Run(async () =>
    {
        try
        {
            await CloseAsync(queue.Name);
        }
        finally
        {
            _gone(queue);
        }
    });

    private Task CloseAsync(ShutdownEventArgs shutdown)
    {
        Close(shutdown.ReplyText);
        return Task.CompletedTask;
    }

    private void Close(string reason)
    {
        if (_closed.TrySetResult(reason))
        {
            Publisher.Fail();

            // What is being handled cannot be acknowledged any more, and comes again.
            _ = _ended.CancelAsync();
        }
    }
}
