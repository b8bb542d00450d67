using Microsoft.Data.Sqlite;

namespace XilinIngest.Storage;

/// <summary>SQLite's result codes (https://sqlite.org/rescode.html).</summary>
internal static class SqliteFaults
{
    private const int Permission = 3;
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int InputOutput = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NoDatabase = 26;

    // Wrong statement, text too long, violated constraint, wrong type, misuse of the library, missing parameter.
    private const int StatementError = 1;
    private const int TooBig = 18;
    private const int Constraint = 19;
    private const int Mismatch = 20;
    private const int Misuse = 21;
    private const int Range = 25;

    public static bool IsTransient(SqliteException exception) => exception.SqliteErrorCode is Busy or Locked;

    /// <summary>The fault behind an exception; null: the statement or a value in it is wrong, and waiting does not help.</summary>
    public static StorageFault? Classify(SqliteException exception, string path) => exception.SqliteErrorCode switch
    {
        Full => DiskFaults.Full(path),
        ReadOnly or CannotOpen or Permission => DiskFaults.NotWritable(path, exception),
        InputOutput => new(
            $"读写 {path} 时磁盘出错：{StorageFault.SingleLineMessage(exception)}。",
            $"The disk failed while {path} was read or written: {StorageFault.SingleLineMessage(exception)}.",
            "请检查磁盘空间、配额和文件大小限制以及磁盘是否完好。", "Check the disk's free space, quotas and file-size limits, and whether the disk is sound."),
        Corrupt or NoDatabase => new(
            $"{path} 中的数据库文件已损坏或不是数据库：{StorageFault.SingleLineMessage(exception)}。",
            $"The database file in {path} is damaged or is not a database: {StorageFault.SingleLineMessage(exception)}.",
            "若是 cube.db：请停止服务并移走 cube.db，重新启动后结果由台账重建；若是 ledger.db：请停止服务，从备份恢复。",
            "If it is cube.db: stop the service and move cube.db away; at the next start the results are rebuilt from the ledger. If it "
            + "is ledger.db: stop the service and restore it from a backup."),
        Busy or Locked => new(
            $"{path} 被另一个程序锁住。", $"{path} is locked by another program.",
            "请找出并结束占用它的程序（如备份、数据库工具）。", "Find the program that uses it, such as a backup or a database tool, and end it."),
        StatementError or TooBig or Constraint or Mismatch or Misuse or Range => null,
        _ => new(
            $"数据库文件 {path} 出错：{StorageFault.SingleLineMessage(exception)}。",
            $"The database file {path} failed: {StorageFault.SingleLineMessage(exception)}.",
            "请检查磁盘和内存；恢复后，运行中的服务会自行继续。", "Check the disk and the memory. A running service continues by itself after the recovery."),
    };
}
