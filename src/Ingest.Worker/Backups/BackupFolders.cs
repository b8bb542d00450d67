using System.Globalization;
using XilinIngest.InputOutput;

namespace XilinIngest.Worker.Backups;

/// <summary>
/// The folder of backups: a folder for each, called after its time in UTC. One that is not complete has another name, so that none is
/// taken for a backup that is none.
/// </summary>
/// <param name="root">The folder.</param>
internal sealed class BackupFolders(string root)
{
    /// <summary>Says what a backup holds. A folder without it was made by hand, and is never deleted.</summary>
    public const string ManifestFile = "backup.json";

    private const string NameFormat = "yyyyMMdd-HHmmss";
    private const string DraftEnding = ".incomplete";

    /// <summary>Held while a backup is made.</summary>
    public string LockFile => Path.Combine(root, "backup.lock");

    /// <summary>
    /// Makes the folder of a backup that begins now, and removes those of others that were interrupted. What else is there stays.
    /// </summary>
    public string Begin(DateTimeOffset now)
    {
        PrivateFiles.CreateFolder(root);
        foreach (var interrupted in Directory.EnumerateDirectories(root, $"*{DraftEnding}")
            .Where(folder => TryParse(Path.GetFileName(folder)[..^DraftEnding.Length]) is not null).ToList())
        {
            Directory.Delete(interrupted, recursive: true);
        }

        var draft = Path.Combine(root, NameOf(now) + DraftEnding);
        PrivateFiles.CreateFolder(draft);
        return draft;
    }

    /// <summary>Gives a backup that is complete its name.</summary>
    /// <returns>Its folder.</returns>
    public static string Complete(string draft)
    {
        var final = draft[..^DraftEnding.Length];
        Directory.Move(draft, final);
        return final;
    }

    /// <summary>
    /// Deletes the backups that need not be kept. One that a wrong clock dated into the future stays, and takes no other's place.
    /// </summary>
    /// <returns>How many.</returns>
    public int DeleteExpired(BackupRetention retention, DateTimeOffset now)
    {
        var expired = retention.FindExpired(All().Where(time => time <= now));
        foreach (var time in expired)
        {
            Directory.Delete(Path.Combine(root, NameOf(time)), recursive: true);
        }

        return expired.Count;
    }

    /// <summary>When the backups were made that the command has made.</summary>
    public IEnumerable<DateTimeOffset> All() => !Directory.Exists(root) ? []
        : Directory.EnumerateDirectories(root).Where(folder => File.Exists(Path.Combine(folder, ManifestFile)))
            .Select(folder => TryParse(Path.GetFileName(folder))).OfType<DateTimeOffset>();

    private static string NameOf(DateTimeOffset time) => time.UtcDateTime.ToString(NameFormat, CultureInfo.InvariantCulture);

    private static DateTimeOffset? TryParse(string name) => DateTimeOffset.TryParseExact(
        name, NameFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
