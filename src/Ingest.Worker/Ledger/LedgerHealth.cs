using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace XilinIngest.Worker.Ledger;

/// <summary>
/// Unhealthy while batches cannot be committed or rows cannot be replayed. Names the remedy for a storage fault. Degraded if that is so for
/// some partitions, whose names it tells: the others go on.
/// </summary>
internal sealed class LedgerHealth(Ledgers ledgers) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var faults = ledgers.All.Select(ledger => (ledger, Fault: FindFault(ledger))).Where(each => each.Fault is not null).ToList();
        var text = string.Join(Environment.NewLine, faults.Select(each => Describe(each.ledger, each.Fault!.Value)));
        return Task.FromResult(faults.Count == 0 ? HealthCheckResult.Healthy()
            : faults.Count < ledgers.All.Count ? HealthCheckResult.Degraded(text) : HealthCheckResult.Unhealthy(text));
    }

    private static string Describe(PartitionLedger ledger, (string? Zh, string En) fault) => ledger.Store.PartitionPath switch
    {
        null => fault.Zh is null ? fault.En : $"{fault.Zh} / {fault.En}",
        var path => $"分区 {path}：{fault.Zh ?? fault.En} / Partition {path}: {fault.En}",
    };

    private static (string? Zh, string En)? FindFault(PartitionLedger ledger)
    {
        var availability = ledger.Availability;
        if (availability.WriteFault is { } storage)
        {
            return ($"暂停接收报表：{storage.ReasonZh}{storage.RemedyZh}", $"No submission is accepted: {storage.ReasonEn} {storage.RemedyEn}");
        }

        return availability.DatabaseTimeout is { } timeout ? (timeout.MessageZh, timeout.Message)
            : availability.LastCommitError is { } commit ? (null, $"The ledger cannot commit: {commit.Message}")
            : ledger.Replays.Fault is { } replay ? (null, $"The ledger cannot be replayed: {replay.Message}")
            : null;
    }
}
