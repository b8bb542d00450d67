using System.Data.Common;
using System.Text.Json;
using Dapper;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Storage;
using XilinIngest.Worker.Ledger.Merkle;

namespace XilinIngest.Worker.Ledger;

/// <summary>The ledger's statements. Whole, and few: one round trip for a group.</summary>
internal sealed class LedgerStore(Database database)
{
    private const string Columns =
        "sequence, submission_id AS SubmissionId, unit, period, revision, verdict, findings, body, received_at AS ReceivedAt, sender, leaf_hash AS LeafHash";

    private static readonly Column<LedgerEntry>[] EntryColumns =
    [
        new("@Sequence", entry => entry.Sequence), new("@Id", entry => entry.SubmissionId.ToString("D")), new("@Unit", entry => entry.Unit),
        new("@Period", entry => entry.Period), new("@Revision", entry => entry.Revision), new("@Verdict", entry => entry.Verdict),
        new("@Findings", entry => entry.Findings), new("@Body", entry => entry.Body), new("@ReceivedAt", entry => entry.ReceivedAt),
        new("@Sender", entry => entry.Sender), new("@LeafHash", entry => entry.LeafHash),
    ];

    private static readonly Column<(string Unit, Period Period, byte[] Data)>[] StandingColumns =
        [new("@Unit", row => row.Unit), new("@Period", row => row.Period.Number), new("@Data", row => row.Data)];

    /// <summary>The ledger's file.</summary>
    public string Path => database.Path;

    public DbConnection Open() => database.Open();

    /// <summary>Writes as much as a large group takes, and takes it away again: throws as a group would while the disk is full or cannot be written.</summary>
    public void ProveRoom()
    {
        using var connection = Open();
        connection.Execute("INSERT INTO storage_probe (filler) VALUES (zeroblob(@Bytes))", new { Bytes = 1024 * 1024 });
        connection.Execute("DELETE FROM storage_probe");
    }

    public static MerkleFrontier ReadFrontier(DbConnection connection, DbTransaction? transaction = null) => MerkleFrontier.FromBytes(
        connection.QuerySingle<byte[]>("SELECT frontier FROM ledger_head WHERE id = 1", transaction: transaction));

    public static void WriteFrontier(DbConnection connection, DbTransaction transaction, MerkleFrontier frontier) => connection.Execute(
        "UPDATE ledger_head SET frontier = @Frontier WHERE id = 1", new { Frontier = frontier.ToBytes() }, transaction);

    public static void WriteCheckpoint(DbConnection connection, DbTransaction transaction, Checkpoint checkpoint) => connection.Execute(
        "INSERT INTO ledger_checkpoint (tree_size, root, made_at, signature) VALUES (@TreeSize, @Root, @MadeAt, @Signature)",
        new { checkpoint.TreeSize, checkpoint.Root, MadeAt = LedgerEntry.Timestamp(checkpoint.Time), checkpoint.Signature }, transaction);

    public static void WriteEntries(DbConnection connection, DbTransaction transaction, IEnumerable<LedgerEntry> entries) => Rows.Write(
        connection,
        transaction,
        """
        INSERT INTO ledger_entry (sequence, submission_id, unit, period, revision, verdict, findings, body, received_at, sender, leaf_hash)
        VALUES (@Sequence, @Id, @Unit, @Period, @Revision, @Verdict, @Findings, @Body, @ReceivedAt, @Sender, @LeafHash)
        """,
        EntryColumns,
        entries);

    public static IReadOnlyDictionary<Guid, LedgerEntry> ReadByIds(DbConnection connection, DbTransaction? transaction, IEnumerable<Guid> ids) => connection
        .Query<EntryRow>(
            $"SELECT {Columns} FROM ledger_entry WHERE submission_id IN (SELECT value FROM json_each(@Ids))",
            new { Ids = JsonSerializer.Serialize(ids.Select(id => id.ToString("D"))) }, transaction)
        .ToDictionary(row => Guid.Parse(row.SubmissionId), row => row.ToEntry());

    /// <summary>The rows from a sequence on, in order, read as they are wanted.</summary>
    public static IEnumerable<LedgerEntry> ReadFrom(DbConnection connection, long from, long to) => connection
        .Query<EntryRow>($"SELECT {Columns} FROM ledger_entry WHERE sequence BETWEEN @From AND @To ORDER BY sequence", new { From = from, To = to }, buffered: false)
        .Select(row => row.ToEntry());

    public static IEnumerable<Checkpoint> ReadCheckpoints(DbConnection connection) => connection
        .Query<CheckpointRow>("SELECT tree_size AS TreeSize, root, made_at AS MadeAt, signature FROM ledger_checkpoint ORDER BY tree_size", buffered: false)
        .Select(row => row.ToCheckpoint());

    /// <summary>The newest checkpoint, or the first that covers a row.</summary>
    public static Checkpoint? ReadCheckpoint(DbConnection connection, long covering = long.MaxValue, DbTransaction? transaction = null) => connection
        .QueryFirstOrDefault<CheckpointRow>(
            covering == long.MaxValue
                ? "SELECT tree_size AS TreeSize, root, made_at AS MadeAt, signature FROM ledger_checkpoint ORDER BY tree_size DESC LIMIT 1"
                : "SELECT tree_size AS TreeSize, root, made_at AS MadeAt, signature FROM ledger_checkpoint WHERE tree_size >= @Covering ORDER BY tree_size LIMIT 1",
            new { Covering = covering }, transaction)?
        .ToCheckpoint();

    public static List<byte[]> ReadLeafHashes(DbConnection connection, long from, long to) => connection
        .Query<byte[]>("SELECT leaf_hash FROM ledger_entry WHERE sequence BETWEEN @From AND @To ORDER BY sequence", new { From = from, To = to })
        .AsList();

    /// <summary>The leaf hash of one row as messages write it; null: there is no such row.</summary>
    public static string? ReadLeafHash(DbConnection connection, long sequence, DbTransaction? transaction = null) =>
        connection.QuerySingleOrDefault<byte[]>("SELECT leaf_hash FROM ledger_entry WHERE sequence = @Sequence", new { Sequence = sequence }, transaction) is { } hash
            ? Convert.ToHexStringLower(hash)
            : null;

    /// <summary>The newest row; 0: the ledger is empty.</summary>
    public static long ReadLastSequence(DbConnection connection) => connection.QuerySingle<long>("SELECT COALESCE(MAX(sequence), 0) FROM ledger_entry");

    /// <summary>What stands of the units named, for the months asked of each.</summary>
    public static IEnumerable<(string Unit, Period Period, StandingMonth Month)> ReadStanding(
        DbConnection connection, DbTransaction transaction, IReadOnlyCollection<(string Unit, Period From, Period To)> wanted, IndicatorNumbers numbers) => connection
        .Query<(string Unit, long Period, byte[] Data)>(
            """
            SELECT s.unit, s.period, s.data
            FROM json_each(@Wanted) AS w
            JOIN ledger_standing AS s ON s.unit = w.value ->> 0 AND s.period BETWEEN w.value ->> 1 AND w.value ->> 2
            """,
            new { Wanted = JsonSerializer.Serialize(wanted.Select(w => new object[] { w.Unit, w.From.Number, w.To.Number })) }, transaction)
        .Select(row => (row.Unit, Period.FromNumber((int)row.Period), StandingCodec.Decode(row.Data, numbers)));

    public static IEnumerable<(string Unit, Period Period, byte[] Data)> ReadAllStanding(DbConnection connection) => connection
        .Query<(string Unit, long Period, byte[] Data)>("SELECT unit, period, data FROM ledger_standing", buffered: false)
        .Select(row => (row.Unit, Period.FromNumber((int)row.Period), row.Data));

    public static void WriteStanding(
        DbConnection connection, DbTransaction transaction, IEnumerable<(string Unit, Period Period, StandingMonth Month)> months, IndicatorNumbers numbers) => Rows.Write(
        connection,
        transaction,
        "INSERT INTO ledger_standing (unit, period, data) VALUES (@Unit, @Period, @Data) ON CONFLICT (unit, period) DO UPDATE SET data = excluded.data",
        StandingColumns,
        months.Select(m => (m.Unit, m.Period, StandingCodec.Encode(m.Month, numbers))));

    internal sealed class EntryRow
    {
        public long Sequence { get; init; }
        public string SubmissionId { get; init; } = "";
        public string Unit { get; init; } = "";
        public string Period { get; init; } = "";
        public long Revision { get; init; }
        public string Verdict { get; init; } = "";
        public string? Findings { get; init; }
        public byte[] Body { get; init; } = [];
        public string ReceivedAt { get; init; } = "";
        public string Sender { get; init; } = "";
        public byte[] LeafHash { get; init; } = [];

        public LedgerEntry ToEntry() => new()
        {
            Sequence = Sequence,
            // What is no id was written by hand; the row's hash then says so.
            SubmissionId = Guid.TryParseExact(SubmissionId, "D", out var id) ? id : Guid.Empty,
            Unit = Unit,
            Period = Period,
            Revision = (int)Revision,
            Verdict = Verdict,
            Findings = Findings,
            Body = Body,
            ReceivedAt = ReceivedAt,
            Sender = Sender,
            LeafHash = LeafHash,
        };
    }

    private sealed class CheckpointRow
    {
        public long TreeSize { get; init; }
        public string Root { get; init; } = "";
        public string MadeAt { get; init; } = "";
        public string Signature { get; init; } = "";

        // What is no time was written by hand; the signature then says so.
        public Checkpoint ToCheckpoint() => new() { TreeSize = TreeSize, Root = Root, Time = LedgerEntry.TryParseTimestamp(MadeAt) ?? default, Signature = Signature };
    }
}
