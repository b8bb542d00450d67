using System.Runtime.CompilerServices;
using System.Threading.Channels;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;
using XilinIngest.Client.Sending;
using XilinIngest.Contracts;

namespace XilinIngest.Client.Watching;

/// <summary>
/// Results from the exchange <c>xilin.results</c>, by a queue that lives as long as the watching. What is published meanwhile while the
/// line is down is not seen.
/// </summary>
internal static class AmqpFeed
{
    private const int BufferCapacity = 10_000;
    private static readonly TimeSpan ReconnectDelay = TimeSpan.FromSeconds(2);

    public static async IAsyncEnumerable<ResultEvent> FollowAsync(
        BrokerConnectionSettings bus, IReadOnlyList<string> keys, Action<string> onDisconnected, [EnumeratorCancellation]
        CancellationToken cancellationToken)
    {
        while (true)
        {
            // A terminal that is too slow loses the oldest, not the memory.
            var events = Channel.CreateBounded<ResultEvent>(
                new BoundedChannelOptions(BufferCapacity) { FullMode = BoundedChannelFullMode.DropOldest });
            var connection = await OpenAsync(bus, keys, events, onDisconnected, cancellationToken);
            if (connection is not null)
            {
                try
                {
                    await foreach (var one in events.Reader.ReadAllAsync(cancellationToken))
                    {
                        yield return one;
                    }
                }
                finally
                {
                    await CloseAsync(connection);
                }
            }

            await Task.Delay(ReconnectDelay, cancellationToken);
        }
    }

    private static async Task<IConnection?> OpenAsync(
        BrokerConnectionSettings bus, IReadOnlyList<string> keys, Channel<ResultEvent> events, Action<string> onDisconnected,
        CancellationToken cancellationToken)
    {
        IConnection? connection = null;
        try
        {
            connection = await bus.ConnectAsync(cancellationToken);
            connection.ConnectionShutdownAsync += (_, shutdown) =>
            {
                onDisconnected(shutdown.ReplyText);
                events.Writer.TryComplete();
                return Task.CompletedTask;
            };
            var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);

            // Under this name the staff's user may make queues.
            var queue = await channel.QueueDeclareAsync($"xilin.staff.watch-{Guid.NewGuid():N}", durable: false, exclusive: true,
                autoDelete: true, cancellationToken: cancellationToken);
            foreach (var key in keys)
            {
                await channel.QueueBindAsync(queue.QueueName, Exchanges.Results, key, cancellationToken: cancellationToken);
            }

            var consumer = new AsyncEventingBasicConsumer(channel);
            consumer.ReceivedAsync += (_, delivery) =>
            {
                events.Writer.TryWrite(new ResultEvent(null, delivery.BasicProperties.Type ?? "", delivery.Body.ToArray()));
                return Task.CompletedTask;
            };
            await channel.BasicConsumeAsync(queue.QueueName, autoAck: true, consumer, cancellationToken);
            return connection;
        }
        catch (OperationInterruptedException exception) when (exception.ShutdownReason?.ReplyCode is 403 or 404)
        {
            await connection!.DisposeAsync();
            throw new CommandException(ExitCodes.Refused, $"{bus} 不让看结果：{exception.ShutdownReason.ReplyText}",
                $"{bus} does not let one see the results: {exception.ShutdownReason.ReplyText}");
        }
        catch (Exception exception) when (IsTransportFault(exception) && !cancellationToken.IsCancellationRequested)
        {
            onDisconnected(exception.Message);
            if (connection is not null)
            {
                await CloseAsync(connection);
            }

            return null;
        }
    }

    // Ending a connection waits for the other end's word, which a line that fell silent does not carry: it is left to end by itself then.
    private static async Task CloseAsync(IConnection connection)
    {
        try
        {
            await connection.DisposeAsync().AsTask().WaitAsync(ReconnectDelay, TimeProvider.System);
        }
        catch (Exception exception) when (IsTransportFault(exception))
        {
            // It is broken, which has been said.
        }
    }

    // A broker that falls silent while something is declared there is a step that does not end in time; heartbeats end the connection
    // later.
    private static bool IsTransportFault(Exception exception) =>
        exception is BrokerUnreachableException or OperationInterruptedException or AlreadyClosedException or IOException
        or TimeoutException or OperationCanceledException;
}
