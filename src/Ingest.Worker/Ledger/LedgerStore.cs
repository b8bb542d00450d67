using System.Data.Common;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Dapper;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.SignedNotes;
using XilinIngest.Storage;
using XilinIngest.Worker.Ledger.Merkle;
using static XilinIngest.Worker.Ledger.LedgerStatements;

namespace XilinIngest.Worker.Ledger;

/// <summary>Reads and writes the ledger. A batch takes one round trip for each kind of row.</summary>
/// <param name="database">Where it is.</param>
/// <param name="partition">The part of the unit tree that it has; null: the whole tree.</param>
internal sealed class LedgerStore(Database database, Partition? partition = null)
{
    // The size of a large batch.
    private static readonly byte[] ProbePadding = new byte[1024 * 1024];

    /// <summary>The display name of the ledger: a file's path, or server and database.</summary>
    public string Name => database.Name;

    /// <summary>The part of the unit tree whose rows it has.</summary>
    public Partition Partition { get; } = partition ?? Partition.WholeTree;

    /// <summary>The path of its partition, as messages name it; null: it has the whole tree.</summary>
    public string? PartitionPath => Partition.IsWholeTree ? null : Partition.Path;

    /// <summary>Whether one transaction reads one state: see <see cref="Database.HasSnapshotReads"/>.</summary>
    public bool HasSnapshotReads => database.HasSnapshotReads;

    public DbConnection Open() => database.Open();

    /// <summary>A connection to be kept by the one writer.</summary>
    public KeptConnection Keep() => new(database);

    /// <inheritdoc cref="Database.AcquireLease"/>
    public IDisposable AcquireLease(string lease) => database.AcquireLease(lease);

    /// <inheritdoc cref="Database.OpenInteractive"/>
    public DbConnection OpenInteractive() => database.OpenInteractive();

    /// <inheritdoc cref="Database.EnsureCommittedToSameFile"/>
    public void EnsureCommittedToSameFile() => database.EnsureCommittedToSameFile();

    /// <summary>
    /// Writes the size of a large batch and deletes it. Throws the same exception as a batch while the ledger cannot be written.
    /// </summary>
    public void ProbeWrite()
    {
        using var connection = Open();
        ReadFrontier(connection);
        connection.Execute(Probe.For(connection), new { Padding = ProbePadding });
        connection.Execute(DeleteProbe.For(connection));
    }

    /// <summary>Reads the head under the write lock, so that a start fails if the head is damaged or the rights are missing.</summary>
    public void EnsureUsable()
    {
        using var connection = Open();
        using var transaction = Database.BeginWrite(connection);
        ReadFrontier(connection, transaction);
    }

    /// <summary>Reads from the ledger. Throws the same exception as a reader while the ledger is unavailable.</summary>
    public void ProbeRead()
    {
        using var connection = Open();
        ReadFrontier(connection);
    }

    public static MerkleFrontier ReadFrontier(DbConnection connection, DbTransaction? transaction = null) =>
        MerkleFrontier.FromBytes(ReadHead(connection, transaction));

    /// <summary>The bytes of the frontier: they differ after every commit.</summary>
    public static byte[] ReadHead(DbConnection connection, DbTransaction? transaction = null) =>
        connection.QuerySingleOrDefault<byte[]>(Frontier.For(connection), transaction: transaction)
            ?? throw HeadMissing();

    /// <summary>The bytes of the frontier, and how many keys the ledger has had.</summary>
    public static (byte[] Frontier, long Keys) ReadHeadAndKeys(DbConnection connection, DbTransaction transaction) =>
        connection.QuerySingleOrDefault<(byte[]? Frontier, long Keys)>(FrontierAndKeys.For(connection), transaction: transaction) is
            ({ } frontier, var keys) ? (frontier, keys) : throw HeadMissing();

    /// <summary>The keys that signed it, oldest first.</summary>
    /// <exception cref="DamagedDataException">A row was altered.</exception>
    public static IReadOnlyList<LogKey> ReadKeys(DbConnection connection, DbTransaction? transaction = null) =>
    [
        .. connection.Query<(string Key, long After, string? Introduction)>(Keys.For(connection), transaction: transaction)
            .Select(row => NoteVerifier.TryParse(row.Key, out var key) ? new LogKey(key, row.After, row.Introduction)
                : throw new DamagedDataException(
                    $"The ledger's table ledger_key has a damaged row ({row.Key}). Restore it from a backup, then run verify.")),
    ];

    /// <param name="connection">The ledger.</param>
    /// <param name="transaction">A transaction with the write lock.</param>
    /// <param name="known">How many keys it has.</param>
    /// <param name="added">The keys to add.</param>
    public static void WriteKeys(DbConnection connection, DbTransaction transaction, int known, IEnumerable<LogKey> added) =>
        NewKeys.Write(connection, transaction, WriteMode.Insert, added.Select((key, i) => (known + i + 1, key)));

    public static void WriteHead(DbConnection connection, DbTransaction transaction, byte[] frontier) =>
        connection.Execute(SetFrontier.For(connection), new { Frontier = frontier }, transaction);

    public static void WriteCheckpoint(DbConnection connection, DbTransaction transaction, Checkpoint checkpoint) =>
        NewCheckpoints.Write(connection, transaction, WriteMode.Insert, [checkpoint]);

    public static void WriteEntries(DbConnection connection, DbTransaction transaction, IEnumerable<LedgerEntry> entries) =>
        Entries.Write(connection, transaction, WriteMode.Insert, entries);

    public static IReadOnlyDictionary<Guid, LedgerEntry> ReadByIds(
        DbConnection connection, DbTransaction? transaction, IEnumerable<Guid> ids) => connection
        .Query<LedgerEntryRow>(EntriesById.For(connection), new { Ids = ToJson(ids) }, transaction)
        .ToDictionary(row => Guid.Parse(row.SubmissionId), row => row.ToEntry());

    private static DamagedDataException HeadMissing() =>
        new("The ledger's head (table ledger_head) has no row. Restore it from a backup, then run verify.");

    private static string ToJson(IEnumerable<Guid> ids)
    {
        var text = new StringBuilder("[");
        foreach (var id in ids)
        {
            text.Append(CultureInfo.InvariantCulture, $"{(text.Length == 1 ? "" : ",")}\"{id:D}\"");
        }

        return text.Append(']').ToString();
    }

    /// <summary>The rows of a range, in order, read while they are enumerated.</summary>
    public static IEnumerable<LedgerEntry> ReadFrom(DbConnection connection, long from, long to, DbTransaction? transaction = null) =>
        connection
        .Query<LedgerEntryRow>(EntriesBetween.For(connection), new { From = from, To = to }, transaction, buffered: false)
        .Select(row => row.ToEntry());

    /// <summary>The accepted submissions of units, in order, read while they are enumerated.</summary>
    public static IEnumerable<LedgerEntry> ReadAccepted(DbConnection connection, IEnumerable<string> units, Period from, Period to) =>
        connection.Query<LedgerEntryRow>(AcceptedOfUnits.For(connection),
            new { Units = JsonSerializer.Serialize(units), FirstMonth = from.ToString(), LastMonth = to.ToString() }, buffered: false)
        .Select(row => row.ToEntry());

    public IEnumerable<Checkpoint> ReadCheckpoints(DbConnection connection, DbTransaction? transaction = null) => connection
        .Query<CheckpointRow>(Checkpoints.For(connection), transaction: transaction, buffered: false)
        .Select(row => row.ToCheckpoint(PartitionPath));

    /// <summary>The newest checkpoint, or the first that covers a row.</summary>
    public Checkpoint? ReadCheckpoint(DbConnection connection, long covering = long.MaxValue, DbTransaction? transaction = null) =>
        ReadCheckpoint(connection, PartitionPath, covering, transaction);

    /// <inheritdoc cref="ReadCheckpoint(DbConnection, long, DbTransaction)"/>
    /// <param name="connection">The ledger.</param>
    /// <param name="partition">The path of its partition, which the checkpoint is given.</param>
    /// <param name="covering">The row that it covers.</param>
    /// <param name="transaction">The transaction.</param>
    public static Checkpoint? ReadCheckpoint(
        DbConnection connection, string? partition, long covering = long.MaxValue, DbTransaction? transaction = null) =>
        connection
        .QueryFirstOrDefault<CheckpointRow>((covering == long.MaxValue ? NewestCheckpoint : CheckpointCovering).For(connection),
            new { Covering = covering }, transaction)?
        .ToCheckpoint(partition);

    public static List<byte[]> ReadLeafHashes(DbConnection connection, long from, long to, DbTransaction? transaction = null) =>
        connection.Query<byte[]>(LeafHashes.For(connection), new { From = from, To = to }, transaction).AsList();

    /// <summary>The leaf hash of one row in hexadecimal; null: there is no such row.</summary>
    public static string? ReadLeafHash(DbConnection connection, long sequence, DbTransaction? transaction = null) =>
        connection.QuerySingleOrDefault<byte[]>(LeafHashes.For(connection), new { From = sequence, To = sequence }, transaction) is { } hash
            ? Convert.ToHexStringLower(hash)
            : null;

    /// <summary>The newest row; 0: the ledger is empty.</summary>
    public static long ReadLastSequence(DbConnection connection, DbTransaction? transaction = null) =>
        connection.QuerySingle<long>(LastSequence.For(connection), transaction: transaction);

    /// <summary>The effective months of the given units and ranges of months.</summary>
    public static IEnumerable<(string Unit, Period Period, byte[] Data)> ReadEffectiveMonths(
        DbConnection connection, DbTransaction transaction, IReadOnlyCollection<(string Unit, Period From, Period To)> wanted) => connection
        .Query<(string Unit, long Period, byte[] Data)>(
            EffectiveOfUnits.For(connection),
            new { Wanted = JsonSerializer.Serialize(wanted.Select(w => new { unit = w.Unit, first = w.From.Number, last = w.To.Number })) },
            transaction)
        .Select(row => (row.Unit, Period.FromNumber((int)row.Period), row.Data));

    public static IEnumerable<(string Unit, Period Period, byte[] Data)> ReadAllEffectiveMonths(
        DbConnection connection, DbTransaction? transaction = null) => connection
        .Query<(string Unit, long Period, byte[] Data)>(AllEffectiveMonths.For(connection), transaction: transaction, buffered: false)
        .Select(row => (row.Unit, Period.FromNumber((int)row.Period), row.Data));

    /// <summary>The accepted requests about months and reports after a row, oldest first.</summary>
    public static IEnumerable<LedgerEntry> ReadRequests(DbConnection connection, long after, DbTransaction? transaction = null) =>
        connection.Query<LedgerEntryRow>(Requests.For(connection), new { After = after }, transaction).Select(row => row.ToEntry());

    /// <summary>The effective figures of every unit that has reported a month.</summary>
    public static IEnumerable<(string Unit, byte[] Data)> ReadEffectiveMonths(
        DbConnection connection, DbTransaction transaction, Period period) => connection
        .Query<(string Unit, byte[] Data)>(EffectiveOfMonth.For(connection), new { Period = (long)period.Number }, transaction);

    public static void WriteEffectiveMonths(
        DbConnection connection, DbTransaction transaction, IEnumerable<(string Unit, Period Period, byte[] Data)> months) =>
        EffectiveMonths.Write(connection, transaction, WriteMode.Upsert, months);

    internal sealed class LedgerEntryRow
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
            // A malformed id was written by hand; the check of the row's hash reports it.
            SubmissionId = Guid.TryParseExact(SubmissionId, "D", out var id) ? id : Guid.Empty,
            Unit = Unit,
            Period = Period,
            Revision = (int)Revision,
            Verdict = Verdict,
            Findings = Findings is null ? default(ReadOnlyMemory<byte>) : Encoding.UTF8.GetBytes(Findings),
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
        public string CreatedAt { get; init; } = "";
        public string Origin { get; init; } = "";
        public string Signature { get; init; } = "";

        // A malformed time was written by hand; the check of the signature reports it.
        public Checkpoint ToCheckpoint(string? partition) => new()
        {
            TreeSize = TreeSize,
            Root = Root,
            Time = LedgerEntry.TryParseTimestamp(CreatedAt) ?? default,
            Partition = partition,
            Origin = Origin,
            Signatures = Signature.Split('\n'),
        };
    }
}
