using System.Data.Common;
using DbUp.Builder;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace XilinIngest.Storage.Dialects;

/// <summary>
/// The differences between the kinds of databases. Code that has a connection finds its dialect with <see cref="Of(DbConnection)"/>.
/// </summary>
public abstract class Dialect
{
    /// <summary>The seconds that an interactive query may wait for a connection, and then for its result.</summary>
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
        _ => throw new ArgumentException($"{connection.GetType().Name} is not a connection of a known database.", nameof(connection)),
    };

    public abstract StorageProvider Provider { get; }

    /// <summary>The folder below <c>Migrations</c> with a service's scripts for this kind of database.</summary>
    internal abstract string ScriptFolder { get; }

    /// <summary>
    /// The display name of a database, without user and password. Null: the connection string is malformed or incomplete.
    /// </summary>
    internal abstract string? DisplayName(string connectionString);

    /// <summary>The connection string of a partition's database, whose name ends with the path.</summary>
    /// <param name="connectionString">A connection string that has a display name.</param>
    /// <param name="path">The partition's path: digits with points between.</param>
    internal abstract string WithDatabaseOf(string connectionString, string path);

    /// <summary>A database name that ends with a partition's path, in characters that need no quotes.</summary>
    protected static string NameFor(string database, string path) => $"{database}_{path.Replace('.', '_')}";

    /// <summary>Adds this program's defaults for the settings that the connection string does not name.</summary>
    internal virtual string WithDefaults(string connectionString) => connectionString;

    /// <summary>A connection string for interactive queries. If the server does not answer, they fail after about eight seconds.</summary>
    internal virtual string WithInteractiveTimeout(string connectionString) => connectionString;

    /// <param name="connectionString">A connection string that has a display name.</param>
    /// <param name="readOnly">Never write, never create.</param>
    /// <param name="durable">False: a commit may be lost when the power fails.</param>
    internal abstract DbConnection Open(string connectionString, bool readOnly, bool durable);

    /// <summary>Begins a transaction that holds the write lock from the start.</summary>
    internal abstract DbTransaction BeginWrite(DbConnection connection);

    /// <summary>Begins a read-only transaction. It sees one state if <see cref="HasSnapshotReads"/> is true.</summary>
    internal abstract DbTransaction BeginRead(DbConnection connection);

    /// <summary>Whether a read-only transaction sees one state from its first statement to its last.</summary>
    internal virtual bool HasSnapshotReads => true;

    /// <summary>Whether readers and writers may block each other.</summary>
    internal virtual bool ReadersBlockWriters(DbConnection connection) => false;

    /// <summary>The setting that makes the database unusable, in Chinese and English; null: there is none.</summary>
    internal virtual string? FindUnsuitableSetting(DbConnection connection, string name) => null;

    /// <summary>Acquires a lease for this process until it is disposed or the process ends; null: another process holds it.</summary>
    internal abstract IDisposable? TryAcquireLease(string connectionString, string name, string what);

    internal abstract UpgradeEngineBuilder CreateUpgradeBuilder(string connectionString);

    /// <summary>The statement that writes a batch of rows.</summary>
    public abstract string WriteStatement(IBulkTable table, WriteMode writing);

    internal abstract void Write<T>(
        DbConnection connection, DbTransaction transaction, BulkTable<T> table, WriteMode writing, IEnumerable<T> rows);

    /// <summary>The rows of a table of effective months.</summary>
    internal virtual EffectiveMonthCursor OpenEffectiveMonths(DbConnection connection, DbTransaction? transaction, string text) =>
        new ServerEffectiveMonthCursor(connection, transaction, text);

    /// <summary>Whether a row is its key alone, so that there is nothing to replace.</summary>
    protected static bool HasOnlyKeys(IBulkTable table) => table.Columns.Count == table.KeyColumnCount;

    protected static string JoinColumns(
        IEnumerable<(string Name, ColumnType Type)> columns, Func<string, string> each, string between = ", ") =>
        string.Join(between, columns.Select(column => each(column.Name)));
}
