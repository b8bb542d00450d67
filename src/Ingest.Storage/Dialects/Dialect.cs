using System.Data.Common;
using DbUp.Builder;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace XilinIngest.Storage.Dialects;

/// <summary>What one kind of database does in its own way. Whoever has a connection has its dialect; no one else needs to know.</summary>
public abstract class Dialect
{
    /// <summary>How long a question of a person may wait for a connection, and then for its answer, in seconds.</summary>
    protected const int InteractiveTimeoutSeconds = 7;

    public static Dialect Of(StorageProvider provider) => provider switch
    {
        StorageProvider.PostgreSql => PostgreSqlDialect.Instance,
        StorageProvider.SqlServer => SqlServerDialect.Instance,
        _ => SqliteDialect.Instance,
    };

    public static Dialect Of(DbConnection connection) => connection switch
    {
        SqliteConnection => SqliteDialect.Instance,
        NpgsqlConnection => PostgreSqlDialect.Instance,
        SqlConnection => SqlServerDialect.Instance,
        ReadOnlyConnection wrapped => Of(wrapped.Inner),
        _ => throw new ArgumentException($"{connection.GetType().Name} is of no database that is known here.", nameof(connection)),
    };

    public abstract StorageProvider Provider { get; }

    /// <summary>Where a service's scripts for this database are, below the folder <c>Migrations</c>.</summary>
    internal abstract string ScriptFolder { get; }

    /// <summary>
    /// What a person calls the database: without user and password; null: it is no connection string, or lacks what one needs.
    /// </summary>
    internal abstract string? DisplayName(string connectionString);

    /// <summary>A connection string with what this program wants of it where it says nothing itself.</summary>
    internal virtual string WithDefaults(string connectionString) => connectionString;

    /// <summary>
    /// A connection string for questions of people, who are told within about eight seconds that the server does not answer.
    /// </summary>
    internal virtual string WithInteractiveTimeout(string connectionString) => connectionString;

    /// <param name="connectionString">A connection string that has a name.</param>
    /// <param name="readOnly">Never write, never create.</param>
    /// <param name="durable">False: a commit may be lost when the power fails.</param>
    internal abstract DbConnection Open(string connectionString, bool readOnly, bool durable);

    /// <summary>Begins a transaction that holds the write lock from its first moment.</summary>
    internal abstract DbTransaction BeginWrite(DbConnection connection);

    /// <summary>Begins a transaction that only reads; where it <see cref="HasSnapshotReads"/>, all of it sees the same state.</summary>
    internal abstract DbTransaction BeginRead(DbConnection connection);

    /// <summary>Whether a transaction that reads sees one state from its first statement to its last.</summary>
    internal virtual bool HasSnapshotReads => true;

    /// <summary>Whether who reads and who writes may wait for each other.</summary>
    internal virtual bool ReadersBlockWriters(DbConnection connection) => false;

    /// <summary>Why this database cannot be used as it is set, in Chinese and English; null: it can.</summary>
    internal virtual string? FindUnsuitableSetting(DbConnection connection, string name) => null;

    /// <summary>Takes something for this process alone, until it is given back or the process ends; null: another one has it.</summary>
    internal abstract IDisposable? TryAcquireLease(string connectionString, string name, string what);

    internal abstract UpgradeEngineBuilder CreateUpgradeBuilder(string connectionString);

    /// <summary>The statement with which a group is written.</summary>
    public abstract string WriteStatement(IBulkTable table, WriteMode writing);

    internal abstract void Write(
        DbConnection connection, DbTransaction transaction, IBulkTable table, WriteMode writing, IEnumerable<object?[]> rows);

    protected static string JoinColumns(
        IEnumerable<(string Name, ColumnType Type)> columns, Func<string, string> each, string between = ", ") =>
        string.Join(between, columns.Select(column => each(column.Name)));
}
