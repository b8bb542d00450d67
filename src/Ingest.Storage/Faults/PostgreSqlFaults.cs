using System.Security.Authentication;
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
    private const string CannotConnectNow = "57P03";
    private const string FailedTransaction = "25P02";
    private const string DataCorrupted = "XX001";
    private const string IndexCorrupted = "XX002";

    public static bool IsTransient(NpgsqlException exception) => exception is PostgresException answer
        ? answer.SqlState is SerializationFailure or DeadlockDetected or LockNotAvailable || SqlStateClass(answer) is "57" or "08"
        : IsUnreachable(exception);

    /// <summary>The fault behind an exception; null: the statement or a value in it is wrong, and waiting does not help.</summary>
    public static StorageFault? Classify(NpgsqlException exception, string name) => exception switch
    {
        PostgresException answer => Classify(answer.SqlState, exception, name),

        // Two concurrent commands on one connection are a defect of this program.
        NpgsqlOperationInProgressException => null,
        _ when exception.InnerException is AuthenticationException => ServerFaults.Untrusted(name, exception),
        _ when IsUnreachable(exception) => ServerFaults.Unreachable(name, exception),
        _ => ServerFaults.Unknown(name, exception),
    };

    public static StorageFault? Classify(string state, Exception exception, string name) => state switch
    {
        SerializationFailure or DeadlockDetected or LockNotAvailable or QueryCanceled => ServerFaults.Busy(name, exception),
        ReadOnlyTransaction => ServerFaults.ReadOnly(name, exception),
        InsufficientPrivilege => ServerFaults.AccessDenied(name, exception, "deploy/postgresql"),
        UndefinedTable or UndefinedColumn => ServerFaults.SchemaMismatch(name, exception),
        FailedTransaction => null,
        DataCorrupted or IndexCorrupted => ServerFaults.Damaged(name, exception),
        CannotConnectNow => ServerFaults.Unavailable(name, exception),
        _ => state[..2] switch
        {
            "08" or "57" => ServerFaults.Unreachable(name, exception),
            "53" or "54" or "58" => ServerFaults.Full(name, exception),
            "28" or "3D" or "3F" => ServerFaults.AccessDenied(name, exception, "deploy/postgresql"),

            // Rows, data, constraints, cursors, savepoints, syntax and names, functions that raise an error. Every other class is a fault
            // of the server.
            "0A" or "20" or "21" or "22" or "23" or "24" or "2F" or "34" or "3B" or "42" or "44" or "P0" => null,
            _ => ServerFaults.Unknown(name, exception),
        },
    };

    private static string SqlStateClass(PostgresException exception) => exception.SqlState[..2];

    // The connection could not be made, broke, or timed out. Misuse of a connection is not included.
    private static bool IsUnreachable(NpgsqlException exception) =>
        exception.IsTransient || exception.InnerException is IOException or TimeoutException or System.Net.Sockets.SocketException;
}
