using System.Data.Common;
using DbUp.Builder;
using XilinIngest.InputOutput;
using XilinIngest.Storage.Dialects;

namespace XilinIngest.Storage;

/// <summary>
/// The database of the ledger or the cube: a file, or a database on a server. Its connections wait for locks and write durably.
/// </summary>
public sealed class Database
{
    private readonly string _connectionString;
    private readonly string _interactiveConnectionString;
    private readonly Dialect _dialect;
    private readonly bool _readOnly;
    private volatile bool _isPinned;
    private (ulong Device, ulong Node)? _file;

    /// <summary>A SQLite file.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="readOnly">Never write, never create.</param>
    public Database(string path, bool readOnly = false)
        : this(SqliteDialect.Instance, SqliteDialect.ConnectionString(path, readOnly), path, readOnly)
    {
    }

    internal Database(Dialect dialect, string connectionString, string name, bool readOnly) =>
        (_dialect, _connectionString, _interactiveConnectionString, Name, _readOnly) =
        (dialect, connectionString, dialect.WithInteractiveTimeout(connectionString), name, readOnly);

    /// <summary>The database that a connection string names. The folder of a SQLite file is created if missing.</summary>
    /// <param name="provider">The kind of database.</param>
    /// <param name="connectionString">Such as <c>Data Source=/var/lib/xilin/ledger.db</c> or
    /// <c>Host=db;Database=ledger;Username=xilin_worker;Password=…</c>.</param>
    /// <returns>Null: the connection string is malformed, or names no database.</returns>
    public static Database? TryParse(StorageProvider provider, string connectionString)
    {
        var dialect = Dialect.Of(provider);
        if (dialect.DisplayName(connectionString) is not { } name)
        {
            return null;
        }

        if (provider != StorageProvider.Sqlite)
        {
            return new Database(dialect, dialect.WithDefaults(connectionString), name, readOnly: false);
        }

        PrivateFiles.CreateFolder(Path.GetDirectoryName(name)!);
        return new Database(name);
    }

    /// <summary>The display name of what a connection string names; null: it is malformed, or names no database.</summary>
    public static string? FindName(StorageProvider provider, string connectionString) =>
        Dialect.Of(provider).DisplayName(connectionString);

    public StorageProvider Provider => _dialect.Provider;

    /// <summary>The display name: the file's path, or server and database; without user and password.</summary>
    public string Name { get; }

    /// <summary>The same database, opened read-only.</summary>
    public Database AsReadOnly() =>
        Provider == StorageProvider.Sqlite
            ? new Database(Name, readOnly: true) : new Database(_dialect, _connectionString, Name, readOnly: true);

    /// <summary>The same database, opened to be written.</summary>
    public Database AsWritable() =>
        Provider == StorageProvider.Sqlite ? new Database(Name) : new Database(_dialect, _connectionString, Name, readOnly: false);

    /// <summary>
    /// The database of a partition beside this one: the same server, or folder, and a name that ends with the partition's path.
    /// </summary>
    /// <param name="path">The partition's path, digits with points between; empty: this database.</param>
    public Database ForPartition(string path)
    {
        if (path.Length == 0)
        {
            return this;
        }

        var connectionString = _dialect.WithDatabaseOf(_connectionString, path);
        return Provider == StorageProvider.Sqlite
            ? new Database(_dialect.DisplayName(connectionString)!, _readOnly)
            : new Database(_dialect, connectionString, _dialect.DisplayName(connectionString)!, _readOnly);
    }

    /// <summary>
    /// The same database, with connections whose transaction the server ends if the process does nothing in it for as long: one that hangs
    /// in the middle of a transaction holds up no other. Only on PostgreSQL; elsewhere nothing changes.
    /// </summary>
    public Database WithIdleTransactionLimit(TimeSpan limit) =>
        Provider == StorageProvider.PostgreSql
            ? new Database(_dialect, PostgreSqlDialect.WithIdleTransactionLimit(_connectionString, limit), Name, _readOnly) : this;

    /// <param name="durable">False: a commit may be lost if the power fails, but not if the process is killed. For marks whose loss only
    /// repeats work.</param>
    /// <exception cref="DatabaseFileReplacedException">The file is not the one that was pinned.</exception>
    public DbConnection Open(bool durable = true)
    {
        EnsureSameFile();
        return _dialect.Open(_connectionString, _readOnly, durable);
    }

    /// <summary>
    /// Opens a connection for queries that a person waits for. A hanging server fails after seconds; background work waits half a minute.
    /// </summary>
    public DbConnection OpenInteractive()
    {
        EnsureSameFile();
        return _dialect.Open(_interactiveConnectionString, _readOnly, durable: true);
    }

    /// <summary>
    /// Remembers the identity of the file. Otherwise an open connection would continue to write to a file that was removed, and a new
    /// connection would create an empty database in its place. The databases of a server are not checked.
    /// </summary>
    public void PinFile()
    {
        if (Provider == StorageProvider.Sqlite)
        {
            (_file, _isPinned) = (FileIdentity.Read(Name), true);
        }
    }

    /// <summary>Call after a commit, before acknowledging it, while its connection is still open.</summary>
    /// <exception cref="DatabaseFileReplacedException">The commit is in a file that is no longer the database.</exception>
    public void EnsureCommittedToSameFile()
    {
        EnsureSameFile();
        if (_isPinned && !File.Exists($"{Name}-wal"))
        {
            throw new DatabaseFileReplacedException($"{Name}-wal", isRemoved: true);
        }
    }

    internal void EnsureSameFile()
    {
        if (_isPinned && FileIdentity.Read(Name) is var now && (now != _file || (now is null && !File.Exists(Name))))
        {
            throw new DatabaseFileReplacedException(Name, isRemoved: !File.Exists(Name));
        }
    }

    /// <summary>
    /// Begins a transaction that holds the write lock from the start, so that it cannot fail later for the lock, and sees everything that
    /// was committed before.
    /// </summary>
    public static DbTransaction BeginWrite(DbConnection connection) => Dialect.Of(connection).BeginWrite(connection);

    /// <summary>
    /// Begins a read-only transaction. With <see cref="HasSnapshotReads"/>, it sees one state and blocks no writer; without, each statement
    /// sees what was committed when it started.
    /// </summary>
    public static DbTransaction BeginRead(DbConnection connection) => Dialect.Of(connection).BeginRead(connection);

    /// <summary>Whether a transaction of <see cref="BeginRead"/> sees one state throughout. Not on SQL Server.</summary>
    public bool HasSnapshotReads => _dialect.HasSnapshotReads;

    /// <summary>Whether readers and writers block each other: on SQL Server without READ_COMMITTED_SNAPSHOT.</summary>
    public bool ReadersBlockWriters()
    {
        using var connection = Open();
        return _dialect.ReadersBlockWriters(connection);
    }

    /// <summary>The setting that makes the database unusable, with its remedy, in Chinese and English; null: there is none.</summary>
    public string? FindUnsuitableSetting()
    {
        using var connection = Open();
        return _dialect.FindUnsuitableSetting(connection, Name);
    }

    /// <summary>Acquires a lease for this process until it is disposed or the process ends; null: another process holds it.</summary>
    /// <param name="lease">The lease's name. A SQLite file has one lease for all names.</param>
    public IDisposable? TryAcquireLease(string lease) => _dialect.TryAcquireLease(_connectionString, Name, lease);

    /// <summary>Waits for the lease: for short work that processes do one after the other.</summary>
    /// <exception cref="InvalidOperationException">It was not released within a minute.</exception>
    public IDisposable AcquireLease(string lease) => RetryPolicies.WaitForLease.Execute(() => TryAcquireLease(lease))
        ?? throw new InvalidOperationException(
            $"{Name} has been held by another process for 60 s. Check whether a process hangs, and stop it.");

    internal UpgradeEngineBuilder CreateUpgradeBuilder() => _dialect.CreateUpgradeBuilder(_connectionString);

    internal string ScriptFolder => _dialect.ScriptFolder;

    /// <summary>It may hold a password and is never printed.</summary>
    internal string ConnectionString => _connectionString;
}
