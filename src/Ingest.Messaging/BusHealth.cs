using MassTransit;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace XilinIngest.Messaging;

/// <summary>
/// Unhealthy while messages do not reach the broker. The library's own check calls a broker that is away degraded as long as one endpoint
/// does not know of it yet, and knows nothing of one that blocks us or has fallen silent.
/// </summary>
public sealed class BusHealth(IBusControl bus, BrokerConnectionMonitor monitor) : IHealthCheck
{
    private static readonly BrokerFault Unreachable = new(
        "消息服务器连接不上,消息总线未就绪。", "The broker cannot be reached: the bus is not ready.",
        "请检查消息服务器是否运行、网络是否通畅;服务会自动重连。", "See whether it runs and the network reaches it; the service reconnects by itself.");

    /// <summary>Why nothing can be published just now; null: nothing is known to be in the way.</summary>
    public BrokerFault? Fault => monitor.BlockedReason is not null || IsConnected ? monitor.Fault : Unreachable;

    /// <summary>Everything that is to be read is being read, and the broker has not said that it takes nothing.</summary>
    internal bool IsAcceptingMessages => IsConnected && monitor.BlockedReason is null;

    private bool IsConnected => bus.CheckHealth().Status == BusHealthStatus.Healthy;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(Fault is { } fault
        ? HealthCheckResult.Unhealthy($"{fault.ReasonZh}{fault.RemedyZh} / {fault.ReasonEn} {fault.RemedyEn}")
        : HealthCheckResult.Healthy());
}
