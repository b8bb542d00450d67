using System.Collections.Concurrent;
using System.Text.Json;
using Polly;
using Polly.Retry;
using RabbitMQ.Client.Exceptions;
using XilinIngest.Contracts;

namespace XilinIngest.ClientLibrary.Transports;

/// <summary>
/// Sends submissions over AMQP. The connection is opened when it is needed, and retried until the timeout of the submission that needs it.
/// </summary>
internal sealed class AmqpTransport(XilinClientOptions options) : ISubmissionTransport
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(300);

    private readonly BrokerConnectionSettings _broker = options.Broker!;
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource<SubmissionReceipt>> _pending = [];

    // The submissions sent here. Each of their receipts arrives twice: on the direct reply queue and on the office's own.
    private readonly ConcurrentDictionary<Guid, bool> _sent = [];
    private readonly SemaphoreSlim _gate = new(1);
    private AmqpChannel? _channel;

    public int MaxConcurrency => 32;

    public async Task<SubmissionReply> SendAsync(SubmissionMessage message, Action onConfirmed, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Timeout);
        Exception? last = null;
        var confirmed = false;
        if (options.OnOtherReceipt is not null)
        {
            _sent[message.Id] = true;
        }

        // It is unknown whether a lost submission arrived. It is sent again, and the service replies to the same id with the same receipt.
        var retry = new ResiliencePipelineBuilder().AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = int.MaxValue,
            Delay = RetryDelay,
            ShouldHandle = failed => ValueTask.FromResult(failed.Outcome.Exception is { } exception && IsTransportFault(exception)),
            OnRetry = failed =>
            {
                last = failed.Outcome.Exception;
                return ValueTask.CompletedTask;
            },
        }).Build();
        try
        {
            return await retry.ExecuteAsync(
                async token =>
                {
                    var pending = _pending.GetOrAdd(message.Id, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
                    await PublishAsync(message, token);
                    confirmed = true;
                    onConfirmed();
                    return new SubmissionReply(await pending.Task.WaitAsync(token));
                },
                limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw confirmed
                ? new TransportUnavailableException(
                    TransportFailure.NoReceipt,
                    $"{_broker} 已收下报表，但 {options.Timeout.TotalSeconds:0} 秒内没有回执。",
                    $"{_broker} has taken the submission, but no receipt came within {options.Timeout.TotalSeconds:0} s.", last)
                : new TransportUnavailableException(
                    TransportFailure.Unreachable,
                    $"无法经 {_broker} 报送：{InnermostMessage(last)}", $"It cannot be sent by {_broker}: {InnermostMessage(last)}", last);
        }
        finally
        {
            _pending.TryRemove(message.Id, out _);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_channel is not null)
        {
            await _channel.DisposeAsync();
        }

        _gate.Dispose();
    }

    // One at a time. A refused message closes the channel, and the refusal must be attributed to the right one.
    private async Task PublishAsync(SubmissionMessage message, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_channel is not { IsOpen: true })
            {
                await (_channel?.DisposeAsync() ?? ValueTask.CompletedTask);
                _channel = null;
                _channel = await AmqpChannel.OpenAsync(
                    _broker, OnReceipts, OnChannelClosed, options.OnOtherReceipt is not null, cancellationToken);
            }

            var key = RoutingKeys.For(options.UnitPath, message.Unit, message.Period, _broker.User);
            await _channel.PublishAsync(message, key, cancellationToken);
        }
        catch (OperationInterruptedException exception)
            when (exception.ShutdownReason is { ReplyCode: 403 or 406 } reason && _channel is not null)
        {
            throw new TransportUnavailableException(
                TransportFailure.RefusedByBroker,
                $"消息服务器 {_broker} 不收（服务没有见到它）：{reason.ReplyText} 请管理员核对用户 {_broker.User} 的权限。",
                $"The broker {_broker} does not take it (the service has not seen it): {reason.ReplyText} "
                + $"Ask the administrator for the rights of the user {_broker.User}.",
                exception);
        }
        finally
        {
            _gate.Release();
        }
    }

    private void OnReceipts(byte[] body, string? correlation)
    {
        foreach (var receipt in ParseReceipts(body))
        {
            // If the sender has no right to a submission, the receipt has another id.
            var id = Guid.TryParse(correlation, out var asked) ? asked : receipt.SubmissionId;
            if (_pending.TryGetValue(id, out var pending))
            {
                pending.TrySetResult(receipt);
            }
            else if (!_sent.ContainsKey(id))
            {
                options.OnOtherReceipt?.Invoke(receipt);
            }
        }
    }

    // Direct replies are lost with the channel, so a waiting submission is sent again.
    private void OnChannelClosed()
    {
        foreach (var (id, _) in _pending)
        {
            if (_pending.TryRemove(id, out var pending))
            {
                pending.TrySetException(new IOException("The channel was closed."));
            }
        }
    }

    private IReadOnlyList<SubmissionReceipt> ParseReceipts(byte[] body)
    {
        try
        {
            return SubmissionReceiptPack.Parse(body);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The message is not from a worker, and does not belong to any submission.
            options.OnInvalidMessage?.Invoke($"{body.Length} bytes on the receipt queue are no receipt: {exception.Message}");
            return [];
        }
    }

    internal static bool IsTransportFault(Exception exception) => exception
        is OperationInterruptedException or BrokerUnreachableException or PublishException or IOException or ObjectDisposedException
        or System.Net.Sockets.SocketException;

    internal static string InnermostMessage(Exception? exception) => exception switch
    {
        null => "–",
        BrokerUnreachableException { InnerException: { } inner } => InnermostMessage(inner),
        AggregateException { InnerException: { } inner } => InnermostMessage(inner),
        _ => exception.Message.ReplaceLineEndings(" "),
    };
}
