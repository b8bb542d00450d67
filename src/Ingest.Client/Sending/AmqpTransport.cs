using System.Collections.Concurrent;
using System.Text.Json;
using RabbitMQ.Client.Exceptions;
using XilinIngest.Client.Catalogues;
using XilinIngest.Client.Outbox;
using XilinIngest.Contracts;

namespace XilinIngest.Client.Sending;

/// <summary>Submissions over AMQP. The connection is made when it is needed, and again while the patience lasts.</summary>
/// <param name="address">Where, and as whom.</param>
/// <param name="catalogue">For the routing keys.</param>
/// <param name="timeout">How long a submission waits for its receipt.</param>
/// <param name="onUnmatchedReceipt">Takes a receipt that no one here waits for.</param>
internal sealed class AmqpTransport(
    BrokerConnectionSettings address, ClientCatalogue? catalogue, TimeSpan timeout, Action<SubmissionReceipt> onUnmatchedReceipt)
    : ISubmissionTransport
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(300);
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource<SubmissionReceipt>> _pending = [];

    // Sent from here: each receipt comes twice, by the direct queue and by the office's own.
    private readonly ConcurrentDictionary<Guid, bool> _sent = [];
    private readonly SemaphoreSlim _gate = new(1);
    private AmqpChannel? _channel;

    public int MaxConcurrency => 32;

    public async Task<SubmissionReply> SendAsync(OutboxEntry entry, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        Exception? last = null;
        var confirmed = false;
        _sent[entry.Id] = true;
        try
        {
            while (true)
            {
                var pending = _pending.GetOrAdd(entry.Id, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
                try
                {
                    await PublishAsync(entry, limit.Token);
                    confirmed = true;
                    return new(await pending.Task.WaitAsync(limit.Token));
                }
                catch (Exception exception) when (IsTransportFault(exception))
                {
                    // Not known whether it arrived: once more, for the service answers the same id with the same receipt.
                    last = exception;
                    await Task.Delay(RetryDelay, limit.Token);
                }
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw confirmed
                ? new TransportUnavailableException($"{address} 已收下报表，但 {timeout.TotalSeconds:0} 秒内没有回执。",
                    $"{address} has taken the submission, but no receipt came within {timeout.TotalSeconds:0} s.", last)
                : new TransportUnavailableException($"无法经 {address} 报送：{InnermostMessage(last)}",
                    $"It cannot be sent by {address}: {InnermostMessage(last)}", last);
        }
        finally
        {
            _pending.TryRemove(entry.Id, out _);
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

    // One at a time: what the broker refuses closes the channel, and it must be known whose fault it was.
    private async Task PublishAsync(OutboxEntry entry, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_channel is not { IsOpen: true })
            {
                await (_channel?.DisposeAsync() ?? ValueTask.CompletedTask);
                _channel = null;
                _channel = await AmqpChannel.OpenAsync(address, OnReceipts, OnChannelClosed, cancellationToken);
            }

            await _channel.PublishAsync(entry, ClientCatalogue.RoutingKey(catalogue, entry.Unit, entry.Period, address.User),
                cancellationToken);
        }
        catch (OperationInterruptedException exception)
        when (exception.ShutdownReason is { ReplyCode: 403 or 406 } reason && _channel is not null)
        {
            // No word of the service: it has not seen it, so it stays in the outbox.
            throw BrokerRefused(reason.ReplyText, exception);
        }
        finally
        {
            _gate.Release();
        }
    }

    private TransportUnavailableException BrokerRefused(string reason, Exception exception) => new(
        $"消息服务器 {address} 不收（服务没有见到它）：{reason} 请管理员核对用户 {address.User} 的权限，或用 --catalogue 给出目录后再报。",
        $"The broker {address} does not take it (the service has not seen it): {reason} Ask the administrator for the rights of the "
        + $"user {address.User}, or name the catalogue with --catalogue and send again.", exception)
    {
        AffectsOnlyThisEntry = true,
    };

    private void OnReceipts(byte[] body, string? correlation)
    {
        foreach (var receipt in ParseReceipts(body))
        {
            // A submission that its sender may not send is answered under another id.
            var id = Guid.TryParse(correlation, out var asked) ? asked : receipt.SubmissionId;
            if (_pending.TryGetValue(id, out var pending))
            {
                pending.TrySetResult(receipt);
            }
            else if (!_sent.ContainsKey(id))
            {
                onUnmatchedReceipt(receipt);
            }
        }
    }

    // The direct replies die with the channel: who waits for one asks again.
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

    private static IReadOnlyList<SubmissionReceipt> ParseReceipts(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.TryGetProperty("receipts", out _)
                ? JsonSerializer.Deserialize<SubmissionReceiptPack>(body, WireFormat.Options)!.Receipts
                : [JsonSerializer.Deserialize<SubmissionReceipt>(body, WireFormat.Options)!];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Not from a worker: no one else may write there, and it answers no one's question.
            Console.Error.WriteLine(
                $"{body.Length} bytes on the receipt queue are no receipt: {TerminalText.ToSingleLine(exception.Message)}");
            return [];
        }
    }

    public static bool IsTransportFault(Exception exception) =>
        exception is OperationInterruptedException or BrokerUnreachableException or PublishException or IOException
        or ObjectDisposedException or System.Net.Sockets.SocketException;

    public static string InnermostMessage(Exception? exception) => exception switch
    {
        null => "–",
        BrokerUnreachableException { InnerException: { } inner } => InnermostMessage(inner),
        AggregateException { InnerException: { } inner } => InnermostMessage(inner),
        _ => exception.Message.ReplaceLineEndings(" "),
    };
}
