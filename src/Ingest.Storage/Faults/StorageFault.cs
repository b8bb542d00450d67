using System.Data.Common;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace XilinIngest.Storage;

/// <summary>
/// A fault of a database or of the disk below it, not of the data: no room, no permission, a server that is away, a damaged file, one
/// that another program holds. It lasts until someone mends it, and nothing is lost by waiting. Every exception of a database is one,
/// except those that are listed as faults of the statement or of a value in it.
/// </summary>
/// <param name="ReasonZh">What is wrong with which database.</param>
/// <param name="ReasonEn">The same in English.</param>
/// <param name="RemedyZh">What to do.</param>
/// <param name="RemedyEn">The same in English.</param>
public sealed record StorageFault(string ReasonZh, string ReasonEn, string RemedyZh, string RemedyEn)
{
    /// <summary>The fault behind an exception; null: it is none of a database.</summary>
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
    /// As <see cref="FromException"/>, where no submission is at work: there every exception of a database is a fault of the storage.
    /// </summary>
    /// <param name="exception">What was thrown while the database was only looked at, loaded or locked.</param>
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

    /// <summary>Whether it may be gone in a moment, so that the whole transaction is worth another try.</summary>
    public static bool IsTransient(Exception exception) => exception switch
    {
        SqliteException sqlite => SqliteFaults.IsTransient(sqlite),
        NpgsqlException postgres => PostgreSqlFaults.IsTransient(postgres),
        SqlException sqlServer => SqlServerFaults.IsTransient(sqlServer),
        _ => false,
    };

    /// <summary>Whether what is stored is damaged, or is no database: waiting does not mend it.</summary>
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

        // What the clients of servers throw where a connection has broken meanwhile, or none is free.
        InvalidOperationException { Source: "Microsoft.Data.SqlClient" or "Npgsql" } => ServerFaults.Unreachable(name, exception),

        // A client that this program does not know, such as a wrapper of one.
        DbException => ServerFaults.Unknown(name, exception),
        _ => DiskFaults.Classify(exception, name),
    };
}
