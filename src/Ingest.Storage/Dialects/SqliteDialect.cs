using System.Data.Common;
using Dapper;
using DbUp;
using DbUp.Builder;
using Microsoft.Data.Sqlite;
using XilinIngest.InputOutput;

namespace XilinIngest.Storage.Dialects;

/// <summary>SQLite: a file with one writer at a time.</summary>
internal class SqliteDialect : Dialect
{
    public static readonly SqliteDialect Instance = new();

    private static readonly string[] FileSuffixes = ["-wal", "-shm", ""];

    public override StorageProvider Provider => StorageProvider.Sqlite;

    internal override string ScriptFolder => "";

    /// <summary>The connection string of a file.</summary>
    public static string ConnectionString(string path, bool readOnly) => new SqliteConnectionStringBuilder
    {
        DataSource = path,
        Mode = readOnly ? SqliteOpenMode.ReadOnly : SqliteOpenMode.ReadWriteCreate,

        // Retries are added to this wait (RetryPolicies). A holder that outlasts all of them is not another worker, and is reported.
        DefaultTimeout = 5,
    }.ToString();

    internal override string WithDatabaseOf(string connectionString, string path)
    {
        var parts = new SqliteConnectionStringBuilder(connectionString);
        parts.DataSource =
            Path.Combine(Path.GetDirectoryName(parts.DataSource)!, $"{Path.GetFileNameWithoutExtension(parts.DataSource)}-{path}.db");
        return parts.ConnectionString;
    }

    // The full path of the file.
    internal override string? DisplayName(string connectionString)
    {
        try
        {
            return new SqliteConnectionStringBuilder(connectionString).DataSource is { Length: > 0 } file && file != ":memory:"
                ? Path.GetFullPath(file) : null;
        }
        catch (ArgumentException)
        {
            // The text is not a connection string.
            return null;
        }
    }

    internal override DbConnection Open(string connectionString, bool readOnly, bool durable)
    {
        var connection = Connect(connectionString);
        try
        {
            if (!readOnly)
            {
                // SQLite would create the file with the umask of the process. The -wal and -shm files get the file's mode.
                PrivateFiles.CreateEmpty(connection.DataSource);
            }

            connection.Open();

            // With WAL, readers continue while a batch commits. With FULL, a commit is on the disk. cache_size is in KiB.
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

    /// <summary>Copies one state of a file in use into a new one, and holds up no one.</summary>
    public static void CopyTo(Database database, string file)
    {
        PrivateFiles.CreateEmpty(file);
        using var connection = database.AsReadOnly().Open();
        connection.Execute("PRAGMA query_only = OFF; VACUUM INTO @File", new { File = file }, commandTimeout: 0);
    }

    /// <summary>Moves a file, its -wal and its -shm into a folder beside them. An old -wal would destroy a file that is put back.</summary>
    public static void MoveAside(Database database, string label)
    {
        SqliteConnection.ClearAllPools();
        var aside = Path.Combine(Path.GetDirectoryName(database.Name)!, label);
        foreach (var file in FileSuffixes.Select(suffix => database.Name + suffix).Where(File.Exists))
        {
            PrivateFiles.CreateFolder(aside);
            File.Move(file, Path.Combine(aside, Path.GetFileName(file)));
        }
    }

    /// <summary>The first fault that the engine finds in a file; null: none.</summary>
    public static string? FindDamage(Database database)
    {
        using var connection = database.AsReadOnly().Open();
        var found = connection.QueryFirst<string>("PRAGMA integrity_check(1)", commandTimeout: 0);
        return found == "ok" ? null : found;
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
            _ when HasOnlyKeys(table) => $"{Insert(table)} ON CONFLICT ({JoinColumns(keys, name => name)}) DO NOTHING",
            _ => $"{Insert(table)} ON CONFLICT ({JoinColumns(keys, name => name)}) DO UPDATE SET "
                + $"{JoinColumns(table.Columns.Skip(table.KeyColumnCount), name => $"{name} = excluded.{name}")}",
        };
    }

    internal override void Write<T>(
        DbConnection connection, DbTransaction transaction, BulkTable<T> table, WriteMode writing, IEnumerable<T> rows)
    {
        // SQLite has one transaction for each connection, which these statements are part of.
        var statement = ((StrictConnection)connection).Prepared(table, writing);
        foreach (var row in rows)
        {
            statement.Execute(table.ColumnsOf(writing), row);
        }
    }

    internal override EffectiveMonthCursor OpenEffectiveMonths(DbConnection connection, DbTransaction? transaction, string text) =>
        new SqliteEffectiveMonthCursor((SqliteConnection)connection, text);

    /// <summary>A connection that is not open yet. The simulator's makes statements fail.</summary>
    protected virtual StrictConnection Connect(string connectionString) => new(connectionString);

    private static string Insert(IBulkTable table) =>
        $"INSERT INTO {table.Name} ({JoinColumns(table.Columns, name => name)}) VALUES ({JoinColumns(table.Columns, name => "@" + name)})";

    /// <summary>
    /// The SQLite client adds the open transaction to each command, while the SQL Server client refuses a command without it. This
    /// connection refuses it too, so that every test detects such a command.
    /// </summary>
    internal class StrictConnection(string connectionString) : SqliteConnection(connectionString)
    {
        private readonly Dictionary<(IBulkTable Table, WriteMode Writing), SqliteStatement> _statements = [];

        /// <summary>The prepared statement that writes rows of a table. It lives as long as the connection is open.</summary>
        public SqliteStatement Prepared(IBulkTable table, WriteMode writing)
        {
            if (!_statements.TryGetValue((table, writing), out var statement))
            {
                _statements[(table, writing)] = statement = new SqliteStatement(Handle!, Instance.WriteStatement(table, writing));
            }

            return statement;
        }

        public override void Close()
        {
            foreach (var statement in _statements.Values)
            {
                statement.Dispose();
            }

            _statements.Clear();
            base.Close();
        }

        protected override DbCommand CreateDbCommand()
        {
            var command = base.CreateDbCommand();
            command.Transaction = null;
            return command;
        }
    }
}
