namespace XilinIngest.Storage;

/// <summary>What is said of a database on a server, whichever it is.</summary>
internal static class ServerFaults
{
    public static StorageFault Away(string name, Exception exception) => new(
        $"数据库 {name} 无法连接或连接中断:{StorageFault.Words(exception)}。", $"The database {name} cannot be reached, or the connection to it broke: {StorageFault.Words(exception)}.",
        "请检查数据库服务器是否在运行、网络是否通畅;恢复后,运行中的服务会自行继续。", "See whether the database server runs and the network reaches it; a service that runs goes on by itself once it does.");

    public static StorageFault Full(string name, Exception exception) => new(
        $"数据库 {name} 的服务器资源不足(磁盘空间、连接数或内存):{StorageFault.Words(exception)}。", $"The server of {name} has run out of something (disk space, connections, memory): {StorageFault.Words(exception)}.",
        "请在数据库服务器上清理空间或调高上限。", "Free some on the database server, or raise its limit.");

    public static StorageFault Refused(string name, Exception exception, string rights) => new(
        $"数据库 {name} 拒绝访问:{StorageFault.Words(exception)}。", $"The database {name} refuses us: {StorageFault.Words(exception)}.",
        $"请核对连接字符串中的用户、密码和数据库名,以及该用户的权限({rights})。", $"Check user, password and database in the connection string, and what the user may do ({rights}).");

    public static StorageFault Schema(string name, Exception exception) => new(
        $"数据库 {name} 缺少表或列:{StorageFault.Words(exception)}。", $"The database {name} lacks a table or a column: {StorageFault.Words(exception)}.",
        "请先运行 xilin-admin migrate。", "Run xilin-admin migrate first.");

    public static StorageFault ReadOnly(string name, Exception exception) => new(
        $"数据库 {name} 处于只读状态:{StorageFault.Words(exception)}。", $"The database {name} is read-only: {StorageFault.Words(exception)}.",
        "请连接主服务器(而不是备用副本),或解除只读。", "Connect to the primary server, not to a replica, or make it writable again.");

    public static StorageFault Damaged(string name, Exception exception) => new(
        $"数据库 {name} 的数据已损坏:{StorageFault.Words(exception)}。", $"Data of {name} is damaged: {StorageFault.Words(exception)}.",
        "请从备份恢复(docs/backup.md)。", "Restore a backup (docs/backup.md).");

    public static StorageFault Busy(string name, Exception exception) => new(
        $"数据库 {name} 一直被占用:{StorageFault.Words(exception)}。", $"The database {name} stays busy: {StorageFault.Words(exception)}.",
        "请找出长时间占用它的事务或程序并结束。", "Find the transaction or program that holds it for long, and end it.");
}
