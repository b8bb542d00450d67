using Microsoft.Extensions.Diagnostics.HealthChecks;
using XilinIngest.Aggregator.Cube;
using XilinIngest.Aggregator.Partitions;
using XilinIngest.Storage;

namespace XilinIngest.Aggregator.Publishing;

/// <summary>
/// Unhealthy while the cube is loading or a step failed. Degraded while standing by, while a step hangs, while ledger rows are or may be
/// missing, and after the ledger was replaced by another one.
/// </summary>
internal sealed class CubeHealth(ResultPartitions partitions) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(partitions.All is [var only] ? new PartitionHealth(only).Check() : Merge());

    // The worst of all; each problem on a line of its own, with the partition.
    private HealthCheckResult Merge()
    {
        var checks = partitions.All.Select(each => (each.Partition.Path, Result: new PartitionHealth(each).Check())).ToList();
        var worst = checks.Min(check => check.Result.Status);
        var told = checks.Where(check => check.Result.Status == worst).Select(check => Name(check.Path, check.Result.Description ?? ""));
        return new HealthCheckResult(worst, string.Join('\n', told),
            data: checks.SelectMany(check => check.Result.Data.Select(each => (Key: $"{each.Key}:{check.Path}", each.Value)))
                .ToDictionary(each => each.Key, each => each.Value));
    }

    private static string Name(string path, string description) => description.Split(" / ", 2) is [var zh, var en]
        ? $"分区 {path}：{zh} / Partition {path}: {en}" : $"Partition {path}: {description}";
}

/// <summary>The health of one partition's cube.</summary>
internal sealed class PartitionHealth(PartitionResults partition)
{
    /// <summary>A longer step or delay is reported. A step and a response of the ledger take milliseconds.</summary>
    internal static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(6);

    private readonly CubeHost _host = partition.Host;
    private readonly CubeStore _store = partition.Store;
    private readonly AggregatorProgress _progress = partition.Progress;

    public HealthCheckResult Check()
    {
        if (!partition.IsActive && partition.IsFollowed)
        {
            return HealthCheckResult.Healthy($"Applied through ledger row {_host.AppliedThrough}.");
        }

        if (StorageFault.FromProbeException(partition.Lease.Fault ?? partition.Fault, _store.Name) is { } storage)
        {
            return HealthCheckResult.Unhealthy(
                $"结果暂停更新：{storage.ReasonZh}{storage.RemedyZh} / The results are not updated: {storage.ReasonEn} {storage.RemedyEn}");
        }

        if (!partition.IsActive)
        {
            return Standby();
        }

        if (!_host.IsLoaded)
        {
            return HealthCheckResult.Unhealthy("正在载入历史数据。 / The history is being loaded.");
        }

        if (partition.Fault is { } fault)
        {
            return HealthCheckResult.Unhealthy($"The last step failed: {fault.Message}");
        }

        var through = $"Applied through ledger row {_host.AppliedThrough}.";
        var figures = new Dictionary<string, object>
        {
            ["appliedThrough"] = _host.AppliedThrough,
            ["rowsBehind"] = _host.LedgerProgress.Lag,
            ["secondsBehind"] = decimal.Round((decimal)_progress.LagTime.TotalSeconds),
        };
        return DegradedReason() is { } reason
            ? HealthCheckResult.Degraded($"{reason} {through}", data: figures) : HealthCheckResult.Healthy(through, figures);
    }

    private HealthCheckResult Standby()
    {
        var silence = partition.Lease.HolderHeartbeatAge;
        return HealthCheckResult.Degraded(
            $"standby: 另一进程正在使用 {_store.Name}，它停止后由本进程接替。 / standby: another process works on {_store.Name}; this one takes over "
            + "when it stops."
            + (silence > Tolerance
                ? $" 该进程已有 {silence.TotalSeconds:0} 秒没有动静：若已停顿，请将其强制结束（kill -9）。 / That process has shown no sign of life "
                    + $"for {silence.TotalSeconds:0} s: if it hangs, end it (kill -9)."
                : ""));
    }

    private string? DegradedReason()
    {
        var (followed, lag, silence, step) = (_host.LedgerProgress, _progress.LagTime, _progress.LedgerIdleTime, _progress.StepTime);
        return step > Tolerance ? DescribeHungStep(step)
            : _host.LedgerReplacement is { } replaced ? Describe(replaced)
            : followed.Gap is { } gap
                ? $"台账第 {gap.From} 至 {gap.To} 号尚未到达，结果落后 {followed.Lag} 行、{lag.TotalSeconds:0} 秒，已请求重发。 / Ledger rows {gap.From} "
                    + $"to {gap.To} have not come yet: the results are {followed.Lag} rows and {lag.TotalSeconds:0} s behind; the rows "
                    + "were asked for."
            : silence > Tolerance
                ? $"已有 {silence.TotalSeconds:0} 秒没有收到台账的答复，结果可能落后。请检查 Ingest.Worker 是否运行、能否连接消息服务器（见其 /health/ready）。 / The ledger has "
                    + $"not answered for {silence.TotalSeconds:0} s, and the results may be behind it. Check whether an Ingest.Worker runs "
                    + "and reaches the broker (its /health/ready)."
            : _host.MissingPartitions is { Count: > 0 } missing && lag > Tolerance ? DescribeMissing(missing)
            : _progress.SilentPartitions is { Count: > 0 } silent ? DescribeSilent(silent)
            : followed.MissingRows is not null && lag > Tolerance
                ? $"正在等待台账的答复，已有 {lag.TotalSeconds:0} 秒，结果可能落后。 / The ledger's answer has been awaited for {lag.TotalSeconds:0} s; the "
                    + "results may be behind it."
            : null;
    }

    private static string DescribeMissing(IReadOnlyList<string> partitions) =>
        $"尚未收到分区 {string.Join('、', partitions)} 的汇总数，已请求重发；结果可能落后。请检查其汇总服务是否运行。 / The sums of the partitions "
        + $"{string.Join(", ", partitions)} have not come yet and were asked for: the results may be behind. Check whether their "
        + "aggregator runs.";

    private static string DescribeSilent(IReadOnlyList<string> partitions) =>
        $"分区 {string.Join('、', partitions)} 已有一段时间没有动静，其汇总数可能不是最新。请检查其汇总服务是否运行、能否连接消息服务器。 / The partitions "
        + $"{string.Join(", ", partitions)} have told nothing for some time: their sums may not be the newest. Check whether their "
        + "aggregator runs and reaches the broker.";

    private string DescribeHungStep(TimeSpan step)
    {
        var (zh, en, remedyZh, remedyEn) = _progress.Activity switch
        {
            AggregatorActivity.Publishing =>
                ("发布结果", "publishing results", "请检查消息服务器（见检查项 bus）。", "Check whether the broker takes messages (the check bus)."),
            AggregatorActivity.Opening =>
                ("等待消息队列", "waiting for its queue", "请检查消息服务器（见检查项 bus）。", "Check whether the broker can be reached (the check bus)."),
            AggregatorActivity.Loading =>
                ("载入历史数据", "loading the history", $"请检查数据库 {_store.Name} 是否停顿。", $"Check whether the database {_store.Name} hangs."),
            _ => ("计算并保存结果", "computing and storing results", $"请检查数据库 {_store.Name} 是否停顿；若持续不变，请重新启动本服务。",
                $"Check whether the database {_store.Name} hangs; if this stays so, restart the service."),
        };
        return $"{zh}已用时 {step.TotalSeconds:0} 秒，结果未更新。{remedyZh} / It has been {en} for {step.TotalSeconds:0} s, and the results are not "
            + $"updated. {remedyEn}";
    }

    private static string Describe(LedgerReplacement replaced) =>
        "The ledger is not the one that the results were made from: rows up to "
        + $"{replaced.PreviousThrough} are missing in it or differ. "
        + (replaced.IsRebuilt
            ? "The results were rebuilt from it, and differing results were published as new "
                + $"versions{(replaced.BackupPath is { } copy ? $"; the former cube is kept in {copy}" : "")}."
            : "The results are being rebuilt from it.")
        + " If the ledger was restored from a backup and a newer one exists, stop the service and restore that one. Otherwise ask the "
        + "offices to send again what they sent after the backup. This message stays until the next start.";
}
