namespace XilinIngest.Storage;

/// <summary>Faults of a file, from the errors of the operating system.</summary>
internal static class DiskFaults
{
    // The values of errno for no space, a read-only file system and an exceeded quota.
    private const int NoSpace = 28;
    private const int ReadOnlyFileSystem = 30;
    private const int OverQuota = 122;
    private const int WindowsDiskFull = unchecked((int)0x80070070);

    public static StorageFault? Classify(Exception exception, string path) => exception switch
    {
        IOException { HResult: NoSpace or OverQuota or WindowsDiskFull } => Full(path),
        DatabaseFileReplacedException { IsRemoved: var isRemoved } => FileReplaced(path, isRemoved),
        UnauthorizedAccessException or IOException { HResult: ReadOnlyFileSystem } => NotWritable(path, exception),
        _ => null,
    };

    private static StorageFault FileReplaced(string path, bool isRemoved) => new(
        isRemoved ? $"服务运行期间，数据库文件 {path}（或其 -wal 文件）被删除或移走。" : $"服务运行期间，数据库文件 {path} 被换成了另一个文件。",
        isRemoved ? $"The database file {path} (or its -wal file) was removed while the service ran."
            : $"Another file was put in place of the database {path} while the service ran.",
        "请停止服务，将原文件（连同 -wal）放回原处或从备份恢复（docs/backup.md），然后重新启动；恢复备份前须先停止服务。",
        "Stop the service, put the file back (with its -wal) or restore a backup (docs/backup.md), and start it again. Restore a backup "
        + "only while the service is stopped.");

    public static StorageFault Full(string path) => new(
        $"磁盘已满，{path} 无法写入。", $"The disk is full: {path} cannot be written.",
        "请清理磁盘空间。", "Free some space on the disk.");

    public static StorageFault NotWritable(string path, Exception exception) => new(
        $"{path} 不可写（只读或没有权限）：{StorageFault.SingleLineMessage(exception)}。",
        $"{path} cannot be written because it is read-only or the permission is missing: {StorageFault.SingleLineMessage(exception)}.",
        "请检查数据目录的权限以及磁盘是否以只读方式挂载。", "Check the data folder's permissions, and whether its disk is mounted read-only.");
}
