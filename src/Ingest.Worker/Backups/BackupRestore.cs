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

        await StageAsync(copies, data, cancellationToken);
        var label = LabelIn(data);
        try
        {
            await ReplaceAsync(copies, data, label, cancellationToken);
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

    // On the disk of the data before anything is moved: a full disk, or a process that is ended here, changes nothing.
    private static async Task StageAsync(
        List<(Database Database, string File)> copies, string data, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var (database, file) in copies)
            {
                await DatabaseCopy.StageAsync(database, file, cancellationToken);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            copies.ForEach(copy => DatabaseCopy.DiscardStaged(copy.Database));
            throw new BackupException(
                $"不能把备份复制到 {data}：{exception.Message} 什么都没有改变。请检查磁盘空间和权限，再恢复一次。",
                $"The backup cannot be copied into {data}: {exception.Message} Nothing was changed. Check room and rights, and restore "
                + "again.");
        }
    }

    private string LabelIn(string data)
    {
        var label = $"before-restore-{clock.GetUtcNow().UtcDateTime.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}";
        return Enumerable.Range(1, int.MaxValue).Select(i => i == 1 ? label : $"{label}-{i}")
            .First(name => !Directory.Exists(Path.Combine(data, name)));
    }

    // A database is missing for a moment only, and a ledger never while its cube is still to be replaced.
    private async Task ReplaceAsync(
        List<(Database Database, string File)> copies, string data, string label, CancellationToken cancellationToken)
    {
        foreach (var database in target.InOrder)
        {
            await DatabaseCopy.MoveAsideAsync(database, label, cancellationToken);
            if (copies.Find(copy => copy.Database == database) is { File: { } file })
            {
                await DatabaseCopy.PutBackAsync(database, file, cancellationToken);
            }
        }

        foreach (var key in target.KeyFiles.All)
        {
            KeepOtherKey(key, Path.Combine(data, label));
            PutBackKey(key);
        }

        PutBackCatalogue();
    }

    // The ledger that was moved aside can be read with its own key alone.
    private void KeepOtherKey(string key, string aside)
    {
        if (File.Exists(key) && HashOf(key) != HashOf(CopyOf(key, folder)))
        {
            PrivateFiles.CreateFolder(aside);
            File.Copy(key, CopyOf(key, aside));
        }
    }

    private void EnsureWhole(List<(Database Database, string File)> copies)
    {
        var missing = target.Ledgers.Select(ledger => ledger.Database).Except(copies.Select(copy => copy.Database)).ToList();
        var missingKey = target.KeyFiles.All.FirstOrDefault(key => !File.Exists(CopyOf(key, folder)));
        if (missing.Count > 0 || missingKey is not null)
        {
            var file = missing.Count > 0 ? DatabaseCopy.FileName(missing[0]) : Path.GetFileName(missingKey);
            throw new BackupException(
                $"{folder} 中没有 {file}，不是此处的备份。请指定某一次备份的文件夹；分区不同的，先把备份中的 partitions.csv 放回目录。",
                $"{folder} has no {file} and is no backup of this place. Name the folder of one backup; of other partitions, put the "
                + "partitions.csv of the backup into the catalogue first.");
        }

        // A ledger that is left out would be lost without a word.
        var left = Directory.EnumerateFiles(folder).Where(file => Path.GetExtension(file) is ".db" or ".dump")
            .Except(copies.Select(copy => copy.File)).Order(StringComparer.Ordinal).FirstOrDefault();
        if (left is not null)
        {
            throw new BackupException(
                $"{left} 在此处没有对应的数据库。分区不同的，先把备份中的 partitions.csv 放回目录；有通知库的，给出 ConnectionStrings__Notices；不是备份的文件请移走。",
                $"There is no database here that {left} belongs to. Of other partitions, put the partitions.csv of the backup into the "
                + "catalogue first; where there are notices, give ConnectionStrings__Notices; move a file away that is no backup.");
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

        foreach (var (name, hash) in ReadHashes(path))
        {
            var copy = Path.GetFullPath(Path.Combine(folder, name));
            if (!File.Exists(copy) || HashOf(copy) != hash)
            {
                throw new BackupException(
                    $"备份中的 {copy} 缺少或已改变。请用另一份备份。", $"{copy} of the backup is missing or was changed. Take another backup.");
            }
        }
    }

    private static List<(string Name, string? Hash)> ReadHashes(string path)
    {
        try
        {
            using var manifest = JsonDocument.Parse(File.ReadAllBytes(path));
            return [.. manifest.RootElement.GetProperty("files").EnumerateArray().Select(
                file => (file.GetProperty("name").GetString() ?? "", file.GetProperty("sha256").GetString()))];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new BackupException($"{path} 已损坏。请用另一份备份。", $"{path} is damaged. Take another backup.");
        }
    }

    private static string HashOf(string file)
    {
        using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private static string CopyOf(string key, string place) => Path.Combine(place, Path.GetFileName(key));

    private void PutBackKey(string key)
    {
        File.Copy(CopyOf(key, folder), key, overwrite: true);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite);
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
