using Microsoft.Data.Sqlite;

namespace XilinIngest.Storage;

/// <summary>A fault of the disk or of a file on it, not of the data: no room, no permission, a bad medium, a damaged database, one that another program holds. It lasts until someone mends it, and nothing is lost by waiting.</summary>
/// <param name="ReasonZh">What is wrong with which file.</param>
/// <param name="ReasonEn">The same in English.</param>
/// <param name="RemedyZh">What to do.</param>
/// <param name="RemedyEn">The same in English.</param>
public sealed record StorageFault(string ReasonZh, string ReasonEn, string RemedyZh, string RemedyEn)
{
    private const int SqlitePermission = 3;
    private const int SqliteReadOnly = 8;
    private const int SqliteInputOutput = 10;
    private const int SqliteCorrupt = 11;
    private const int SqliteFull = 13;
    private const int SqliteCannotOpen = 14;
    private const int SqliteNoDatabase = 26;

    // Errors of the system, as .NET hands them on: no space, read-only file system, quota.
    private const int NoSpace = 28;
    private const int ReadOnlyFileSystem = 30;
    private const int OverQuota = 122;
    private const int WindowsDiskFull = unchecked((int)0x80070070);

    /// <summary>The fault behind an exception; null: it is none of the disk.</summary>
    /// <param name="exception">The exception, or one that wraps it.</param>
    /// <param name="path">The file or folder that was being used.</param>
    public static StorageFault? Of(Exception? exception, string path)
    {
        for (var at = exception; at is not null; at = at.InnerException)
        {
            if (At(at, path) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    private static StorageFault? At(Exception exception, string path) => exception switch
    {
        SqliteException { SqliteErrorCode: SqliteFull } or IOException { HResult: NoSpace or OverQuota or WindowsDiskFull } => new(
            $"磁盘已满,{path} 无法写入。", $"The disk is full: {path} cannot be written.",
            "请清理磁盘空间。", "Free some space on the disk."),
        SqliteException { SqliteErrorCode: SqliteReadOnly or SqliteCannotOpen or SqlitePermission } or UnauthorizedAccessException or IOException { HResult: ReadOnlyFileSystem } => new(
            $"{path} 不可写(只读或没有权限):{exception.Message.TrimEnd('.')}。", $"{path} cannot be written, it is read-only or the permission is missing: {exception.Message.TrimEnd('.')}.",
            "请检查数据目录的权限以及磁盘是否以只读方式挂载。", "Check the data folder's permissions, and whether its disk is mounted read-only."),
        SqliteException { SqliteErrorCode: SqliteInputOutput } => new(
            $"读写 {path} 时磁盘出错:{exception.Message.TrimEnd('.')}。", $"The disk failed while {path} was read or written: {exception.Message.TrimEnd('.')}.",
            "请检查磁盘空间、配额和文件大小限制以及磁盘是否完好。", "Check the disk's free space, quotas and file-size limits, and whether the disk is sound."),
        SqliteException { SqliteErrorCode: SqliteCorrupt or SqliteNoDatabase } => new(
            $"{path} 中的数据库文件已损坏或不是数据库:{exception.Message.TrimEnd('.')}。", $"The database file in {path} is damaged, or is none: {exception.Message.TrimEnd('.')}.",
            "若是 cube.db:请停止服务并移走 cube.db,重新启动后结果由台账重建;若是 ledger.db:请停止服务,从备份恢复。",
            "If it is cube.db: stop the service and move cube.db away; at the next start the results are made anew from the ledger. If it is ledger.db: stop the service and restore it from a backup."),
        SqliteException locked when Retries.IsPassing(locked) => new(
            $"{path} 被另一个程序锁住。", $"{path} is locked by another program.",
            "请找出并结束占用它的程序(如备份、数据库工具)。", "Find the program that holds it, such as a backup or a database tool, and end it."),
        _ => null,
    };
}
