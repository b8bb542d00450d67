using System.Data.Common;
using System.Globalization;
using Dapper;
using XilinIngest.Indicators;
using XilinIngest.InputOutput;
using XilinIngest.Storage;
using static XilinIngest.Aggregator.Cube.CubeStatements;

namespace XilinIngest.Aggregator.Cube;

/// <summary>The cube in its database: effective months, position and lease.</summary>
internal sealed partial class CubeStore(Database database)
{
    private static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(2);

    private long _epoch;
    private long _heartbeatAt;

    /// <summary>The display name of the cube: a file's path, or server and database.</summary>
    public string Name => database.Name;

    public DbConnection Open() => database.Open();

    /// <summary>A connection to be kept by the one writer.</summary>
    public KeptConnection Keep() => new(database);

    /// <inheritdoc cref="Database.OpenInteractive"/>
    public DbConnection OpenInteractive() => database.OpenInteractive();

    /// <inheritdoc cref="Database.EnsureCommittedToSameFile"/>
    public void EnsureCommittedInPlace() => database.EnsureCommittedToSameFile();

    /// <summary>
    /// Gives this process the sole right to write. A former holder that has lost the cube without noticing, for instance while its server
    /// was unavailable, fails at its next step.
    /// </summary>
    public void TakeOver()
    {
        using var connection = Open();
        using var transaction = Database.BeginWrite(connection);
        connection.Execute(RaiseEpoch.For(connection), transaction: transaction);
        _epoch = ReadPosition(connection, transaction).Epoch;
        transaction.Commit();
    }

    public static CubePosition ReadPosition(DbConnection connection, DbTransaction? transaction = null) =>
        connection.QuerySingleOrDefault<CubePosition>(Position.For(connection), transaction: transaction)
            ?? throw new DamagedDataException(
                "The cube's position (table cube_state) has no row. Restore the cube from a backup, or rebuild it.");

    /// <summary>The position, on a connection of its own.</summary>
    public CubePosition ReadPosition()
    {
        using var connection = OpenInteractive();
        return ReadPosition(connection);
    }

    /// <summary>The effective months, by unit and month.</summary>
    public static EffectiveMonthCursor ReadEffective(DbConnection connection, DbTransaction? transaction = null) =>
        EffectiveMonthCursor.Open(connection, transaction, AllEffective);

    public static void WriteEffective(
        DbConnection connection, DbTransaction transaction, IEnumerable<(string Unit, Period Period, byte[] Data)> rows,
        long revision = CubeRevision.OfNone) =>
        EffectiveTable.Write(
            connection, transaction, WriteMode.Upsert, rows.Select(row => (row.Unit, row.Period, row.Data, revision)));

    /// <summary>Deletes the effective months, the changes of months and the reviews, before those of another ledger are written.</summary>
    public static void ClearEffective(DbConnection connection, DbTransaction transaction)
    {
        connection.Execute(DeleteEffective.For(connection), transaction: transaction);
        connection.Execute(DeleteMonthChanges.For(connection), transaction: transaction);
        connection.Execute(DeleteReviews.For(connection), transaction: transaction);
    }

    /// <summary>
    /// Copies the whole cube to a file beside it. Null: it is on a server, whose backups contain it; the published versions stay in the
    /// database.
    /// </summary>
    public string? CreateBackup(DateTimeOffset now, long appliedThrough)
    {
        if (database.Provider != StorageProvider.Sqlite)
        {
            return null;
        }

        var copy = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(database.Name))!,
            FormattableString.Invariant($"cube-{now.UtcDateTime:yyyyMMdd-HHmmss}-through-{appliedThrough}.db"));

        // A kill may have left an incomplete copy.
        File.Delete(copy);
        PrivateFiles.CreateEmpty(copy);
        using var connection = Open();
        connection.Execute(CopyFile.For(connection), new { Copy = copy });
        return copy;
    }

    /// <summary>Moves the position with what the transaction has written.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="transaction">The transaction.</param>
    /// <param name="appliedThrough">Every ledger row up to this one is stored.</param>
    /// <param name="appliedHash">The leaf hash of that row.</param>
    /// <param name="revision">The revision of the rows that were written.</param>
    /// <exception cref="LeaseLostException">Another process has taken the cube over.</exception>
    public void WriteApplied(
        DbConnection connection, DbTransaction transaction, long appliedThrough, string? appliedHash, CubeRevision revision = default)
    {
        var position = new
        {
            AppliedThrough = appliedThrough,
            AppliedHash = appliedHash,
            Revision = revision.Number,
            ReplacedRevision = revision.Replaced,
            Epoch = _epoch,
        };
        if (connection.Execute(SetApplied.For(connection), position, transaction) == 0)
        {
            throw LeaseLost();
        }
    }

    /// <summary>
    /// Whether <see cref="EnsureHeld"/> should write a heartbeat between steps. Only on a server; a file's lock needs none.
    /// </summary>
    public bool IsHeartbeatDue =>
        database.Provider != StorageProvider.Sqlite && TimeProvider.System.GetElapsedTime(_heartbeatAt) >= HeartbeatInterval;

    /// <summary>
    /// Checks that the cube exists and is still held by this process. A process that has lost it would otherwise continue to return
    /// outdated results. Every few seconds the check also writes a heartbeat for the standby.
    /// </summary>
    /// <exception cref="LeaseLostException">Another process has taken the cube over.</exception>
    public void EnsureHeld()
    {
        var showsSign = IsHeartbeatDue;
        using var connection = database.Open(durable: !showsSign);
        var isHeld = showsSign
            ? connection.Execute(IncrementHeartbeat.For(connection), new { Epoch = _epoch }) > 0 : ReadPosition(connection).Epoch == _epoch;
        if (!isHeld)
        {
            throw LeaseLost();
        }

        _heartbeatAt = showsSign ? TimeProvider.System.GetTimestamp() : _heartbeatAt;
    }

    /// <summary>The number that the process on a server's cube increments while it runs.</summary>
    public static long ReadHeartbeat(Database database)
    {
        using var connection = database.OpenInteractive();
        return connection.QuerySingle<long>(SelectHeartbeat.For(connection));
    }

    // Null: the text is not a time as this store writes it.
    private static DateTimeOffset? ParseTime(string text) =>
        DateTimeOffset.TryParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time) ? time : null;

    private LeaseLostException LeaseLost() =>
        new($"Another aggregator has taken {Name} over; this one stops, so that no result is made twice. Started again, it stands by.");

    /// <summary>Marks results as published. If the mark is lost, the same versions are published again, which is harmless.</summary>
    public void WritePublished(long publishedThrough)
    {
        using var connection = database.Open(durable: false);
        connection.Execute(SetPublished.For(connection), new { PublishedThrough = publishedThrough, Epoch = _epoch });
    }
}
