using XilinIngest.Admin.Installations;
using XilinIngest.Storage;

namespace XilinIngest.Admin.Doctor;

/// <summary>
/// Checks the files with figures, keys and secrets: that no other user may read them, that this one may write the data, and that their
/// disk has room.
/// </summary>
internal static class FilesCheck
{
    private const UnixFileMode OfOthers = UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const long Megabyte = 1024 * 1024;
    private const long Least = 200 * Megabyte;
    private const long Low = 1024 * Megabyte;

    public static Task<IReadOnlyList<CheckFinding>> FindRightsAsync(Installation installation)
    {
        var (data, secret) = (FilesOf(installation), installation.SecretFiles);
        List<CheckFinding> findings = [.. data.SelectMany(FindRights), .. secret.SelectMany(FindReaders)];
        var count = data.Count + secret.Count;
        return Task.FromResult<IReadOnlyList<CheckFinding>>(
            count == 0 ? [CheckFinding.NotChecked("本机没有数据文件和密钥文件。", "There are no files of data or secrets on this machine.")]
            : findings.Count > 0 ? findings
            : [CheckFinding.Fine(
                $"{count} 个文件，其他用户不能读取，数据文件可以写入。", $"{count} files that other users cannot read; those of data can be written.")]);
    }

    public static Task<IReadOnlyList<CheckFinding>> FindSpaceAsync(Installation installation)
    {
        List<string> folders = [.. FilesOf(installation).Append(installation.KeyPath ?? "").Select(file => Path.GetDirectoryName(file))
            .OfType<string>().Where(Directory.Exists).Distinct()];
        return Task.FromResult<IReadOnlyList<CheckFinding>>(folders.Count > 0 ? [.. folders.Select(FindSpace)]
            : [CheckFinding.NotChecked("本机没有数据文件。", "There are no data files on this machine.")]);
    }

    private static List<string> FilesOf(Installation installation) =>
        [.. installation.Stores.Where(store => store.Database.Provider == StorageProvider.Sqlite).Select(store => store.Database.Name)
            .Where(File.Exists)];

    private static IEnumerable<CheckFinding> FindRights(string file)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & OfOthers) != 0
            && (File.GetUnixFileMode(Path.GetDirectoryName(file)!) & (UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0)
        {
            yield return CheckFinding.Warning(
                $"{file} 可被其他用户读取，其中有全部数字。", $"Other users may read {file}, which has every figure.",
                $"请执行：chmod 600 {file}*", $"Run: chmod 600 {file}*");
        }

        if (FindWriteFault(file) is { } fault)
        {
            yield return fault;
        }
    }

    // The group may be that of the services.
    private static IEnumerable<CheckFinding> FindReaders(string file)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & UnixFileMode.OtherRead) != 0)
        {
            yield return CheckFinding.Warning(
                $"任何用户都能读取 {file}，其中有密码或访问密钥。", $"Any user may read {file}, which has a password or access keys.",
                $"请执行：chmod o-rwx {file}", $"Run: chmod o-rwx {file}");
        }
    }

    // Opened and closed again: nothing is written.
    private static CheckFinding? FindWriteFault(string file)
    {
        try
        {
            new FileStream(file, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete).Dispose();
            return null;
        }
        catch (UnauthorizedAccessException)
        {
            return CheckFinding.Fault(
                $"本用户无权写入 {file}。", $"This user may not write {file}.", "请以服务的用户运行本命令；确是该用户的，改正文件的所有者（chown）。",
                "Run this as the user of the service; if it is that user, correct the owner of the file (chown).");
        }
        catch (IOException exception)
        {
            return CheckRunner.FromException(exception, file);
        }
    }

    private static CheckFinding FindSpace(string folder)
    {
        var drive = new DriveInfo(folder);
        var (free, percent) = (drive.AvailableFreeSpace, 100m * drive.AvailableFreeSpace / Math.Max(1, drive.TotalSize));
        var (zh, en) = (
            $"{folder}：剩余 {free / Megabyte:N0} MB（{percent:0}%）。", $"{folder}: {free / Megabyte:N0} MB free ({percent:0} %).");
        const string remedyZh = "请清理或扩充磁盘：写满后台账暂停接收报表。";
        const string remedyEn = "Free or add space: with a full disk the ledger takes no submissions.";
        return free < Least ? CheckFinding.Fault(zh, en, remedyZh, remedyEn)
            : free < Low ? CheckFinding.Warning(zh, en, remedyZh, remedyEn)
            : CheckFinding.Fine(zh, en);
    }
}
