using System.Security.Authentication;
using Microsoft.Data.SqlClient;

namespace XilinIngest.Storage;

/// <summary>
/// SQL Server's error numbers (https://learn.microsoft.com/sql/relational-databases/errors-events/database-engine-events-and-errors).
/// </summary>
internal static class SqlServerFaults
{
    private const int DeadlockVictim = 1205;
    private const int LockTimeout = 1222;
    private const int TimedOut = -2;

    // From this severity class on, the server closes the connection.
    private const byte Fatal = 20;

    public static bool IsTransient(SqlException exception) => IsTransient(exception.Number, exception.Class);

    public static bool IsTransient(int number, byte severity) => IsBusy(number) || IsUnreachable(number, severity);

    public static StorageFault? Classify(SqlException exception, string name) =>
        Classify(exception.Number, exception.Class, exception, name);

    /// <summary>The fault of an error number; null: the statement or a value in it is wrong, and waiting does not help.</summary>
    /// <param name="number">The error's number.</param>
    /// <param name="severity">The error's class. Some numbers have two meanings, one for the server and one for the network client.</param>
    /// <param name="exception">The exception whose message is shown.</param>
    /// <param name="name">The database's name.</param>
    public static StorageFault? Classify(int number, byte severity, Exception exception, string name) => number switch
    {
        _ when IsUntrusted(number, severity, exception) => ServerFaults.Untrusted(name, exception),
        _ when IsBusy(number) => ServerFaults.Busy(name, exception),

        // Damaged pages, a database marked as suspect. They also close the connection, so this case precedes that one.
        823 or 824 or 825 or 829 or 926 or 3414 or 5242 or 5243 or 5250 => ServerFaults.Damaged(name, exception),

        // Filegroup, log, memory, locks, sessions, the row versions in tempdb.
        1105 or 1101 or 9002 or 9001 or 701 or 802 or 1204 or 8645 or 8651 or 17803 or 10928 or 10929 or 3958 or 3959 or 3966 or 3967 =>
            ServerFaults.Full(name, exception),

        // Database, login, permissions, the firewall of a hosted server.
        4060 or 4064 or 18456 or 18452 or 18450 or 18470 or 18486 or 18487 or 18488 or 229 or 230 or 262 or 300 or 916 or 40615 or 40914 =>
            ServerFaults.AccessDenied(name, exception, "deploy/sqlserver"),
        3906 or 978 => ServerFaults.ReadOnly(name, exception),

        // Invalid column, invalid object.
        207 or 208 => ServerFaults.SchemaMismatch(name, exception),

        // Starting, recovering, restoring, upgrading, paused or stopping; a replica that does not serve queries.
        904 or 921 or 922 or 923 or 924 or 927 or 942 or 945 or 952 or 976 or 979 or 982 or 983 or 6005 or 5901 or 17142 or 17187 or 17188
            or 18401 or 18461 => ServerFaults.Unavailable(name, exception),
        _ when IsUnreachable(number, severity) => ServerFaults.Unreachable(name, exception),
        _ when IsStatementError(number, severity) => null,
        _ => ServerFaults.Unknown(name, exception),
    };

    private static bool IsBusy(int number) => number is DeadlockVictim or LockTimeout or TimedOut or 3960 or 3957 or 3961;

    // Fail-over and throttling of hosted databases, network errors, and a connection that the server has closed.
    private static bool IsUnreachable(int number, byte severity) =>
        number is 40197 or 40501 or 40613 or 49918 or 49919 or 49920 or 64 or 233 or 258 or 10053 or 10054 or 10060 or 10061 or 20 or 53
        or 11001 or 1231 || severity >= Fatal;

    // The client has no error number of its own for it. On Windows it passes the system's number, elsewhere the exception of the handshake.
    private static bool IsUntrusted(int number, byte severity, Exception exception) =>
        number is -2146893019 or -2146893022 or -2146762487 || (severity >= Fatal && exception.InnerException is AuthenticationException);

    // Wrong syntax, names, types and values; constraints; transactions begun or ended out of order. The list is complete: every other
    // number is a fault of the server.
    private static bool IsStatementError(int number, byte severity) => severity < Fatal && number is
        (>= 101 and <= 206) or (>= 209 and <= 220) or (>= 231 and <= 260) or 264 or 266 or 271 or 273 or 291 or 295 or (>= 305 and <= 320)
        or 402 or 403
        or (>= 511 and <= 517) or 529 or 530 or 535 or 537 or 544 or 545 or 547 or 2601 or 2627 or 2628 or 2812 or 3902 or 3903 or 3930
        or 3998
        or 4104 or 4145 or 4815 or 4863 or 7339 or (>= 8101 and <= 8179 and not 8102 and not 8151) or 13608 or 13609 or 13610;
}
