using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Dapper;
using DbUp;
using DbUp.Builder;
using Microsoft.Data.SqlClient;

namespace XilinIngest.Storage.Dialects;

/// <summary>
/// SQL Server. The statements use only what Babelfish supports too. A batch of rows is sent as one JSON document, in one round trip. Text
/// and bytes in it are hexadecimal, because not every server decodes JSON escapes to the original text. Rows with bodies are sent by bulk
/// load.
/// </summary>
internal sealed class SqlServerDialect : Dialect
{
    private const int RowsPerStatement = 2000;

    // The lowest level with OPENJSON, which writes and finds batches of rows.
    private const int MinCompatibilityLevel = 130;

    // Both sides of a comparison need the same collation, and text from a JSON document has no binary one.
    private const string BinaryCollation = "COLLATE Latin1_General_100_BIN2";

    private static readonly SqlStatement
        ReadsVersions = new("SELECT CAST(is_read_committed_snapshot_on AS bigint) FROM sys.databases WHERE name = DB_NAME()"),

        // Babelfish supports OPENJSON at every level that it reports.
        CompatibilityLevel =
        new("SELECT CASE WHEN SERVERPROPERTY('Babelfish') = 1 THEN NULL ELSE CAST(compatibility_level AS bigint) END FROM sys.databases "
            + "WHERE name = DB_NAME()"),
        TakeForSession =
        new("EXEC @Result = sp_getapplock @Resource = @Resource, @LockMode = 'Exclusive', @LockOwner = 'Session', @LockTimeout = 0");

    public static readonly SqlServerDialect Instance = new();

    public override StorageProvider Provider => StorageProvider.SqlServer;

    internal override string ScriptFolder => "SqlServer.";

    internal override string WithDatabaseOf(string connectionString, string path)
    {
        var parts = new SqlConnectionStringBuilder(connectionString);
        parts.InitialCatalog = NameFor(parts.InitialCatalog, path);
        return parts.ConnectionString;
    }

    internal override string? DisplayName(string connectionString)
    {
        try
        {
            return new SqlConnectionStringBuilder(connectionString) is { DataSource.Length: > 0, InitialCatalog.Length: > 0 } parts
                ? $"{parts.DataSource}/{parts.InitialCatalog}"
                : null;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            return null;
        }
    }

    internal override string WithDefaults(string connectionString)
    {
        var parts = new SqlConnectionStringBuilder(connectionString);

        // After a failure, the pool would otherwise refuse connections for up to a minute, even if the server is available again.
        if (!parts.ShouldSerialize("Pool Blocking Period"))
        {
            parts.PoolBlockingPeriod = PoolBlockingPeriod.NeverBlock;
        }

        return parts.ConnectionString;
    }

    internal override string WithInteractiveTimeout(string connectionString)
    {
        var parts = new SqlConnectionStringBuilder(connectionString);
        parts.ConnectTimeout = parts.ConnectTimeout == 0
            ? InteractiveTimeoutSeconds : Math.Min(parts.ConnectTimeout, InteractiveTimeoutSeconds);
        parts.CommandTimeout = parts.CommandTimeout == 0
            ? InteractiveTimeoutSeconds : Math.Min(parts.CommandTimeout, InteractiveTimeoutSeconds);
        return parts.ConnectionString;
    }

    // Every transaction runs at READ COMMITTED, the default of a new connection. No pooled connection has another level, so it is not set
    // at each open.
    internal override DbConnection Open(string connectionString, bool readOnly, bool durable)
    {
        var connection = new SqlConnection(connectionString);
        try
        {
            connection.Open();
            return readOnly ? new ReadOnlyConnection(connection) : connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    internal override DbTransaction BeginWrite(DbConnection connection) => WriteLock.BeginTransaction(connection);

    // No ranges are locked and no snapshot is used. A reader that needs one state reads up to a fixed row, or reads again what changed
    // meanwhile.
    internal override DbTransaction BeginRead(DbConnection connection) => connection.BeginTransaction(IsolationLevel.ReadCommitted);

    internal override bool HasSnapshotReads => false;

    internal override bool ReadersBlockWriters(DbConnection connection) =>
        connection.QuerySingle<long?>(ReadsVersions.For(connection)) == 0;

    internal override string? FindUnsuitableSetting(DbConnection connection, string name) =>
        connection.QuerySingle<long?>(CompatibilityLevel.For(connection)) is { } level and < MinCompatibilityLevel
        ? $"数据库 {name} 的兼容级别是 {level}，至少须为 {MinCompatibilityLevel}。请以其所有者执行：ALTER DATABASE CURRENT SET COMPATIBILITY_LEVEL "
            + $"= {MinCompatibilityLevel} / "
            + $"{name} has compatibility level {level}; at least {MinCompatibilityLevel} is needed. Run as its owner: ALTER DATABASE "
            + $"CURRENT SET COMPATIBILITY_LEVEL = {MinCompatibilityLevel}"
        : null;

    internal override IDisposable? TryAcquireLease(string connectionString, string name, string what)
    {
        // Client and server send a TCP keepalive every 30 seconds (the server's default too), so a dead host is detected within about 40
        // seconds. A holder that hangs keeps its lock. The cube's heartbeat reports it.
        var own = new SqlConnectionStringBuilder(connectionString) { Pooling = false };
        return SessionLock.TryAcquire(Open(own.ConnectionString, readOnly: false, durable: true), connection =>
        {
            var taken = new DynamicParameters(new { Resource = $"xilin {what}" });
            taken.Add("Result", dbType: DbType.Int32, direction: ParameterDirection.Output);
            connection.Execute(TakeForSession.For(connection), taken);
            return taken.Get<int>("Result") >= 0;
        });
    }

    internal override UpgradeEngineBuilder CreateUpgradeBuilder(string connectionString) => DeployChanges.To.SqlDatabase(connectionString);

    public override string WriteStatement(IBulkTable table, WriteMode writing)
    {
        var keys = table.Columns.Take(table.KeyColumnCount).ToList();
        var sent = (writing == WriteMode.Delete ? keys : table.Columns)
            .Select(column => $"{column.Name} {JsonColumnType(column.Type)} '$.{column.Name}'");
        var rows = $"OPENJSON(@Rows) WITH ({string.Join(", ", sent)}) AS r";
        var same = string.Join(" AND ",
            keys.Select(key => key.Type == ColumnType.Number
                ? $"t.{key.Name} = r.{key.Name}" : $"t.{key.Name} = {Value(key)} {BinaryCollation}"));
        var insert = $"INSERT INTO {table.Name} ({JoinColumns(table.Columns, name => name)}) SELECT "
            + $"{string.Join(", ", table.Columns.Select(Value))} FROM {rows}";
        var changes = table.Columns.Skip(table.KeyColumnCount).Select(column => $"{column.Name} = {Value(column)}");
        return writing switch
        {
            WriteMode.Delete => $"DELETE t FROM {table.Name} AS t JOIN {rows} ON {same}",
            WriteMode.Insert => insert,
            _ when HasOnlyKeys(table) => $"{insert} WHERE NOT EXISTS (SELECT 1 FROM {table.Name} AS t WHERE {same})",
            _ => $"""
                UPDATE t SET {string.Join(", ", changes)} FROM {table.Name} AS t JOIN {rows} ON {same};
                {insert} WHERE NOT EXISTS (SELECT 1 FROM {table.Name} AS t WHERE {same});
                """,
        };
    }

    internal override void Write<T>(
        DbConnection connection, DbTransaction transaction, BulkTable<T> table, WriteMode writing, IEnumerable<T> rows)
    {
        if (writing == WriteMode.Insert && table.HasLargeDocuments)
        {
            SqlServerBulkInsert.Insert((SqlConnection)connection, (SqlTransaction)transaction, table,
                table.ToObjects(writing, rows));
            return;
        }

        var text = WriteStatement(table, writing);
        foreach (var some in table.ToObjects(writing, rows).Chunk(RowsPerStatement))
        {
            connection.Execute(text, new { Rows = JsonRows(table.Columns, some) }, transaction);
        }
    }

    private static string JsonRows(IReadOnlyList<(string Name, ColumnType Type)> columns, object?[][] rows)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            foreach (var row in rows)
            {
                json.WriteStartObject();
                for (var i = 0; i < row.Length; i++)
                {
                    WriteValue(json, columns[i].Name, columns[i].Type, row[i]);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    private static void WriteValue(Utf8JsonWriter json, string name, ColumnType type, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNull(name);
                break;
            case byte[] bytes:
                json.WriteString(name, Convert.ToHexString(bytes));
                break;
            case string text:
                json.WriteString(name,
                    type is ColumnType.Text or ColumnType.Utf8Text ? Convert.ToHexString(Encoding.Unicode.GetBytes(text)) : text);
                break;
            default:
                json.WriteNumber(name, Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
        }
    }

    private static string JsonColumnType(ColumnType type) => type switch
    {
        ColumnType.Number => "bigint",
        ColumnType.Code => "varchar(100)",
        _ => "varchar(max)",
    };

    private static string Value((string Name, ColumnType Type) column) => column.Type switch
    {
        ColumnType.Text or ColumnType.Utf8Text => $"CONVERT(nvarchar(max), CONVERT(varbinary(max), r.{column.Name}, 2))",
        ColumnType.Bytes => $"CONVERT(varbinary(max), r.{column.Name}, 2)",
        _ => $"r.{column.Name}",
    };
}
