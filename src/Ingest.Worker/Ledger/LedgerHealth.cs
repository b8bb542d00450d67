using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace XilinIngest.Worker.Ledger;

/// <summary>Unhealthy while groups cannot be committed, or rows cannot be replayed; where the disk is why, it says what to do.</summary>
internal sealed class LedgerHealth(LedgerWriter writer, ReplayState replays) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        writer.WriteFault is { } storage
            ? HealthCheckResult.Unhealthy($"暂停接收报表:{storage.ReasonZh}{storage.RemedyZh} / No submission is taken: {storage.ReasonEn} {storage.RemedyEn}")
        : writer.DatabaseTimeout is { } hanging ? HealthCheckResult.Unhealthy($"{hanging.MessageZh} / {hanging.Message}")
        : writer.LastCommitError is { } fault ? HealthCheckResult.Unhealthy($"The ledger cannot commit: {fault.Message}")
        : replays.Fault is { } replay ? HealthCheckResult.Unhealthy($"The ledger cannot be replayed: {replay.Message}")
        : HealthCheckResult.Healthy());
}
