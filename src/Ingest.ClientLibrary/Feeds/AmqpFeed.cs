using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Polly;
using Polly.Retry;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;
using XilinIngest.Contracts;

namespace XilinIngest.ClientLibrary.Feeds;

/// <summary>
/// Reads results from the exchange <c>xilin.results</c> through a queue that lives as long as the connection. Results published during an
/// interruption are lost.
/// </summary>
internal sealed class AmqpFeed(BrokerConnectionSettings broker, IReadOnlyList<string> keys, Action<string> onDisconnected)
{
    private const int BufferCapacity = 10_000;
    private static readonly TimeSpan ReconnectDelay = TimeSpan.FromSeconds(2);
    private IConnection? _connection;
    private Channel<ResultEvent> _events = CreateBuffer();

    public async IAsyncEnumerable<ResultEvent> FollowAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reconnect = Reconnect(cancellationToken);
        try
        {
            while (true)
            {
                yield return (await reconnect.ExecuteAsync(NextAsync, cancellationToken))!;
            }
        }
        finally
        {
            await CloseAsync();
        }
    }

    private ResiliencePipeline<ResultEvent?> Reconnect(CancellationToken cancellationToken) =>
        new ResiliencePipelineBuilder<ResultEvent?>().AddRetry(new RetryStrategyOptions<ResultEvent?>
        {
            MaxRetryAttempts = int.MaxValue,
            Delay = ReconnectDelay,
            ShouldHandle = tried => ValueTask.FromResult(!cancellationToken.IsCancellationRequested && tried.Outcome switch
            {
                { Exception: { } exception } => IsTransportFault(exception),
                { Result: var result } => result is null,
            }),
            OnRetry = failed =>
            {
                // The end of a connection that was open has already been reported.
                if (failed.Outcome.Exception is { } exception)
                {
                    onDisconnected(exception.Message);
                }

                return ValueTask.CompletedTask;
            },
        }).Build();

    // A slow reader loses the oldest results, which limits the memory.
    private static Channel<ResultEvent> CreateBuffer() =>
        Channel.CreateBounded<ResultEvent>(new BoundedChannelOptions(BufferCapacity) { FullMode = BoundedChannelFullMode.DropOldest });

    // Null: the connection has ended.
    private async ValueTask<ResultEvent?> NextAsync(CancellationToken cancellationToken)
    {
        if (_connection is null)
        {
            await OpenAsync(cancellationToken);
        }

        while (await _events.Reader.WaitToReadAsync(cancellationToken))
        {
            if (_events.Reader.TryRead(out var result))
            {
                return result;
            }
        }

        await CloseAsync();
        return null;
    }

    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        var events = _events = CreateBuffer();
        try
        {
            var connection = _connection = await broker.ConnectAsync(cancellationToken);
            connection.ConnectionShutdownAsync += (_, shutdown) =>
            {
                onDisconnected(shutdown.ReplyText);
                events.Writer.TryComplete();
                return Task.CompletedTask;
            };
            await ConsumeAsync(connection, events.Writer, cancellationToken);
        }
        catch (OperationInterruptedException exception) when (exception.ShutdownReason is { ReplyCode: 403 or 404 } reason)
        {
            await CloseAsync();
            throw new TransportUnavailableException(
                TransportFailure.RefusedByBroker,
                $"{broker} 不让看结果：{reason.ReplyText}", $"{broker} does not let one see the results: {reason.ReplyText}", exception);
        }
        catch
        {
            await CloseAsync();
            throw;
        }
    }

    private async Task ConsumeAsync(IConnection connection, ChannelWriter<ResultEvent> events, CancellationToken cancellationToken)
    {
        var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);

        // Staff users may declare queues of this name only.
        var queue = await channel.QueueDeclareAsync(
            $"xilin.staff.watch-{Guid.NewGuid():N}", durable: false, exclusive: true, autoDelete: true,
            cancellationToken: cancellationToken);
        foreach (var key in keys)
        {
            await channel.QueueBindAsync(queue.QueueName, Exchanges.Results, key, cancellationToken: cancellationToken);
        }

        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            events.TryWrite(new ResultEvent(null, delivery.BasicProperties.Type ?? "", delivery.Body.ToArray()));
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(queue.QueueName, autoAck: true, consumer, cancellationToken);
    }

    // A close waits for the broker's reply, which a silent connection does not deliver. After the limit the connection is abandoned.
    private async Task CloseAsync()
    {
        if (Interlocked.Exchange(ref _connection, null) is not { } connection)
        {
            return;
        }

        try
        {
            await connection.DisposeAsync().AsTask().WaitAsync(ReconnectDelay, TimeProvider.System);
        }
        catch (Exception exception) when (IsTransportFault(exception))
        {
            // The connection is broken, and its end has been reported.
        }
    }

    // If the broker falls silent during a declaration, the step times out. Heartbeats end the connection later.
    private static bool IsTransportFault(Exception exception) => exception
        is BrokerUnreachableException or OperationInterruptedException or AlreadyClosedException or IOException or TimeoutException
        or OperationCanceledException;
}
