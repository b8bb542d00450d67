using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace XilinIngest.Messaging;

/// <summary>
/// Unhealthy while messages do not reach the broker. The library's own check reports Degraded until every endpoint has noticed that the
/// broker is away, and does not detect a broker that blocks the connection or has stopped answering.
/// </summary>
public sealed class BusHealth(IBusTransport transport, BrokerConnectionMonitor monitor) : IHealthCheck
{
    private static readonly BrokerFault Unreachable = new(
        "消息服务器连接不上，消息总线未就绪。", "The broker cannot be reached: the bus is not ready.",
        "请检查消息服务器是否运行、网络是否通畅；服务会自动重连。", "Check whether it runs and the network reaches it; the service reconnects by itself.");

    /// <summary>Why messages cannot be published now; null: no obstacle is known.</summary>
    public BrokerFault? Fault => monitor.BlockedReason is not null || transport.IsConnected ? monitor.Fault : Unreachable;

    /// <summary>Whether all queues are being read and the broker has not blocked the connection.</summary>
    internal bool IsAcceptingMessages => transport.IsConnected && monitor.BlockedReason is null;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Fault is { } fault
        ? HealthCheckResult.Unhealthy($"{fault.ReasonZh}{fault.RemedyZh} / {fault.ReasonEn} {fault.RemedyEn}")
        : HealthCheckResult.Healthy());
}
