using System.Data;
using System.Data.Common;
using System.Globalization;
using Dapper;
using DbUp;
using DbUp.Builder;
using Npgsql;

namespace XilinIngest.Storage.Dialects;

/// <summary>PostgreSQL and compatible servers. A batch of rows is sent as one array for each column, in one round trip.</summary>
internal sealed class PostgreSqlDialect : Dialect
{
    // A batch is split, so that loading a whole cube does not send a message of hundreds of megabytes.
    private const int RowsPerStatement = 2000;

    private const int KeepaliveSeconds = 5;

    // The server ends the session of a dead or silent lock holder within half a minute, which releases its lock. Keepalives and the time
    // limit for unacknowledged data detect a host that died. idle_session_timeout (version 14 and later) detects a process that hangs.
    // A setting that the server does not know is left out.
    private static readonly (string Name, string Value)[] DeadSessionSettings =
    [
        ("tcp_keepalives_idle", "10"), ("tcp_keepalives_interval", "5"), ("tcp_keepalives_count", "3"), ("tcp_user_timeout", "25000"),
        ("idle_session_timeout", "25000"),
    ];

    public static readonly PostgreSqlDialect Instance = new();

    public override StorageProvider Provider => StorageProvider.PostgreSql;

    internal override string ScriptFolder => "PostgreSql.";

    internal static string WithIdleTransactionLimit(string connectionString, TimeSpan limit)
    {
        var parts = new NpgsqlConnectionStringBuilder(connectionString);
        var setting = FormattableString.Invariant($"-c idle_in_transaction_session_timeout={limit.TotalMilliseconds:0}");
        parts.Options = string.IsNullOrEmpty(parts.Options) ? setting : $"{parts.Options} {setting}";
        return parts.ConnectionString;
    }

    internal override string WithDatabaseOf(string connectionString, string path)
    {
        var parts = new NpgsqlConnectionStringBuilder(connectionString);
        parts.Database = NameFor(parts.Database!, path);
        return parts.ConnectionString;
    }

    internal override string? DisplayName(string connectionString)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(connectionString) is { Host.Length: > 0, Database.Length: > 0 } parts
                ? $"{parts.Host}:{parts.Port.ToString(CultureInfo.InvariantCulture)}/{parts.Database}"
                    + $"{(parts.SearchPath is { Length: > 0 } path ? $" ({path})" : "")}"
                : null;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            return null;
        }
    }

    // No wait for the reply to a cancellation request, because a server that hangs does not reply.
    internal override string WithInteractiveTimeout(string connectionString)
    {
        var parts = new NpgsqlConnectionStringBuilder(connectionString);
        parts.Timeout = parts.Timeout == 0 ? InteractiveTimeoutSeconds : Math.Min(parts.Timeout, InteractiveTimeoutSeconds);
        parts.CommandTimeout = parts.CommandTimeout == 0
            ? InteractiveTimeoutSeconds : Math.Min(parts.CommandTimeout, InteractiveTimeoutSeconds);
        parts.CancellationTimeout = -1;
        return parts.ConnectionString;
    }

    internal override DbConnection Open(string connectionString, bool readOnly, bool durable)
    {
        var connection = new NpgsqlConnection(connectionString);
        connection.StateChange += ForgetIdleConnections;
        try
        {
            connection.Open();
            if (readOnly || !durable)
            {
                // The pool resets the setting when the connection returns to it.
                connection.Execute(readOnly ? "SET default_transaction_read_only = on" : "SET synchronous_commit = off");
            }

            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    // A server that was restarted has closed them all. The client gives up those with the settings of the one that broke; each other kind
    // would fail once more, and its caller wait longer each time.
    private static void ForgetIdleConnections(object sender, StateChangeEventArgs change)
    {
        if (((NpgsqlConnection)sender).FullState.HasFlag(ConnectionState.Broken))
        {
            NpgsqlConnection.ClearAllPools();
        }
    }

    internal override DbTransaction BeginWrite(DbConnection connection) => WriteLock.BeginTransaction(connection);

    internal override DbTransaction BeginRead(DbConnection connection) => connection.BeginTransaction(IsolationLevel.RepeatableRead);

    internal override IDisposable? TryAcquireLease(string connectionString, string name, string what)
    {
        // A connection outside the pool, with keepalives every few seconds, so that both ends detect a lost peer.
        var own = new NpgsqlConnectionStringBuilder(connectionString)
        {
            Pooling = false,
            KeepAlive = KeepaliveSeconds,
            TcpKeepAlive = true
        };
        return SessionLock.TryAcquire(Open(own.ConnectionString, readOnly: false, durable: true), connection =>
        {
            // Advisory locks belong to the database, so the key includes the schema: services in two schemas do not share a lock.
            var isTaken = connection.QuerySingle<bool?>("SELECT pg_try_advisory_lock(hashtext(@What), hashtext(current_schema()))",
                    new { What = what })
                ?? throw new InvalidOperationException(
                    $"{name} has no current schema: no schema of its Search Path exists, or this user may not use it. Correct Search Path "
                    + "in the connection string, or create the schema (CREATE SCHEMA) and grant the rights.");
            if (isTaken)
            {
                foreach (var (setting, value) in DeadSessionSettings)
                {
                    connection.Execute(
                        "SELECT CASE WHEN current_setting(@Setting, true) IS NOT NULL THEN set_config(@Setting, @Value, false) END",
                        new { Setting = setting, Value = value });
                }
            }

            return isTaken;
        },
        connection => connection.Execute("SELECT pg_advisory_unlock_all()", commandTimeout: SessionLock.ReleaseTimeoutSeconds));
    }

    internal override UpgradeEngineBuilder CreateUpgradeBuilder(string connectionString) =>
        DeployChanges.To.PostgresqlDatabase(connectionString);

    public override string WriteStatement(IBulkTable table, WriteMode writing)
    {
        var keys = table.Columns.Take(table.KeyColumnCount).ToList();
        return writing switch
        {
            WriteMode.Delete =>
                $"DELETE FROM {table.Name} USING unnest({ArrayParameters(keys)}) AS r ({JoinColumns(keys, name => name)}) "
                + $"WHERE {JoinColumns(keys, name => $"{table.Name}.{name} = r.{name}", " AND ")}",
            WriteMode.Insert => Insert(table),
            _ when HasOnlyKeys(table) => $"{Insert(table)} ON CONFLICT ({JoinColumns(keys, name => name)}) DO NOTHING",
            _ => $"{Insert(table)} ON CONFLICT ({JoinColumns(keys, name => name)}) DO UPDATE SET "
                + $"{JoinColumns(table.Columns.Skip(table.KeyColumnCount), name => $"{name} = excluded.{name}")}",
        };
    }

    internal override void Write<T>(
        DbConnection connection, DbTransaction transaction, BulkTable<T> table, WriteMode writing, IEnumerable<T> rows)
    {
        var columns = table.Columns.Take(writing == WriteMode.Delete ? table.KeyColumnCount : table.Columns.Count).ToList();
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = WriteStatement(table, writing);
        foreach (var some in table.ToObjects(writing, rows).Chunk(RowsPerStatement))
        {
            command.Parameters.Clear();
            for (var i = 0; i < columns.Count; i++)
            {
                command.Parameters.Add(new NpgsqlParameter(columns[i].Name, ArrayOf(columns[i].Type, some, i)));
            }

            command.ExecuteNonQuery();
        }
    }

    private static string Insert(IBulkTable table) =>
        $"INSERT INTO {table.Name} ({JoinColumns(table.Columns, name => name)}) SELECT * FROM unnest({ArrayParameters(table.Columns)})";

    private static string ArrayParameters(IEnumerable<(string Name, ColumnType Type)> columns) =>
        string.Join(", ", columns.Select(column => $"@{column.Name}::{column.Type switch
        {
            ColumnType.Number => "bigint",
            ColumnType.Bytes => "bytea",
            _ => "text",
        }}[]"));

    private static object ArrayOf(ColumnType type, object?[][] rows, int i) => type switch
    {
        ColumnType.Number =>
            Array.ConvertAll(rows, row => row[i] is { } number ? Convert.ToInt64(number, CultureInfo.InvariantCulture) : (long?)null),
        ColumnType.Bytes => Array.ConvertAll(rows, row => (byte[]?)row[i]),
        _ => Array.ConvertAll(rows, row => (string?)row[i]),
    };
}
