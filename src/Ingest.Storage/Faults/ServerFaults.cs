namespace XilinIngest.Storage;

/// <summary>The messages for faults of a database on a server, for all kinds of servers.</summary>
internal static class ServerFaults
{
    private const string Certificates = "docs/deploy.md#certificates";

    public static StorageFault Unreachable(string name, Exception exception) => new(
        $"数据库 {name} 无法连接或连接中断：{StorageFault.SingleLineMessage(exception)}。",
        $"The database {name} cannot be reached, or the connection to it broke: {StorageFault.SingleLineMessage(exception)}.",
        "请检查数据库服务器是否在运行、网络是否通畅；恢复后，运行中的服务会自行继续。",
        "Check whether the database server runs and the network reaches it. A running service continues by itself afterwards.");

    public static StorageFault Unavailable(string name, Exception exception) => new(
        $"数据库 {name} 暂不提供服务（正在启动、恢复、还原、升级或停止，或本副本不可读写）：{StorageFault.SingleLineMessage(exception)}。",
        $"The database {name} is not available now: it is being started, recovered, restored, upgraded or stopped, or this replica "
        + $"cannot be used: {StorageFault.SingleLineMessage(exception)}.",
        "请等待数据库就绪，或让数据库管理员检查其状态；恢复后，运行中的服务会自行继续。",
        "Wait until it is ready, or ask its administrator to check its state. A running service continues by itself afterwards.");

    public static StorageFault Untrusted(string name, Exception exception) => new(
        $"数据库 {name} 的服务器证书不受信任：{StorageFault.SingleLineMessage(exception)}。",
        $"The certificate of the server of {name} is not trusted: {StorageFault.SingleLineMessage(exception)}.",
        $"请在本机安装签发该证书的机构证书，并在连接字符串中按证书上的名称填写主机（参见 {Certificates}）。连接字符串中写 TrustServerCertificate=true（SQL Server）或 SSL "
        + "Mode=Require（PostgreSQL）可不核对证书，但冒充服务器者即可读取密码和全部数据，只宜用于本机或隔离的网络。",
        "Install the certificate of its issuer on this machine, and write the host in the connection string as in the certificate "
        + $"(see {Certificates}). TrustServerCertificate=true (SQL Server) or SSL Mode=Require (PostgreSQL) skips the check. Anyone who "
        + "impersonates the server can then read the password and all data, so use it only on one machine or in an isolated network.");

    public static StorageFault Unknown(string name, Exception exception) => new(
        $"数据库 {name} 出错：{StorageFault.SingleLineMessage(exception)}。",
        $"The database {name} failed: {StorageFault.SingleLineMessage(exception)}.",
        "请查看数据库服务器的日志；恢复后，运行中的服务会自行继续。", "Check the log of the database server. A running service continues by itself after the recovery.");

    public static StorageFault Full(string name, Exception exception) => new(
        $"数据库 {name} 的服务器资源不足（磁盘空间、连接数或内存）：{StorageFault.SingleLineMessage(exception)}。",
        $"The server of {name} has run out of a resource (disk space, connections or memory): {StorageFault.SingleLineMessage(exception)}.",
        "请在数据库服务器上清理空间或调高上限。", "Free disk space on the database server, or raise its limits.");

    public static StorageFault AccessDenied(string name, Exception exception, string rights) => new(
        $"数据库 {name} 拒绝访问：{StorageFault.SingleLineMessage(exception)}。",
        $"The database {name} refuses access: {StorageFault.SingleLineMessage(exception)}.",
        $"请核对连接字符串中的用户、密码和数据库名，以及该用户的权限（{rights}）。",
        $"Check user, password and database in the connection string, and the rights of the user ({rights}).");

    public static StorageFault SchemaMismatch(string name, Exception exception) => new(
        $"数据库 {name} 缺少表或列：{StorageFault.SingleLineMessage(exception)}。",
        $"The database {name} lacks a table or a column: {StorageFault.SingleLineMessage(exception)}.",
        "请先运行 xilin-admin migrate。", "Run xilin-admin migrate first.");

    public static StorageFault ReadOnly(string name, Exception exception) => new(
        $"数据库 {name} 处于只读状态：{StorageFault.SingleLineMessage(exception)}。",
        $"The database {name} is read-only: {StorageFault.SingleLineMessage(exception)}.",
        "请连接主服务器（而不是备用副本），或解除只读。", "Connect to the primary server, not to a replica, or make it writable again.");

    public static StorageFault Damaged(string name, Exception exception) => new(
        $"数据库 {name} 的数据已损坏：{StorageFault.SingleLineMessage(exception)}。",
        $"Data of {name} is damaged: {StorageFault.SingleLineMessage(exception)}.",
        "请从备份恢复（docs/backup.md）。", "Restore a backup (docs/backup.md).");

    public static StorageFault Busy(string name, Exception exception) => new(
        $"数据库 {name} 一直被占用：{StorageFault.SingleLineMessage(exception)}。",
        $"The database {name} stays busy: {StorageFault.SingleLineMessage(exception)}.",
        "请找出长时间占用它的事务或程序并结束。", "Find the transaction or program that has used it for a long time, and end it.");
}
