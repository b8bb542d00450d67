using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;

namespace XilinIngest.Storage;

/// <summary>One SQLite file: opens connections that wait instead of failing, and write durably.</summary>
public sealed class Database
{
    private readonly string _connectionString;
    private readonly bool _readOnly;

    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="readOnly">Never write, never create.</param>
    public Database(string path, bool readOnly = false)
    {
        Path = path;
        _readOnly = readOnly;
        _connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = readOnly ? SqliteOpenMode.ReadOnly : SqliteOpenMode.ReadWriteCreate,
            DefaultTimeout = 30,
        }.ToString();
    }

    public string Path { get; }

    public string ConnectionString => _connectionString;

    /// <param name="durable">False: a commit may be lost when the power fails, though not when the process is killed. For marks whose loss only repeats work.</param>
    public DbConnection Open(bool durable = true)
    {
        var connection = new SqliteConnection(_connectionString);
        try
        {
            connection.Open();

            // WAL lets readers go on while a group commits; FULL makes "committed" mean "on disk". The cache is in KiB.
            connection.Execute(_readOnly
                ? "PRAGMA query_only = ON; PRAGMA cache_size = -8192;"
                : durable
                    ? "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -8192;"
                    : "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -8192;");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Begins a transaction that holds the write lock from its first moment, so that it never fails half-way for want of it.</summary>
    public static DbTransaction BeginWrite(DbConnection connection) =>
        ((SqliteConnection)connection).BeginTransaction(deferred: false);

    /// <summary>Begins a transaction that sees one state of the database and holds up no writer.</summary>
    public static DbTransaction BeginRead(DbConnection connection) =>
        ((SqliteConnection)connection).BeginTransaction(deferred: true);
}
