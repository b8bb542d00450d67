using Microsoft.Extensions.Diagnostics.HealthChecks;
using XilinIngest.Aggregator.Cube;
using XilinIngest.Storage;

namespace XilinIngest.Aggregator.Publishing;

/// <summary>Degraded while standing by. Unhealthy while the cube is loading or a step failed; degraded while ledger rows are missing, and once the ledger was found to be another.</summary>
internal sealed class CubeHealth(CubeHost host, CubeStore store, CubeClaim claim, AggregatorService service) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(
        StorageFault.Of(claim.Fault ?? service.Fault, store.Name) is { } storage
            ? HealthCheckResult.Unhealthy($"结果暂停更新:{storage.ReasonZh}{storage.RemedyZh} / Results stand still: {storage.ReasonEn} {storage.RemedyEn}")
        : !claim.IsTaken ? HealthCheckResult.Degraded($"standby: 另一进程正在使用 {store.Name},它停止后由本进程接替。 / standby: another process works on {store.Name}; this one takes over when it stops.")
        : !host.IsLoaded ? HealthCheckResult.Unhealthy("正在载入历史数据。 / The history is being loaded.")
        : service.Fault is { } fault ? HealthCheckResult.Unhealthy($"The last step failed: {fault.Message}")
        : host.Replaced is { } replaced ? HealthCheckResult.Degraded($"{InWords(replaced)} Applied through ledger row {host.AppliedThrough}.")
        : host.Gap is { } gap ? HealthCheckResult.Degraded($"Ledger rows {gap.From} to {gap.To} have not come yet.")
        : HealthCheckResult.Healthy($"Applied through ledger row {host.AppliedThrough}."));

    private static string InWords(LedgerReplaced replaced) =>
        $"The ledger is not the one that the results were made from: it lacks, or has others in place of, rows up to {replaced.WasThrough}. "
        + (replaced.IsMadeAnew
            ? $"The results were made anew from what it has, and what differs was published as new versions{(replaced.Copy is { } copy ? $"; the cube as it was is kept in {copy}" : "")}."
            : "The results are being made anew from what it has.")
        + " If the ledger was restored from a backup and a newer one exists, stop the service and put that back; else have sent again what was sent after the backup. Said until the next start.";
}
