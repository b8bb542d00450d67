using System.Threading.Channels;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace XilinIngest.Messaging;

/// <summary>
/// Publishes on one channel, one message after another, and tells each sender when the broker has confirmed its message. Many may wait for
/// their confirms at once. Counted here, not by the library, which adds a header to every message and looks at all that wait whenever one
/// confirm covers several.
/// </summary>
internal sealed class ConfirmedPublisher
{
    private readonly IChannel _channel;
    private readonly Action<string> _fail;
    private readonly Channel<PendingPublish> _waiting =
        Channel.CreateUnbounded<PendingPublish>(new UnboundedChannelOptions { SingleReader = true });

    private readonly Lock _lock = new();
    private readonly Dictionary<ulong, PendingPublish> _unconfirmed = [];
    private readonly MessageProperties _properties = new();
    private readonly HashSet<string> _declared = [OutgoingMessage.DefaultExchange];
    private ulong _lastNumber;
    private ulong _firstUnconfirmed = 1;
    private bool _hasFailed;

    /// <param name="channel">The channel, made with <see cref="ChannelOptions"/>.</param>
    /// <param name="fail">Ends the session, with the reason.</param>
    public ConfirmedPublisher(IChannel channel, Action<string> fail)
    {
        (_channel, _fail) = (channel, fail);
        channel.BasicAcksAsync += (_, ack) => CompleteAsync(ack.DeliveryTag, ack.Multiple, isConfirmed: true);
        channel.BasicNacksAsync += (_, nack) => CompleteAsync(nack.DeliveryTag, nack.Multiple, isConfirmed: false);
        channel.BasicReturnAsync += (_, returned) => MarkReturnedAsync(returned);
        _ = WriteAsync();
    }

    public static CreateChannelOptions ChannelOptions { get; } =
        new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: false);

    /// <summary>Completes when the broker has confirmed the message.</summary>
    /// <exception cref="SessionClosedException">The session ended first.</exception>
    /// <exception cref="MessageRejectedException">The broker did not keep it.</exception>
    /// <exception cref="UnroutableMessageException">No queue received it, and it must arrive.</exception>
    public Task PublishAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        var pending = new PendingPublish(message, cancellationToken);
        return _waiting.Writer.TryWrite(pending)
            ? pending.Confirmed.Task.WaitAsync(cancellationToken) : Task.FromException(new SessionClosedException());
    }

    /// <summary>The session has ended: nothing is confirmed any more.</summary>
    public void Fail()
    {
        List<PendingPublish> unconfirmed;
        lock (_lock)
        {
            _hasFailed = true;
            unconfirmed = [.. _unconfirmed.Values];
            _unconfirmed.Clear();
        }

        _waiting.Writer.TryComplete();
        unconfirmed.ForEach(pending => pending.Confirmed.TrySetException(new SessionClosedException()));
        _ = FailWaitingAsync();
    }

    private async Task FailWaitingAsync()
    {
        // The writer may wait for the library without end, so what it has not taken is taken here.
        await Task.Yield();
        while (_waiting.Reader.TryRead(out var pending))
        {
            pending.Confirmed.TrySetException(new SessionClosedException());
        }
    }

    private async Task WriteAsync()
    {
        try
        {
            await foreach (var pending in _waiting.Reader.ReadAllAsync())
            {
                if (!pending.CancellationToken.IsCancellationRequested)
                {
                    await WriteOrFailAsync(pending);
                }
            }
        }
        catch (Exception exception)
        {
            // Numbers and messages would no longer agree.
            _fail(exception.Message);
        }
    }

    private async Task WriteOrFailAsync(PendingPublish pending)
    {
        try
        {
            await WriteAsync(pending);
        }
        catch
        {
            pending.Confirmed.TrySetException(new SessionClosedException());
            throw;
        }
    }

    private async Task WriteAsync(PendingPublish pending)
    {
        var message = pending.Message;
        if (_declared.Add(message.Exchange))
        {
            await _channel.ExchangeDeclareAsync(message.Exchange, ExchangeType.Topic, durable: true, autoDelete: false);
        }

        ulong number;
        lock (_lock)
        {
            if (_hasFailed)
            {
                pending.Confirmed.TrySetException(new SessionClosedException());
                return;
            }

            number = ++_lastNumber;
            _unconfirmed.Add(number, pending);
        }

        await _channel.BasicPublishAsync(
            message.Exchange, message.RoutingKey, message.MustArrive, _properties.Of(message, number), message.Body);
    }

    private Task CompleteAsync(ulong tag, bool multiple, bool isConfirmed)
    {
        lock (_lock)
        {
            for (var number = multiple ? _firstUnconfirmed : tag; number <= tag; number++)
            {
                if (_unconfirmed.Remove(number, out var pending))
                {
                    pending.Complete(isConfirmed);
                }
            }

            _firstUnconfirmed = multiple ? tag + 1 : _firstUnconfirmed;
        }

        return Task.CompletedTask;
    }

    // The broker returns a message before it confirms it.
    private Task MarkReturnedAsync(BasicReturnEventArgs returned)
    {
        if (returned.BasicProperties.Headers?.TryGetValue(Constants.PublishSequenceNumberHeader, out var header) == true
            && header is long number)
        {
            lock (_lock)
            {
                if (_unconfirmed.TryGetValue((ulong)number, out var pending))
                {
                    pending.IsReturned = true;
                }
            }
        }

        return Task.CompletedTask;
    }
}
