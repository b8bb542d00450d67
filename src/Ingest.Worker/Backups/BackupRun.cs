using System.Security.Cryptography;
using System.Text.Json;
using XilinIngest.Hosting;
using XilinIngest.InputOutput;
using XilinIngest.Storage;
using XilinIngest.Storage.Copies;
using XilinIngest.Worker.Ledger;

namespace XilinIngest.Worker.Backups;

/// <summary>
/// Makes a backup while services run: copies notices, cubes, then ledgers, key and catalogue into a folder of its own, verifies it there,
/// and records its time beside the key. Only then are older ones deleted.
/// </summary>
/// <param name="source">What is copied.</param>
/// <param name="root">The folder of all backups.</param>
/// <param name="retention">Which ones are kept.</param>
/// <param name="clock">The clock.</param>
internal sealed class BackupRun(BackupSource source, string root, BackupRetention retention, TimeProvider clock)
{
    public const string CatalogueFolder = "catalogue";

    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };
    private readonly BackupFolders _folders = new(root);

    /// <exception cref="BackupException">The backup could not be made; no time was recorded and no other backup deleted.</exception>
    /// <exception cref="InvalidOperationException">A database or a program that copies it failed; likewise.</exception>
    /// <exception cref="IOException">A file cannot be read or written; likewise.</exception>
    /// <exception cref="UnauthorizedAccessException">A file cannot be read or written; likewise.</exception>
    public async Task<BackupResult> RunAsync(CancellationToken cancellationToken)
    {
        EnsureSuitable();
        using var alone = FileLock.TryAcquire(_folders.LockFile) ?? throw new BackupException(
            $"另一个进程正在向 {root} 备份。请等它结束。", $"Another process is making a backup to {root}. Wait until it ends.");
        var now = clock.GetUtcNow();
        var draft = _folders.Begin(now);
        try
        {
            await CopyAsync(draft, cancellationToken);
            var (rows, isRestored) = await new BackupVerifier(source, draft, clock).VerifyAsync(cancellationToken);
            var bytes = WriteManifest(draft, now, rows);
            var folder = BackupFolders.Complete(draft);
            new BackupRecord(source.KeyPath).Write(now);
            return new(folder, rows, bytes, _folders.DeleteExpired(retention, now), isRestored);
        }
        catch
        {
            TryDelete(draft);
            throw;
        }
    }

    private void EnsureSuitable()
    {
        var missing = source.InOrder.Where(database => database.Provider == StorageProvider.Sqlite).Select(database => database.Name)
            .Concat(source.KeyFiles.All).FirstOrDefault(file => !File.Exists(file))
            ?? (Directory.Exists(source.CatalogueFolder) ? null : source.CatalogueFolder);
        if (missing is not null)
        {
            throw new BackupException(
                $"没有 {missing}，不能备份。请核对数据目录和目录的位置。",
                $"There is no {missing} to make a backup of. Check where the data and the catalogue are.");
        }

        // Each backup would hold all earlier ones, and the service would read their tables.
        if (!Path.GetRelativePath(source.CatalogueFolder, root).StartsWith("..", StringComparison.Ordinal)
            && !Path.IsPathRooted(Path.GetRelativePath(source.CatalogueFolder, root)))
        {
            throw new BackupException(
                $"{root} 在目录 {source.CatalogueFolder} 之内，备份不能放在那里。请指定另一个文件夹，最好在另一块磁盘上。",
                $"{root} is within the catalogue {source.CatalogueFolder}, where no backup may be. Name another folder, best on another "
                + "disk.");
        }
    }

    private async Task CopyAsync(string folder, CancellationToken cancellationToken)
    {
        foreach (var database in source.InOrder)
        {
            var file = Path.Combine(folder, DatabaseCopy.FileName(database));
            await DatabaseCopy.CreateAsync(database, file, cancellationToken);
            Flush(file);
        }

        foreach (var key in source.KeyFiles.All)
        {
            CopyFile(key, folder);
        }

        foreach (var file in Directory.EnumerateFiles(source.CatalogueFolder, "*", SearchOption.AllDirectories))
        {
            var place = Path.Combine(folder, CatalogueFolder, Path.GetRelativePath(source.CatalogueFolder, file));
            CopyFile(file, Path.GetDirectoryName(place)!);
        }
    }

    private static void CopyFile(string file, string folder)
    {
        PrivateFiles.CreateFolder(folder);
        var copy = Path.Combine(folder, Path.GetFileName(file));
        File.Copy(file, copy);
        AllowWrite(copy);
        Flush(copy);
    }

    // A table of the catalogue may be read-only; its copy has to be flushed and, one day, deleted.
    private static void AllowWrite(string copy)
    {
        if (OperatingSystem.IsWindows())
        {
            File.SetAttributes(copy, File.GetAttributes(copy) & ~FileAttributes.ReadOnly);
        }
        else
        {
            File.SetUnixFileMode(copy, File.GetUnixFileMode(copy) | UnixFileMode.UserWrite);
        }
    }

    // On the disk before the backup counts as made.
    private static void Flush(string file)
    {
        using var written = new FileStream(file, FileMode.Open, FileAccess.ReadWrite);
        written.Flush(flushToDisk: true);
    }

    private static long WriteManifest(string folder, DateTimeOffset now, long rows)
    {
        List<FileInfo> files = [.. new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories)
            .OrderBy(file => file.FullName, StringComparer.Ordinal)];
        var manifest = new
        {
            MadeAt = now.UtcDateTime,
            Version = ProgramVersion.Text,
            Rows = rows,
            Files = files.Select(file => new
            {
                Name = Path.GetRelativePath(folder, file.FullName).Replace('\\', '/'),
                Bytes = file.Length,
                Sha256 = HashOf(file.FullName),
            }),
        };
        var path = Path.Combine(folder, BackupFolders.ManifestFile);
        File.WriteAllBytes(path, JsonSerializer.SerializeToUtf8Bytes(manifest, Indented));
        Flush(path);
        return files.Sum(file => file.Length);
    }

    private static string HashOf(string file)
    {
        using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    // What is left is removed by the next backup.
    private static void TryDelete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The fault that ended the backup is the one to tell.
        }
    }
}
