using System.Runtime.CompilerServices;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using XilinIngest.ClientLibrary;
using XilinIngest.Contracts;

namespace XilinIngest.Client.DeadLetters;

/// <summary>
/// The queue of dead letters. Messages that are read are held unacknowledged, so that the next ones can be read, and are returned at the
/// end. If this process dies, the broker returns those that were neither resent nor dropped. A returned message goes behind those returned
/// before it, so the order is kept if all are read and all are returned. For this reason no reading stops half-way. Two concurrent readers,
/// or a killed one, may still change the order.
/// </summary>
internal sealed class DeadLetterQueue : IAsyncDisposable
{
    private readonly IConnection _connection;
    private readonly IChannel _channel;
    private readonly TimeSpan _timeout;
    private readonly SortedSet<ulong> _unacknowledged = [];

    private DeadLetterQueue(IConnection connection, IChannel channel, TimeSpan timeout) =>
        (_connection, _channel, _timeout) = (connection, channel, timeout);

    public static async Task<DeadLetterQueue> OpenAsync(BrokerConnectionSettings bus, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        var connection = await bus.ConnectAsync(limit.Token);
        try
        {
            var channel =
                await connection.CreateChannelAsync(
                    new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), limit.Token);
            return new DeadLetterQueue(connection, channel, timeout);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>All messages that are in the queue at the start, oldest first. A resent message may come back to the end.</summary>
    public async IAsyncEnumerable<DeadLetterMessage> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (long? left = null; left is null or > 0; left--)
        {
            if (await _channel.BasicGetAsync(Queues.DeadLetters, autoAck: false, cancellationToken) is not { } got)
            {
                yield break;
            }

            left ??= (long)got.MessageCount + 1;
            _unacknowledged.Add(got.DeliveryTag);
            yield return DeadLetterMessage.FromDelivery(got);
        }
    }

    /// <summary>Returns the held messages in their order.</summary>
    public async Task RequeueAsync(CancellationToken cancellationToken)
    {
        foreach (var tag in _unacknowledged.ToList())
        {
            await _channel.BasicNackAsync(tag, multiple: false, requeue: true, cancellationToken);
            _unacknowledged.Remove(tag);
        }
    }

    /// <summary>
    /// Sends a message again to its first exchange, in the name of its sender. It leaves the queue once the broker has confirmed the copy.
    /// After a kill in between, both exist.
    /// </summary>
    /// <exception cref="PublishException">The broker did not accept the message.</exception>
    public async Task ResendAsync(DeadLetterMessage message, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_timeout);
        var properties = new BasicProperties { DeliveryMode = DeliveryModes.Persistent };
        if (message.Sender is { } sender)
        {
            // The staff's user needs the tag "impersonator" for this.
            properties.UserId = sender;
        }

        SetIfPresent(message.Properties.CorrelationId, value => properties.CorrelationId = value);
        SetIfPresent(message.Properties.MessageId, value => properties.MessageId = value);
        SetIfPresent(message.Properties.ContentType, value => properties.ContentType = value);
        SetIfPresent(message.Properties.Type, value => properties.Type = value);
        SetIfPresent(message.Properties.ReplyTo, value => properties.ReplyTo = value);
        await _channel.BasicPublishAsync(message.Exchange, message.RoutingKey, mandatory: true, properties, message.Body, limit.Token);
        await DropAsync(message, cancellationToken);
    }

    public async Task DropAsync(DeadLetterMessage message, CancellationToken cancellationToken)
    {
        await _channel.BasicAckAsync(message.DeliveryTag, multiple: false, cancellationToken);
        _unacknowledged.Remove(message.DeliveryTag);
    }

    /// <summary>Returns the held messages, and completes when the broker has processed all commands.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_channel.IsOpen)
        {
            try
            {
                await RequeueAsync(CancellationToken.None);
                await _channel.CloseAsync();
            }
            catch (Exception exception) when (exception is OperationInterruptedException or AlreadyClosedException or IOException)
            {
                // The connection is lost, so the broker returns the messages by itself. The last acknowledged ones may appear again.
            }
        }

        await _connection.DisposeAsync();
    }

    private static void SetIfPresent(string? value, Action<string> set)
    {
        if (!string.IsNullOrEmpty(value))
        {
            set(value);
        }
    }
}
