using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace XilinIngest.Messaging;

/// <summary>
/// Reads a queue on a channel of its own. Messages are handled at once, as many as the broker delivers without an acknowledgement.
/// </summary>
internal sealed class QueueReader(
    IChannel channel, IBusQueue queue, Lazy<IMessageConsumer> consumer, Action<string> fail, LogThrottle throttle, ILogger logger,
    CancellationToken sessionEnded)
    : AsyncDefaultBasicConsumer(channel)
{
    private readonly AcknowledgementBatcher _acknowledgements = new(channel, fail);
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _handledCount = 1;
    private string? _tag;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await Channel.BasicQosAsync(0, queue.Prefetch, global: false, cancellationToken);
        _tag = await Channel.BasicConsumeAsync(queue.Name, autoAck: false, this, cancellationToken);
    }

    /// <summary>Takes no further messages. Completes when those at hand are handled and acknowledged.</summary>
    public async Task StopAsync()
    {
        await Channel.BasicCancelAsync(_tag!);
        End();
        await _idle.Task;
        await _acknowledgements.FlushedAsync();
    }

    public override Task HandleBasicDeliverAsync(
        string consumerTag, ulong deliveryTag, bool redelivered, string exchange, string routingKey, IReadOnlyBasicProperties properties,
        ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default)
    {
        // The library uses the buffer again after this call.
        Interlocked.Increment(ref _handledCount);
        _ = HandleAsync(new ReceivedMessage(body.ToArray(), DeliveryInfo.From(exchange, routingKey, properties)), deliveryTag);
        return Task.CompletedTask;
    }

    public override Task HandleBasicCancelAsync(string consumerTag, CancellationToken cancellationToken = default)
    {
        // Sent by the broker when the queue is deleted or its node is lost.
        fail($"The broker ended the reading of {queue.Name}.");
        return Task.CompletedTask;
    }

    private async Task HandleAsync(ReceivedMessage message, ulong deliveryTag)
    {
        try
        {
            await consumer.Value.ConsumeAsync(message, sessionEnded);
            _acknowledgements.Acknowledge(deliveryTag);
        }
        catch (OperationCanceledException) when (sessionEnded.IsCancellationRequested)
        {
            // The broker delivers it again by itself.
        }
        catch (Exception exception)
        {
            if (throttle.TryEnter($"{queue.Name} {exception.GetType().Name}: {exception.Message}") is { } suppressed)
            {
                logger.LogError(
                    exception, "A message of {Queue} failed and returns to the queue. ({Count} similar lines suppressed.)", queue.Name,
                    suppressed);
            }

            _acknowledgements.Return(deliveryTag);
        }
        finally
        {
            End();
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
