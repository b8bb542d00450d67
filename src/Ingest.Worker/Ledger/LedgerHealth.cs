using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace XilinIngest.Worker.Ledger;

/// <summary>Unhealthy while batches cannot be committed or rows cannot be replayed. Names the remedy for a storage fault.</summary>
internal sealed class LedgerHealth(LedgerWriter writer, ReplayState replays) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(FindFault() is { } fault ? HealthCheckResult.Unhealthy(fault) : HealthCheckResult.Healthy());

    private string? FindFault()
    {
        var availability = writer.Availability;
        if (availability.WriteFault is { } storage)
        {
            return $"暂停接收报表：{storage.ReasonZh}{storage.RemedyZh} / No submission is accepted: {storage.ReasonEn} {storage.RemedyEn}";
        }

        return availability.DatabaseTimeout is { } timeout ? $"{timeout.MessageZh} / {timeout.Message}"
            : availability.LastCommitError is { } commit ? $"The ledger cannot commit: {commit.Message}"
            : replays.Fault is { } replay ? $"The ledger cannot be replayed: {replay.Message}"
            : null;
    }
}
