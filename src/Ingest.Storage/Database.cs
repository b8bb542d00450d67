using System.Data.Common;
using DbUp.Builder;
using XilinIngest.InputOutput;
using XilinIngest.Storage.Dialects;

namespace XilinIngest.Storage;

/// <summary>A database that keeps the ledger or the cube: a file or on a server. Opens connections that wait instead of failing, and write durably.</summary>
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

    private Database(Dialect dialect, string connectionString, string name, bool readOnly) =>
        (_dialect, _connectionString, _interactiveConnectionString, Name, _readOnly) = (dialect, connectionString, dialect.WithInteractiveTimeout(connectionString), name, readOnly);

    /// <summary>What a connection string names; a SQLite file's folder is made if missing.</summary>
    /// <param name="provider">The kind of database.</param>
    /// <param name="connectionString">Such as <c>Data Source=/var/lib/xilin/ledger.db</c> or <c>Host=db;Database=ledger;Username=xilin_worker;Password=…</c>.</param>
    /// <returns>Null: it is none, or does not say which database.</returns>
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

    public StorageProvider Provider => _dialect.Provider;

    /// <summary>For people: the file's path, or server and database; neither user nor password.</summary>
    public string Name { get; }

    /// <summary>The same, from which nothing is ever written.</summary>
    public Database AsReadOnly() => Provider == StorageProvider.Sqlite ? new Database(Name, readOnly: true) : new Database(_dialect, _connectionString, Name, readOnly: true);

    /// <param name="durable">False: a commit may be lost when the power fails, though not when the process is killed. For marks whose loss only repeats work.</param>
    /// <exception cref="DatabaseFileReplacedException">The file is not the one that was pinned.</exception>
    public DbConnection Open(bool durable = true)
    {
        EnsureSameFile();
        return _dialect.Open(_connectionString, _readOnly, durable);
    }

    /// <summary>To read what a person waits for: a server that hangs is given up after seconds, not after the half minute of our own work.</summary>
    public DbConnection OpenInteractive()
    {
        EnsureSameFile();
        return _dialect.Open(_interactiveConnectionString, _readOnly, durable: true);
    }

    /// <summary>
    /// From now on the file is the one that it is at this moment: a connection that is open would go on writing to a file that was removed, and a
    /// new one would make an empty database in its place. A server's databases need no such care.
    /// </summary>
    public void PinFile()
    {
        if (Provider == StorageProvider.Sqlite)
        {
            (_file, _isPinned) = (FileIdentity.Read(Name), true);
        }
    }

    /// <summary>To be called after a commit, with its connection still open, and before anyone is told of it.</summary>
    /// <exception cref="DatabaseFileReplacedException">What was committed is in a file that is no longer the database.</exception>
    public void EnsureCommittedToSameFile()
    {
        EnsureSameFile();
        if (_isPinned && !File.Exists($"{Name}-wal"))
        {
            throw new DatabaseFileReplacedException($"{Name}-wal", isRemoved: true);
        }
    }

    private void EnsureSameFile()
    {
        if (_isPinned && FileIdentity.Read(Name) is var now && (now != _file || (now is null && !File.Exists(Name))))
        {
            throw new DatabaseFileReplacedException(Name, isRemoved: !File.Exists(Name));
        }
    }

    /// <summary>
    /// Begins a transaction that holds the write lock from its first moment, so that it never fails half-way for want of it, and sees
    /// all that was committed before.
    /// </summary>
    public static DbTransaction BeginWrite(DbConnection connection) => Dialect.Of(connection).BeginWrite(connection);

    /// <summary>
    /// Begins a transaction that only reads. Where the database <see cref="HasSnapshotReads"/>, all of it sees one state and holds up no writer;
    /// elsewhere each statement sees what was committed when it began.
    /// </summary>
    public static DbTransaction BeginRead(DbConnection connection) => Dialect.Of(connection).BeginRead(connection);

    /// <summary>Whether what <see cref="BeginRead"/> begins sees one state from its first statement to its last: not on SQL Server.</summary>
    public bool HasSnapshotReads => _dialect.HasSnapshotReads;

    /// <summary>Whether reading and writing may wait for each other: on a SQL Server whose database is not set to READ_COMMITTED_SNAPSHOT.</summary>
    public bool ReadersBlockWriters()
    {
        using var connection = Open();
        return _dialect.ReadersBlockWriters(connection);
    }

    /// <summary>Why the database cannot be used as it is set, and the remedy, in Chinese and English; null: it can.</summary>
    public string? FindUnsuitableSetting()
    {
        using var connection = Open();
        return _dialect.FindUnsuitableSetting(connection, Name);
    }

    /// <summary>Takes something for this process alone, until it is given back or the process ends; null: another one has it.</summary>
    /// <param name="lease">What it is called, among the database's claims. A SQLite file has one for all.</param>
    public IDisposable? TryAcquireLease(string lease) => _dialect.TryAcquireLease(_connectionString, Name, lease);

    /// <summary>Waits for the lease: for short work that processes do one after the other.</summary>
    /// <exception cref="InvalidOperationException">It was not released within a minute.</exception>
    public IDisposable AcquireLease(string lease) => RetryPolicies.WaitForLease.Execute(() => TryAcquireLease(lease))
        ?? throw new InvalidOperationException($"{Name} has been held by another process for 60 s. See whether one hangs, and stop it.");

    internal UpgradeEngineBuilder CreateUpgradeBuilder() => _dialect.CreateUpgradeBuilder(_connectionString);

    internal string ScriptFolder => _dialect.ScriptFolder;
}
