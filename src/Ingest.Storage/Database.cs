using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
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

            // Retries come on top (Retries): who holds it longer than all of them is no other worker, and is told of.
            DefaultTimeout = 5,
        }.ToString();
    }

    /// <summary>The file that a connection string names; its folder is made if missing.</summary>
    /// <param name="connectionString">Such as <c>Data Source=/var/lib/xilin/ledger.db</c>.</param>
    /// <param name="path">The file's full path.</param>
    public static bool TryParse(string connectionString, [NotNullWhen(true)] out string? path)
    {
        path = null;
        try
        {
            var file = new SqliteConnectionStringBuilder(connectionString).DataSource;
            path = file.Length is 0 || file == ":memory:" ? null : System.IO.Path.GetFullPath(file);
        }
        catch (ArgumentException)
        {
            // No connection string at all: as good as none.
        }

        if (path is not null)
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        }

        return path is not null;
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
