using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace XilinIngest.Messaging;

/// <summary>
/// Reads a queue on a channel of its own. Messages are handled at once, as many as the broker delivers without an acknowledgement.
/// </summary>
internal sealed class QueueReader : AsyncDefaultBasicConsumer, IAsyncDisposable
{
    private readonly IBusQueue _queue;
    private readonly Lazy<IMessageConsumer> _consumer;
    private readonly Action<string> _fail;
    private readonly Action<IBusQueue> _gone;
    private readonly LogThrottle _throttle;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _ended;
    private readonly CancellationToken _endedToken;
    private readonly AcknowledgementBatcher _acknowledgements;
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _handledCount = 1;
    private string? _tag;

    /// <param name="channel">The channel, for this queue alone.</param>
    /// <param name="queue">The queue.</param>
    /// <param name="consumer">Handles its messages.</param>
    /// <param name="fail">Ends the session, with the reason.</param>
    /// <param name="gone">Called when the broker ends the reading of a queue that is <see cref="IBusQueue.IsOwn"/>.</param>
    /// <param name="throttle">Limits the log.</param>
    /// <param name="logger">Gets what went wrong.</param>
    /// <param name="sessionEnded">Ends the handling of messages.</param>
    public QueueReader(
        IChannel channel, IBusQueue queue, Lazy<IMessageConsumer> consumer, Action<string> fail, Action<IBusQueue> gone,
        LogThrottle throttle, ILogger logger, CancellationToken sessionEnded)
        : base(channel)
    {
        (_queue, _consumer, _fail, _gone, _throttle, _logger) = (queue, consumer, fail, gone, throttle, logger);
        _ended = CancellationTokenSource.CreateLinkedTokenSource(sessionEnded);
        _endedToken = _ended.Token;
        _acknowledgements = new AcknowledgementBatcher(channel, FailUnlessEnded);
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await Channel.BasicQosAsync(0, _queue.Prefetch, global: false, cancellationToken);
        _tag = await Channel.BasicConsumeAsync(_queue.NameOnBroker, autoAck: false, this, cancellationToken);
    }

    /// <summary>Takes no further messages. Completes when those at hand are handled and acknowledged.</summary>
    public async Task StopAsync()
    {
        await Channel.BasicCancelAsync(_tag!);
        End();
        await _idle.Task;
        await _acknowledgements.FlushedAsync();
    }

    /// <summary>Takes no further messages. What is being handled is not acknowledged, and returns to the queue.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await Channel.AbortAsync();
        await Channel.DisposeAsync();
        _ended.Dispose();
    }

    public override Task HandleBasicDeliverAsync(
        string consumerTag, ulong deliveryTag, bool redelivered, string exchange, string routingKey, IReadOnlyBasicProperties properties,
        ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default)
    {
        // The library uses the buffer again after this call.
        Interlocked.Increment(ref _handledCount);
        var message = new ReceivedMessage(body.ToArray(), DeliveryInfo.From(exchange, routingKey, properties))
        {
            Trace = TraceHeaders.Read(properties),
        };
        _ = HandleAsync(message, deliveryTag);
        return Task.CompletedTask;
    }

    public override Task HandleBasicCancelAsync(string consumerTag, CancellationToken cancellationToken = default)
    {
        // Sent by the broker when the queue is deleted or its node is lost.
        if (_queue.IsOwn)
        {
            _gone(_queue);
        }
        else
        {
            _fail($"The broker ended the reading of {_queue.Name}.");
        }

        return Task.CompletedTask;
    }

    private async Task HandleAsync(ReceivedMessage message, ulong deliveryTag)
    {
        try
        {
            await (_queue.IsOwn
                ? MessageHandling.HandleOrDropAsync(_consumer.Value, _queue, "rabbitmq", message, _throttle, _logger, _endedToken)
                : MessageHandling.HandleAsync(_consumer.Value, _queue, "rabbitmq", message, _endedToken));
            _acknowledgements.Acknowledge(deliveryTag);
        }
        catch (OperationCanceledException) when (_endedToken.IsCancellationRequested)
        {
            // The broker delivers it again by itself.
        }
        catch (Exception exception)
        {
            if (_throttle.TryEnter($"{_queue.Name} {exception.GetType().Name}: {exception.Message}") is { } suppressed)
            {
                _logger.LogError(
                    exception, "A message of {Queue} failed and returns to the queue. ({Count} similar lines suppressed.)", _queue.Name,
                    suppressed);
            }

            _acknowledgements.Return(deliveryTag);
        }
        finally
        {
            End();
        }
    }

    private void FailUnlessEnded(string reason)
    {
        if (!_endedToken.IsCancellationRequested)
        {
            _fail(reason);
        }
    }

    private void End()
    {
        if (Interlocked.Decrement(ref _handledCount) == 0)
        {
            _idle.TrySetResult();
        }
    }
}
