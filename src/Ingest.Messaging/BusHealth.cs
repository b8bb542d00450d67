using MassTransit;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace XilinIngest.Messaging;

/// <summary>
/// Unhealthy while the broker is away. The library's own check calls that degraded as long as one endpoint does not know of it yet,
/// and the one it publishes from hears of nothing while nothing is published.
/// </summary>
public sealed class BusHealth(IBusControl bus) : IHealthCheck
{
    /// <summary>Everything that is to be read is being read.</summary>
    public bool IsUp => bus.CheckHealth().Status == BusHealthStatus.Healthy;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(IsUp
        ? HealthCheckResult.Healthy()
        : HealthCheckResult.Unhealthy("消息总线未就绪:请检查消息服务器是否运行、网络是否通畅;服务会自动重连。 / The bus is not ready: see whether the broker runs and can be reached; the service reconnects by itself."));
}
