using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using XilinIngest.Worker.Backups;

namespace XilinIngest.Worker.Ledger;

/// <summary>
/// When the last backup was made. The commands that make one (docs/backup.md) write the time into a file beside the signing key once the
/// backup is complete. Degraded if that is more than two days ago, or no time; nothing is wrong with the service without the file.
/// </summary>
internal sealed class BackupHealth(string keyPath, TimeProvider clock, BackupFault? fault = null) : IHealthCheck
{
    private const string FileName = BackupRecord.FileName;
    private readonly BackupRecord _record = new(keyPath);

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Check());

    private HealthCheckResult Check()
    {
        if (fault?.Last is { } failed)
        {
            return HealthCheckResult.Degraded(
                $"备份失败，每小时重试一次：{failed.Zh} / The backup failed and is tried again every hour: {failed.En}");
        }

        if (!_record.Exists)
        {
            return HealthCheckResult.Healthy(
                $"没有备份记录。单进程服务可用设置 Backup__Folder 每天自动备份，或用 xilin-admin backup；完成时间写入签名密钥旁的 {FileName} 文件（见 docs/backup.md）。 / "
                + "No backup is recorded. The one process makes one every day with the setting Backup__Folder, or xilin-admin backup does; "
                + $"the time is written into the file {FileName} beside the signing key (docs/backup.md).");
        }

        if (_record.Read(clock.GetUtcNow()) is not { } made)
        {
            return HealthCheckResult.Degraded(
                $"签名密钥旁的 {FileName} 文件不是备份完成的时间（读不出，或在将来），无法得知最近一次备份；请检查备份任务（见 docs/backup.md）。 / The file {FileName} beside "
                + "the signing key has no time at which a backup was made (it cannot be read, or is in the future): check the task that "
                + "makes them (docs/backup.md).");
        }

        var age = clock.GetUtcNow() - made;
        var figures = new Dictionary<string, object>
        {
            ["lastBackup"] = made.ToString("O", CultureInfo.InvariantCulture),
            ["hoursSinceBackup"] = decimal.Round((decimal)Math.Max(0, age.TotalHours)),
        };
        return age > BackupRecord.MaxAge
            ? HealthCheckResult.Degraded(
                $"最近一次备份已是 {age.TotalDays:0} 天前，请检查备份任务。 / The last backup is {age.TotalDays:0} days old: check the task that makes them.",
                data: figures)
            : HealthCheckResult.Healthy(data: figures);
    }
}
