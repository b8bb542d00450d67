using System.Data.Common;
using System.Text;
using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;
using NpgsqlTypes;
using XilinIngest.Contracts;
using XilinIngest.Worker.Ledger;

namespace XilinIngest.Bench.Storage;

/// <summary>The fastest way that an engine offers to write and read the same rows of the same tables, in one durable transaction.</summary>
internal abstract class BulkBaseline : IDisposable
{
    protected const string SelectEffectiveMonths = "SELECT unit, period, data FROM cube_effective_month ORDER BY unit, period";

    public abstract void Append(LedgerRowGenerator.GeneratedRows rows);

    /// <summary>Reads the effective months row by row without processing them.</summary>
    /// <returns>The number of bytes read.</returns>
    public abstract long ReadEffectiveMonths();

    public abstract void Dispose();

    protected static object?[] ValuesOf(LedgerEntry entry) =>
    [
        entry.Sequence, entry.SubmissionId.ToString("D"), entry.Unit, entry.Period, (long)entry.Revision, entry.Verdict,
        entry.Findings.IsEmpty ? null : Encoding.UTF8.GetString(entry.Findings.Span), entry.Body.ToArray(), entry.ReceivedAt, entry.Sender,
        entry.LeafHash,
    ];

    protected static void Finish(DbConnection connection, DbTransaction transaction, LedgerRowGenerator.GeneratedRows rows)
    {
        LedgerStore.WriteHead(connection, transaction, rows.Frontier.ToBytes());
        LedgerStore.WriteCheckpoint(connection, transaction, new Checkpoint
        {
            TreeSize = rows.Frontier.Count,
            Root = new string('0', 64),
            Time = default,
            Origin = "bench/ledger",
            Signatures = [new string('0', 200)],
        });
        transaction.Commit();
    }
}

/// <summary>Uses prepared inserts.</summary>
internal sealed class SqliteBulkBaseline : BulkBaseline
{
    private readonly SqliteConnection _ledger;
    private readonly SqliteConnection _cube;

    /// <param name="ledger">A file with the ledger's tables.</param>
    /// <param name="cube">A file with the cube's tables and the effective months.</param>
    public SqliteBulkBaseline(string ledger, string cube)
    {
        (_ledger, _cube) = (new($"Data Source={ledger}"), new($"Data Source={cube}"));
        foreach (var connection in new[] { _ledger, _cube })
        {
            connection.Open();
            connection.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -32768;");
        }
    }

    public override void Append(LedgerRowGenerator.GeneratedRows rows)
    {
        using var transaction = _ledger.BeginTransaction(deferred: false);
        Insert("ledger_entry", 11, transaction, rows.Entries.Select(ValuesOf));
        Insert("tree_node", 3, transaction, rows.Nodes.Select(node => new object?[] { node.Level, node.Number, node.Hash }));
        Finish(_ledger, transaction, rows);
    }

    public override long ReadEffectiveMonths()
    {
        using var command = _cube.CreateCommand();
        command.CommandText = SelectEffectiveMonths;
        using var reader = command.ExecuteReader();
        long bytes = 0;
        while (reader.Read())
        {
            bytes += reader.GetString(0).Length + reader.GetInt64(1) % 2 + reader.GetFieldValue<byte[]>(2).Length;
        }

        return bytes;
    }

    private void Insert(string table, int columns, SqliteTransaction transaction, IEnumerable<object?[]> rows)
    {
        using var command = _ledger.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"INSERT INTO {table} VALUES ({string.Join(", ", Enumerable.Range(1, columns).Select(i => $"${i}"))})";
        var parameters = Enumerable.Range(1, columns).Select(i => command.Parameters.Add(new SqliteParameter($"${i}", null))).ToList();
        foreach (var row in rows)
        {
            for (var i = 0; i < columns; i++)
            {
                parameters[i].Value = row[i] ?? DBNull.Value;
            }

            command.ExecuteNonQuery();
        }
    }

    public override void Dispose()
    {
        _ledger.Dispose();
        _cube.Dispose();
    }
}

/// <summary>Uses COPY in binary format.</summary>
internal sealed class PostgreSqlBulkBaseline : BulkBaseline
{
    private readonly NpgsqlConnection _ledger;
    private readonly NpgsqlConnection _cube;

    /// <param name="ledger">The connection string of a database with the ledger's tables.</param>
    /// <param name="cube">The connection string of a database with the cube's tables and the effective months.</param>
    public PostgreSqlBulkBaseline(string ledger, string cube)
    {
        (_ledger, _cube) = (new(ledger), new(cube));
        _ledger.Open();
        _cube.Open();
    }

    public override void Append(LedgerRowGenerator.GeneratedRows rows)
    {
        const NpgsqlDbType number = NpgsqlDbType.Bigint, text = NpgsqlDbType.Text, bytes = NpgsqlDbType.Bytea;
        using var transaction = _ledger.BeginTransaction();
        Copy("ledger_entry", [number, text, text, text, number, text, text, bytes, text, text, bytes], rows.Entries.Select(ValuesOf));
        Copy("tree_node", [number, number, bytes], rows.Nodes.Select(node => new object?[] { (long)node.Level, node.Number, node.Hash }));
        Finish(_ledger, transaction, rows);
    }

    public override long ReadEffectiveMonths()
    {
        using var export = _cube.BeginBinaryExport($"COPY ({SelectEffectiveMonths}) TO STDOUT (FORMAT BINARY)");
        long bytes = 0;
        while (export.StartRow() > 0)
        {
            bytes += export.Read<string>(NpgsqlDbType.Text).Length + export.Read<long>(NpgsqlDbType.Bigint) % 2
                + export.Read<byte[]>(NpgsqlDbType.Bytea).Length;
        }

        return bytes;
    }

    private void Copy(string table, NpgsqlDbType[] types, IEnumerable<object?[]> rows)
    {
        using var import = _ledger.BeginBinaryImport($"COPY {table} FROM STDIN (FORMAT BINARY)");
        foreach (var row in rows)
        {
            import.StartRow();
            for (var i = 0; i < types.Length; i++)
            {
                if (row[i] is { } value)
                {
                    import.Write(value, types[i]);
                }
                else
                {
                    import.WriteNull();
                }
            }
        }

        import.Complete();
    }

    public override void Dispose()
    {
        _ledger.Dispose();
        _cube.Dispose();
    }
}
