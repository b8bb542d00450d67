using Npgsql;

namespace XilinIngest.Storage;

/// <summary>PostgreSQL's error codes (https://www.postgresql.org/docs/current/errcodes-appendix.html).</summary>
internal static class PostgreSqlFaults
{
    private const string SerializationFailure = "40001";
    private const string DeadlockDetected = "40P01";
    private const string LockNotAvailable = "55P03";
    private const string ReadOnlyTransaction = "25006";
    private const string InsufficientPrivilege = "42501";
    private const string UndefinedTable = "42P01";
    private const string UndefinedColumn = "42703";
    private const string QueryCanceled = "57014";

    public static bool IsPassing(NpgsqlException exception) => exception is PostgresException answer
        ? answer.SqlState is SerializationFailure or DeadlockDetected or LockNotAvailable || Class(answer) is "57" or "08"
        : IsAway(exception);

    public static StorageFault? Of(NpgsqlException exception, string name) => exception is not PostgresException answer
        ? IsAway(exception) ? ServerFaults.Away(name, exception) : null
        : answer.SqlState switch
        {
            SerializationFailure or DeadlockDetected or LockNotAvailable or QueryCanceled => ServerFaults.Busy(name, exception),
            ReadOnlyTransaction => ServerFaults.ReadOnly(name, exception),
            InsufficientPrivilege => ServerFaults.Refused(name, exception, "deploy/postgresql"),
            UndefinedTable or UndefinedColumn => ServerFaults.Schema(name, exception),
            _ => Class(answer) switch
            {
                "08" or "57" => ServerFaults.Away(name, exception),
                "53" or "54" or "58" => ServerFaults.Full(name, exception),
                "28" or "3D" or "3F" => ServerFaults.Refused(name, exception, "deploy/postgresql"),
                "XX" => ServerFaults.Damaged(name, exception),
                _ => null,
            },
        };

    private static string Class(PostgresException exception) => exception.SqlState[..2];

    // A connection that could not be made, broke, or did not answer in time; not one that was misused.
    private static bool IsAway(NpgsqlException exception) => exception.IsTransient || exception.InnerException is IOException or TimeoutException or System.Net.Sockets.SocketException;
}
