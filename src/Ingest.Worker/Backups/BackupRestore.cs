using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using XilinIngest.InputOutput;
using XilinIngest.Storage;
using XilinIngest.Storage.Copies;

namespace XilinIngest.Worker.Backups;

/// <summary>
/// Puts a backup in the place of databases, key and catalogue. What was there is moved aside, never deleted. A catalogue that is there
/// stays, because it may have been edited since.
/// </summary>
/// <param name="target">What is replaced.</param>
/// <param name="folder">The backup.</param>
/// <param name="clock">The clock.</param>
internal sealed class BackupRestore(BackupSource target, string folder, TimeProvider clock)
{
    // As serve, verify and the commands of docs/backup.md: held while the one-process service works.
    private const string FolderLock = "in-use.lock";

    /// <returns>What the databases that were there are called now: a folder beside the files, or the end of their names.</returns>
    /// <exception cref="BackupException">The folder holds no such backup, or a service is running.</exception>
    /// <exception cref="InvalidOperationException">A database is in use, or a copy cannot be read.</exception>
    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        List<(Database Database, string File)> copies =
            [.. target.InOrder.Select(database => (database, Path.Combine(folder, DatabaseCopy.FileName(database))))
                .Where(copy => File.Exists(copy.Item2))];
        EnsureWhole(copies);
        var data = Path.GetDirectoryName(Path.GetFullPath(target.KeyPath))!;
        using var alone = FileLock.TryAcquire(Path.Combine(data, FolderLock)) ?? throw new BackupException(
            $"有服务正在使用 {data}：请先停止它。", $"A service is running on {data}: stop it first.");
        foreach (var database in target.InOrder)
        {
            await DatabaseCopy.EnsureUnusedAsync(database, cancellationToken);
        }

        var label = $"before-restore-{clock.GetUtcNow().UtcDateTime.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}";
        try
        {
            await ReplaceAsync(copies, label, cancellationToken);
            return label;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new BackupException(
                $"恢复中断：{exception.Message} 原有的数据在 {label} 中（服务器上为名称以此结尾的数据库），什么都没有删除。请排除原因后再恢复一次。",
                $"The restore was interrupted: {exception.Message} What was there is in {label} (on a server, databases whose names end "
                + "so), and nothing was deleted. Mend the cause and restore again.");
        }
    }

    private async Task ReplaceAsync(
        List<(Database Database, string File)> copies, string label, CancellationToken cancellationToken)
    {
        foreach (var database in target.InOrder)
        {
            await DatabaseCopy.MoveAsideAsync(database, label, cancellationToken);
        }

        foreach (var (database, file) in copies)
        {
            await DatabaseCopy.PutBackAsync(database, file, cancellationToken);
        }

        PutBackKey();
        PutBackCatalogue();
    }

    private void EnsureWhole(List<(Database Database, string File)> copies)
    {
        var missing = target.Ledgers.Select(ledger => ledger.Database).Except(copies.Select(copy => copy.Database)).ToList();
        if (missing.Count > 0 || !File.Exists(KeyIn(folder)))
        {
            var file = missing.Count > 0 ? DatabaseCopy.FileName(missing[0]) : Path.GetFileName(target.KeyPath);
            throw new BackupException(
                $"{folder} 中没有 {file}，不是此处的备份。请指定某一次备份的文件夹；分区不同的，先把备份中的 partitions.csv 放回目录。",
                $"{folder} has no {file} and is no backup of this place. Name the folder of one backup; of other partitions, put the "
                + "partitions.csv of the backup into the catalogue first.");
        }

        EnsureHashes();
    }

    // A backup made by the commands of docs/backup.md has no list of its files.
    private void EnsureHashes()
    {
        var path = Path.Combine(folder, BackupFolders.ManifestFile);
        if (!File.Exists(path))
        {
            return;
        }

        using var manifest = JsonDocument.Parse(File.ReadAllBytes(path));
        foreach (var file in manifest.RootElement.GetProperty("files").EnumerateArray())
        {
            var name = file.GetProperty("name").GetString()!;
            var copy = Path.GetFullPath(Path.Combine(folder, name));
            if (!File.Exists(copy) || HashOf(copy) != file.GetProperty("sha256").GetString())
            {
                throw new BackupException(
                    $"备份中的 {copy} 缺少或已改变。请用另一份备份。", $"{copy} of the backup is missing or was changed. Take another backup.");
            }
        }
    }

    private static string HashOf(string file)
    {
        using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private string KeyIn(string place) => Path.Combine(place, Path.GetFileName(target.KeyPath));

    private void PutBackKey()
    {
        File.Copy(KeyIn(folder), target.KeyPath, overwrite: true);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(target.KeyPath, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    private void PutBackCatalogue()
    {
        var saved = Path.Combine(folder, BackupRun.CatalogueFolder);
        if (Directory.Exists(target.CatalogueFolder) || !Directory.Exists(saved))
        {
            return;
        }

        foreach (var file in Directory.EnumerateFiles(saved, "*", SearchOption.AllDirectories))
        {
            var place = Path.Combine(target.CatalogueFolder, Path.GetRelativePath(saved, file));
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            File.Copy(file, place);
        }
    }
}
