using Microsoft.Data.SqlClient;

namespace XilinIngest.Storage;

/// <summary>SQL Server's error numbers (https://learn.microsoft.com/sql/relational-databases/errors-events/database-engine-events-and-errors).</summary>
internal static class SqlServerFaults
{
    private const int DeadlockVictim = 1205;
    private const int LockTimeout = 1222;
    private const int TimedOut = -2;

    // From this class of severity on the server has closed the connection.
    private const byte Fatal = 20;

    public static bool IsPassing(SqlException exception) => IsBusy(exception.Number) || IsAway(exception);

    public static StorageFault? Of(SqlException exception, string name) => exception.Number switch
    {
        var number when IsBusy(number) => ServerFaults.Busy(name, exception),

        // Damaged pages; they close the connection too.
        823 or 824 or 825 => ServerFaults.Damaged(name, exception),

        // Filegroup, log, memory, sessions.
        1105 or 9002 or 701 or 802 or 10928 or 10929 => ServerFaults.Full(name, exception),

        // Database, login, permissions.
        4060 or 18456 or 18452 or 229 or 230 or 262 or 916 => ServerFaults.Refused(name, exception, "deploy/sqlserver"),
        3906 => ServerFaults.ReadOnly(name, exception),

        // Invalid column, invalid object.
        207 or 208 => ServerFaults.Schema(name, exception),
        _ when IsAway(exception) => ServerFaults.Away(name, exception),
        _ => null,
    };

    private static bool IsBusy(int number) => number is DeadlockVictim or LockTimeout or TimedOut;

    // Fail-over and throttling of hosted databases, the network's own errors, and a connection that the server has closed.
    private static bool IsAway(SqlException exception) => exception.Number is 40197 or 40501 or 40613 or 49918 or 49919 or 49920 or 64 or 233 or 258 or 10053 or 10054 or 10060 or 10061 or 20 or 53 or 121 or 11001 or 1231
        || exception.Class >= Fatal;
}
