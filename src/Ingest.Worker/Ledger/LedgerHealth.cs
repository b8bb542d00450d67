using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace XilinIngest.Worker.Ledger;

/// <summary>Unhealthy while groups cannot be committed.</summary>
internal sealed class LedgerHealth(LedgerWriter writer) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        writer.Fault is { } fault ? HealthCheckResult.Unhealthy($"The ledger cannot commit: {fault.Message}") : HealthCheckResult.Healthy());
}
