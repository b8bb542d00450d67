using System.Data.Common;
using Dapper;
using DbUp;
using DbUp.Builder;
using Microsoft.Data.Sqlite;
using XilinIngest.InputOutput;

namespace XilinIngest.Storage.Dialects;

/// <summary>A file, with one writer at a time.</summary>
internal sealed class SqliteDialect : Dialect
{
    public static readonly SqliteDialect Instance = new();

    public override StorageProvider Provider => StorageProvider.Sqlite;

    internal override string ScriptFolder => "";

    /// <summary>The connection string of a file.</summary>
    public static string ConnectionString(string path, bool readOnly) => new SqliteConnectionStringBuilder
    {
        DataSource = path,
        Mode = readOnly ? SqliteOpenMode.ReadOnly : SqliteOpenMode.ReadWriteCreate,

        // Retries come on top (Retries): who holds it longer than all of them is no other worker, and is told of.
        DefaultTimeout = 5,
    }.ToString();

    // The file's full path.
    internal override string? DisplayName(string connectionString)
    {
        try
        {
            return new SqliteConnectionStringBuilder(connectionString).DataSource is { Length: > 0 } file && file != ":memory:"
                ? Path.GetFullPath(file) : null;
        }
        catch (ArgumentException)
        {
            // No connection string at all: as good as none.
            return null;
        }
    }

    internal override DbConnection Open(string connectionString, bool readOnly, bool durable)
    {
        var connection = new StrictConnection(connectionString);
        try
        {
            if (!readOnly)
            {
                // SQLite itself would make it as the process's umask says; its -wal and -shm take after it.
                PrivateFiles.CreateEmpty(connection.DataSource);
            }

            connection.Open();

            // WAL lets readers go on while a group commits; FULL makes "committed" mean "on disk". The cache is in KiB.
            connection.Execute(readOnly
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

    internal override DbTransaction BeginWrite(DbConnection connection) => ((SqliteConnection)connection).BeginTransaction(deferred: false);

    internal override DbTransaction BeginRead(DbConnection connection) => ((SqliteConnection)connection).BeginTransaction(deferred: true);

    internal override IDisposable? TryAcquireLease(string connectionString, string name, string what) =>
        FileLock.TryAcquire(name + ".lock");

    internal override UpgradeEngineBuilder CreateUpgradeBuilder(string connectionString) =>
        DeployChanges.To.SqliteDatabase(connectionString);

    public override string WriteStatement(IBulkTable table, WriteMode writing)
    {
        var keys = table.Columns.Take(table.KeyColumnCount);
        return writing switch
        {
            WriteMode.Delete => $"DELETE FROM {table.Name} WHERE {JoinColumns(keys, name => $"{name} = @{name}", " AND ")}",
            WriteMode.Insert => Insert(table),
            _ => $"{Insert(table)} ON CONFLICT ({JoinColumns(keys, name => name)}) DO UPDATE SET "
                + $"{JoinColumns(table.Columns.Skip(table.KeyColumnCount), name => $"{name} = excluded.{name}")}",
        };
    }

    internal override void Write(
        DbConnection connection, DbTransaction transaction, IBulkTable table, WriteMode writing, IEnumerable<object?[]> rows)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = WriteStatement(table, writing);
        foreach (var (name, _) in table.Columns.Take(writing == WriteMode.Delete ? table.KeyColumnCount : table.Columns.Count))
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = "@" + name;
            command.Parameters.Add(parameter);
        }

        foreach (var row in rows)
        {
            for (var i = 0; i < row.Length; i++)
            {
                command.Parameters[i].Value = row[i] ?? DBNull.Value;
            }

            command.ExecuteNonQuery();
        }
    }

    private static string Insert(IBulkTable table) =>
        $"INSERT INTO {table.Name} ({JoinColumns(table.Columns, name => name)}) VALUES ({JoinColumns(table.Columns, name => "@" + name)})";

    /// <summary>
    /// Its own client would give the open transaction to each command by itself; SQL Server's refuses one that lacks it, and so does this,
    /// where every test sees it.
    /// </summary>
    private sealed class StrictConnection(string connectionString) : SqliteConnection(connectionString)
    {
        protected override DbCommand CreateDbCommand()
        {
            var command = base.CreateDbCommand();
            command.Transaction = null;
            return command;
        }
    }
}
