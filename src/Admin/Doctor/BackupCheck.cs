using XilinIngest.Admin.Installations;
using XilinIngest.Worker.Ledger;

namespace XilinIngest.Admin.Doctor;

/// <summary>Checks when the last backup was made.</summary>
internal static class BackupCheck
{
    private const string RemedyZh = "请检查备份任务；做法见 docs/backup.md。";
    private const string RemedyEn = "Check the task that makes backups; docs/backup.md has how.";

    public static Task<IReadOnlyList<CheckFinding>> RunAsync(Installation installation, TimeProvider clock) =>
        Task.FromResult<IReadOnlyList<CheckFinding>>([Find(installation.KeyPath, clock.GetUtcNow())]);

    private static CheckFinding Find(string? keyPath, DateTimeOffset now)
    {
        if (keyPath is null)
        {
            return CheckFinding.NotChecked("设置中没有台账。", "The settings name no ledger.");
        }

        var record = new BackupRecord(keyPath);
        if (!record.Exists)
        {
            return CheckFinding.Warning(
                $"没有备份记录（{record.Path}）。", $"No backup is recorded ({record.Path}).", RemedyZh, RemedyEn);
        }

        if (record.Read(now) is not { } made)
        {
            return CheckFinding.Warning(
                $"{record.Path} 不是备份完成的时间（读不出，或在将来）。",
                $"{record.Path} has no time at which a backup was made: it cannot be read, or is in the future.", RemedyZh, RemedyEn);
        }

        var hours = Math.Max(0, (now - made).TotalHours);
        var (zh, en) = ($"最近一次备份在 {hours:0} 小时前。", $"The last backup was made {hours:0} hours ago.");
        return now - made > BackupRecord.MaxAge ? CheckFinding.Warning(zh, en, RemedyZh, RemedyEn) : CheckFinding.Fine(zh, en);
    }
}
