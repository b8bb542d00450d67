using System.Data.Common;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace XilinIngest.Storage;

/// <summary>
/// A fault of a database or its disk, not of the data: no space, no permission, an unreachable server, a damaged or locked file. It lasts
/// until someone repairs it. Waiting loses nothing. Every exception of a database is a storage fault, unless it is listed as an error of
/// the statement or of a value in it.
/// </summary>
/// <param name="ReasonZh">The name of the database and what is wrong with it, in Chinese.</param>
/// <param name="ReasonEn">The same in English.</param>
/// <param name="RemedyZh">The remedy, in Chinese.</param>
/// <param name="RemedyEn">The same in English.</param>
public sealed record StorageFault(string ReasonZh, string ReasonEn, string RemedyZh, string RemedyEn)
{
    /// <summary>The fault behind an exception; null: the exception is not of a database.</summary>
    /// <param name="exception">The exception, or one that wraps it.</param>
    /// <param name="name">The database's name, or the file or folder that was being used.</param>
    public static StorageFault? FromException(Exception? exception, string name)
    {
        for (var at = exception; at is not null; at = at.InnerException)
        {
            if (Classify(at, name) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    /// <summary>
    /// As <see cref="FromException"/>, for calls without a submission: every exception of a database is then a storage fault.
    /// </summary>
    /// <param name="exception">An exception that was thrown while the database was probed, loaded or locked.</param>
    /// <param name="name">The database's name.</param>
    public static StorageFault? FromProbeException(Exception? exception, string name)
    {
        if (FromException(exception, name) is { } fault)
        {
            return fault;
        }

        for (var at = exception; at is not null; at = at.InnerException)
        {
            if (at is DbException)
            {
                return ServerFaults.Unknown(name, at);
            }
        }

        return null;
    }

    /// <summary>Whether the fault may pass within moments, so that the whole transaction is worth a retry.</summary>
    public static bool IsTransient(Exception exception) => exception switch
    {
        SqliteException sqlite => SqliteFaults.IsTransient(sqlite),
        NpgsqlException postgres => PostgreSqlFaults.IsTransient(postgres),
        SqlException sqlServer => SqlServerFaults.IsTransient(sqlServer),
        _ => false,
    };

    /// <summary>Whether the stored data is damaged or is not a database, so that waiting does not help.</summary>
    public static bool IsDamage(Exception exception) =>
        exception is DamagedDataException
        or SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_NOTADB or SQLitePCL.raw.SQLITE_CORRUPT };

    internal static string SingleLineMessage(Exception exception) => exception.Message.ReplaceLineEndings(" ").TrimEnd('.');

    private static StorageFault? Classify(Exception exception, string name) => exception switch
    {
        SqliteException sqlite => SqliteFaults.Classify(sqlite, name),
        NpgsqlException postgres => PostgreSqlFaults.Classify(postgres, name),
        SqlException sqlServer => SqlServerFaults.Classify(sqlServer, name),
        DamagedDataException => ServerFaults.Damaged(name, exception),

        // The server clients throw this if the connection broke meanwhile, or if the pool has no free one.
        InvalidOperationException { Source: "Microsoft.Data.SqlClient" or "Npgsql" } => ServerFaults.Unreachable(name, exception),

        // An unknown client, such as a wrapper around a known one.
        DbException => ServerFaults.Unknown(name, exception),
        _ => DiskFaults.Classify(exception, name),
    };
}
