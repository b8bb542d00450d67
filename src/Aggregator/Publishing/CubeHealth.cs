using Microsoft.Extensions.Diagnostics.HealthChecks;
using XilinIngest.Aggregator.Cube;
using XilinIngest.Storage;

namespace XilinIngest.Aggregator.Publishing;

/// <summary>Degraded while standing by. Unhealthy while the cube is loading or a step failed; degraded while ledger rows are missing.</summary>
internal sealed class CubeHealth(CubeHost host, CubeStore store, CubeClaim claim, AggregatorService service) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        !claim.IsTaken ? HealthCheckResult.Degraded($"standby: 另一进程正在使用 {store.Path},它停止后由本进程接替。 / standby: another process works on {store.Path}; this one takes over when it stops.")
        : !host.IsLoaded ? HealthCheckResult.Unhealthy("The cube is loading.")
        : StorageFault.Of(service.Fault, store.Path) is { } storage
            ? HealthCheckResult.Unhealthy($"结果暂停更新:{storage.ReasonZh}{storage.RemedyZh} / Results stand still: {storage.ReasonEn} {storage.RemedyEn}")
        : service.Fault is { } fault ? HealthCheckResult.Unhealthy($"The last step failed: {fault.Message}")
        : host.Gap is { } gap ? HealthCheckResult.Degraded($"Ledger rows {gap.From} to {gap.To} have not come yet.")
        : HealthCheckResult.Healthy($"Applied through ledger row {host.AppliedThrough}."));
}
