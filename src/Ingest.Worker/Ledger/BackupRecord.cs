using System.Globalization;

namespace XilinIngest.Worker.Ledger;

/// <summary>
/// The file beside the signing key in which a backup that is complete leaves its time (docs/backup.md). It is written by the commands of
/// that page, by <c>xilin-admin backup</c> and by the one-process service.
/// </summary>
/// <param name="keyPath">The signing key's file.</param>
internal sealed class BackupRecord(string keyPath)
{
    internal const string FileName = "last-backup";

    // A time is one line; anything longer is another file.
    private const int MaxLength = 100;

    /// <summary>After this time without a backup, the task that makes them is to be looked at.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromDays(2);

    // The clock of the machine that makes the backups may be another one.
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromHours(1);

    /// <summary>Where it is.</summary>
    public string Path { get; } = System.IO.Path.Combine(
        System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(keyPath))!, FileName);

    public bool Exists => File.Exists(Path);

    /// <summary>Records that a backup is complete.</summary>
    public void Write(DateTimeOffset made)
    {
        // Written under another name and then moved, so that a reader never finds half of it.
        var draft = Path + ".new";
        File.WriteAllText(draft, made.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) + "\n");
        File.Move(draft, Path, overwrite: true);
    }

    /// <summary>When the last backup was made; null: the file is missing, unreadable or damaged, or its time is in the future.</summary>
    public DateTimeOffset? Read(DateTimeOffset now)
    {
        try
        {
            return new FileInfo(Path) is { Exists: true, Length: < MaxLength } && DateTimeOffset.TryParse(
                File.ReadAllText(Path).Trim(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
                && time <= now + ClockTolerance ? time : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
