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

    // Each time, what is being handled returns to its queue, and is delivered at most 100 times.
    private static readonly TimeSpan LongestGiveUpInterval = TimeSpan.FromMinutes(5);

    private readonly Lock _lock = new();
    private IConnection? _connection;
    private string? _blockedReason;
    private int _unconfirmedCount;
    private long _lastConfirmAt;
    private TaskCompletionSource<bool> _connectionLost = NewSource();
    private TimeSpan _giveUpInterval = SilenceThreshold;
    private long? _givenUpAt;
    private bool _isGivenUp;

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

    /// <summary>Whether there is a connection, and it has not been closed.</summary>
    internal bool IsOpen
    {
        get
        {
            lock (_lock)
            {
                return _connection is { IsOpen: true };
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

    /// <summary>
    /// Completes when the connection that is open now, or else the next one, is lost: true if <see cref="GiveUpConnection"/> closed it.
    /// </summary>
    internal Task<bool> ConnectionLost
    {
        get
        {
            lock (_lock)
            {
                return _connectionLost.Task;
            }
        }
    }

    /// <summary>Subscribes to the events of a connection. A second call for the same connection does nothing.</summary>
    internal void Attach(IConnection connection)
    {
        TaskCompletionSource<bool>? lost = null;
        lock (_lock)
        {
            if (ReferenceEquals(_connection, connection))
            {
                return;
            }

            if (_connection is not null)
            {
                // The library opened another one before it told of the loss.
                (lost, _connectionLost) = (_connectionLost, NewSource());
            }

            (_connection, _isGivenUp, _blockedReason, _lastConfirmAt) = (connection, false, null, TimeProvider.System.GetTimestamp());
        }

        lost?.SetResult(false);

        connection.ConnectionBlockedAsync += (_, blocked) => SetBlockedAsync(connection, blocked.Reason);
        connection.ConnectionUnblockedAsync += (_, _) => SetBlockedAsync(connection, null);
        connection.ConnectionShutdownAsync += (_, _) =>
        {
            var unblocked = SetBlockedAsync(connection, null);
            AnnounceLoss(connection);
            return unblocked;
        };
    }

    /// <summary>
    /// Closes the connection, so that another one is opened. A channel can be useless for good while its connection is open: if it was
    /// opened while the leader of a queue was being elected, the broker (RabbitMQ 3.10) rejects all that is published on it. Does nothing
    /// if the last time was a short while ago: five seconds, then twice as long each time, up to five minutes, until a connection was kept
    /// for ten minutes. A confirm is no sign that it is over: other queues may take messages.
    /// </summary>
    /// <param name="reason">For the log, an English sentence.</param>
    internal void GiveUpConnection(string reason)
    {
        IConnection connection;
        lock (_lock)
        {
            if (_connection is null || !_connection.IsOpen || _blockedReason is not null)
            {
                return;
            }

            if (_givenUpAt is { } last)
            {
                var since = TimeProvider.System.GetElapsedTime(last);
                if (since < _giveUpInterval)
                {
                    return;
                }

                _giveUpInterval = since > 2 * LongestGiveUpInterval
                    ? SilenceThreshold : TimeSpan.FromTicks(Math.Min(_giveUpInterval.Ticks * 2, LongestGiveUpInterval.Ticks));
            }

            (connection, _givenUpAt, _isGivenUp) = (_connection, TimeProvider.System.GetTimestamp(), true);
        }

        logger.LogWarning("{Reason} The connection is opened anew, and unconfirmed messages are published again.", reason);
        _ = BrokerConnection.AbortAsync(connection);
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
                _lastConfirmAt = TimeProvider.System.GetTimestamp();
            }
        }
    }

    private static TaskCompletionSource<bool> NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void AnnounceLoss(IConnection connection)
    {
        TaskCompletionSource<bool> lost;
        bool isGivenUp;
        lock (_lock)
        {
            if (!ReferenceEquals(_connection, connection))
            {
                return;
            }

            (_connection, isGivenUp) = (null, _isGivenUp);
            (lost, _connectionLost) = (_connectionLost, NewSource());
        }

        lost.SetResult(isGivenUp);
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
