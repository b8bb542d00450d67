using System.Runtime.CompilerServices;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using XilinIngest.ClientLibrary;
using XilinIngest.Contracts;

namespace XilinIngest.Client.DeadLetters;

/// <summary>
/// The queue of what was put aside. What is read is held, so that the next can be read, and is given back; whatever becomes of this
/// process,
/// the broker gives back what was neither sent again nor dropped. What is given back comes behind all that was given back before: the order
/// stays as it was where all are read and all are given back, so no reading stops half-way. Two that read at once, or a kill, may still
/// change it.
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

    /// <summary>All, from the oldest on, that are there at the start: what is sent again may come back to the end.</summary>
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

    /// <summary>Gives back what is held, in its order.</summary>
    public async Task RequeueAsync(CancellationToken cancellationToken)
    {
        foreach (var tag in _unacknowledged.ToList())
        {
            await _channel.BasicNackAsync(tag, multiple: false, requeue: true, cancellationToken);
            _unacknowledged.Remove(tag);
        }
    }

    /// <summary>
    /// Sends it again to where it had been sent, in the name of its sender. It leaves the queue once the broker has the other safe: a kill
    /// in between leaves both.
    /// </summary>
    /// <exception cref="PublishException">The broker did not take it.</exception>
    public async Task ResendAsync(DeadLetterMessage message, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_timeout);
        var properties = new BasicProperties { DeliveryMode = DeliveryModes.Persistent };
        if (message.Sender is { } sender)
        {
            // For this the staff's user has the tag "impersonator".
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

    /// <summary>Gives back all that is still held, and returns when the broker has done what it was told.</summary>
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
                // The line is gone: the broker gives back by itself. What was acknowledged last may be there once more.
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
