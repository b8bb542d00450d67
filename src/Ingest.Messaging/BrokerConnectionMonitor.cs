using Microsoft.Extensions.Logging;
using RabbitMQ.Client;

namespace XilinIngest.Messaging;

/// <summary>Why messages do not reach the broker although no call fails.</summary>
/// <param name="ReasonZh">The reason in Chinese.</param>
/// <param name="ReasonEn">The reason in English.</param>
/// <param name="RemedyZh">The remedy in Chinese.</param>
/// <param name="RemedyEn">The remedy in English.</param>
public sealed record BrokerFault(string ReasonZh, string ReasonEn, string RemedyZh, string RemedyEn);

/// <summary>
/// Watches the open connection to the broker. A broker that is short of disk or memory sends connection.blocked and stops reading; a
/// connection whose other end is lost sends nothing. In both cases a publish waits and no exception is thrown.
/// </summary>
public sealed class BrokerConnectionMonitor(ILogger<BrokerConnectionMonitor> logger)
{
    /// <summary>How long a publish may wait without any confirm before the connection counts as silent.</summary>
    public static readonly TimeSpan SilenceThreshold = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private IConnection? _connection;
    private string? _blockedReason;
    private int _unconfirmedCount;
    private long _lastConfirmAt;
    private bool _isMissingConfirmLogged;

    /// <summary>The reason that the broker gave with connection.blocked; null: it has not blocked the connection.</summary>
    public string? BlockedReason
    {
        get
        {
            lock (_lock)
            {
                return _blockedReason;
            }
        }
    }

    /// <summary>The fault of an open connection; null: none is known.</summary>
    public BrokerFault? Fault
    {
        get
        {
            lock (_lock)
            {
                return _blockedReason is { } reason ? BlockedFault(reason)
                    : _unconfirmedCount > 0 && TimeProvider.System.GetElapsedTime(_lastConfirmAt) is var silence
                    && silence > SilenceThreshold ? SilentFault(silence)
                    : null;
            }
        }
    }

    /// <summary>Subscribes to the events of a connection. A second call for the same connection does nothing.</summary>
    internal void Attach(IConnection connection)
    {
        lock (_lock)
        {
            if (ReferenceEquals(_connection, connection))
            {
                return;
            }

            (_connection, _blockedReason, _lastConfirmAt) = (connection, null, TimeProvider.System.GetTimestamp());
        }

        connection.ConnectionBlockedAsync += (_, blocked) => SetBlockedAsync(connection, blocked.Reason);
        connection.ConnectionUnblockedAsync += (_, _) => SetBlockedAsync(connection, null);
        connection.ConnectionShutdownAsync += (_, _) => SetBlockedAsync(connection, null);
    }

    /// <summary>Whether to log a missing confirm: only the first since the broker last confirmed a message.</summary>
    internal bool ShouldLogMissingConfirm()
    {
        lock (_lock)
        {
            var isFirst = !_isMissingConfirmLogged;
            _isMissingConfirmLogged = true;
            return isFirst;
        }
    }

    /// <summary>Called when a publish starts to wait for its confirm.</summary>
    internal void BeginPublish()
    {
        lock (_lock)
        {
            if (_unconfirmedCount++ == 0)
            {
                _lastConfirmAt = TimeProvider.System.GetTimestamp();
            }
        }
    }

    /// <summary>Called when a publish no longer waits.</summary>
    /// <param name="isAnswered">Whether the broker confirmed or refused the message.</param>
    internal void EndPublish(bool isAnswered)
    {
        lock (_lock)
        {
            _unconfirmedCount--;
            if (isAnswered)
            {
                (_lastConfirmAt, _isMissingConfirmLogged) = (TimeProvider.System.GetTimestamp(), false);
            }
        }
    }

    private Task SetBlockedAsync(IConnection connection, string? reason)
    {
        lock (_lock)
        {
            if (!ReferenceEquals(_connection, connection) || _blockedReason == reason)
            {
                return Task.CompletedTask;
            }

            // The waiting time of publishes restarts, because the broker read nothing while it blocked.
            (_blockedReason, _lastConfirmAt) = (reason, TimeProvider.System.GetTimestamp());
        }

        if (reason is null)
        {
            logger.LogInformation("The broker accepts messages from this service again.");
        }
        else
        {
            var fault = BlockedFault(reason);
            logger.LogWarning("{Reason} {Remedy}", fault.ReasonEn, fault.RemedyEn);
        }

        return Task.CompletedTask;
    }

    private static BrokerFault BlockedFault(string reason) => new(
        $"消息服务器暂停接收消息（{reason}）。", $"The broker takes no messages from us ({reason}).",
        "请在消息服务器上清理磁盘空间或内存（rabbitmqctl status 列出告警）；告警解除后服务自动继续。",
        "Free disk space or memory on the broker (rabbitmqctl status lists its alarms); the service continues by itself once the "
        + "alarm is over.");

    private static BrokerFault SilentFault(TimeSpan silence) => new(
        $"消息服务器已有 {silence.TotalSeconds:0} 秒没有确认任何消息。", $"The broker has confirmed nothing for {silence.TotalSeconds:0} s.",
        "请检查与消息服务器之间的网络（防火墙、代理）以及消息服务器是否停顿；服务会自动重连。",
        "Check whether the network to it (firewall, proxy) still carries anything, and whether the broker hangs; the service "
        + "reconnects by itself.");
}
