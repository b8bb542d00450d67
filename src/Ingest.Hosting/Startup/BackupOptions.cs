using System.Globalization;
using Microsoft.Extensions.Options;

namespace XilinIngest.Hosting;

/// <summary>The daily backup that the one-process service makes: <c>Backup:Folder</c> and <c>Backup:At</c>.</summary>
internal sealed class BackupOptions
{
    private const string TimeFormat = "HH:mm";

    public string? Folder { get; set; }

    public string? At { get; set; }

    internal static TimeOnly? TryParse(string? text) =>
        TimeOnly.TryParseExact(text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
}

/// <summary>Validates the folder and the time.</summary>
internal sealed class BackupOptionsValidator : IValidateOptions<BackupOptions>
{
    public ValidateOptionsResult Validate(string? name, BackupOptions options)
    {
        var faults = new SettingFaults();
        faults.Check(
            "Backup:Folder", options.Folder, text => Path.IsPathFullyQualified(text), "存放备份的文件夹的完整路径，最好在另一块磁盘上",
            "the full path of the folder for backups, best on another disk");
        faults.Check(
            "Backup:At", options.At, text => BackupOptions.TryParse(text) is not null, "每天备份的时间，如 12:30（北京时间）",
            "the time of the daily backup, such as 12:30 (China's time)");
        return faults.Result;
    }
}

/// <summary>When and where a backup is made every day.</summary>
/// <param name="Folder">The folder of all backups.</param>
/// <param name="At">The time of day in China.</param>
public sealed record BackupPlan(string Folder, TimeOnly At)
{
    private static readonly TimeSpan ChinaOffset = TimeSpan.FromHours(8);

    /// <summary>When the next backup is due: at once if none was made yet, or the last time was missed.</summary>
    /// <param name="last">When the last one was made; null: none is recorded.</param>
    public DateTimeOffset? DueAfter(DateTimeOffset? last)
    {
        if (last?.ToOffset(ChinaOffset) is not { } made)
        {
            return null;
        }

        var sameDay = new DateTimeOffset(made.Date + At.ToTimeSpan(), ChinaOffset);
        return sameDay > made ? sameDay : sameDay.AddDays(1);
    }
}

/// <summary>Reads the daily backup at the start.</summary>
public static class BackupStartup
{
    // When an office's computer is on, and few send.
    private static readonly TimeOnly DefaultTime = new(12, 30);

    /// <summary>The daily backup; null: none is set.</summary>
    public static BackupPlan? BackupPlan(this StartupOptions options)
    {
        var bound = options.Bind(new BackupOptionsValidator(), "Backup");
        return string.IsNullOrEmpty(bound.Folder) ? null
            : new(Path.GetFullPath(bound.Folder), BackupOptions.TryParse(bound.At) ?? DefaultTime);
    }
}
