using System.Data.Common;
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

    /// <summary>What the cube is called: a file's path, or server and database.</summary>
    public string Name => database.Name;

    public DbConnection Open() => database.Open();

    /// <summary>A connection to be kept by the one writer.</summary>
    public KeptConnection Keep() => new(database);

    /// <inheritdoc cref="Database.OpenInteractive"/>
    public DbConnection OpenInteractive() => database.OpenInteractive();

    /// <inheritdoc cref="Database.EnsureCommittedToSameFile"/>
    public void EnsureCommittedInPlace() => database.EnsureCommittedToSameFile();

    /// <summary>
    /// From now on this process alone can write: one that worked on the cube until now, and perhaps does not know yet that it has lost it
    /// (its server went away for a while, say), fails at its next step.
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

    public static IEnumerable<(string Unit, Period Period, byte[] Data)> ReadEffective(DbConnection connection, DbTransaction? transaction =
        null) => connection
        .Query<(string Unit, long Period, byte[] Data)>(AllEffective.For(connection), transaction: transaction, buffered: false)
        .Select(row => (row.Unit, Period.FromNumber((int)row.Period), row.Data));

    public static void WriteEffective(
        DbConnection connection, DbTransaction transaction, IEnumerable<(string Unit, Period Period, byte[] Data)> rows) =>
        EffectiveTable.Write(connection, transaction, WriteMode.Upsert, rows);

    /// <summary>Forgets what stands, for what is written next.</summary>
    public static void ClearEffective(DbConnection connection, DbTransaction transaction) =>
        connection.Execute(DeleteEffective.For(connection), transaction: transaction);

    /// <summary>
    /// Keeps the whole cube as it is in a file beside it; null: it is on a server, whose backups keep it, and what was said stays in it
    /// anyway.
    /// </summary>
    public string? CreateBackup(DateTimeOffset now, long appliedThrough)
    {
        if (database.Provider != StorageProvider.Sqlite)
        {
            return null;
        }

        var copy = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(database.Name))!,
            FormattableString.Invariant($"cube-{now.UtcDateTime:yyyyMMdd-HHmmss}-through-{appliedThrough}.db"));

        // What a kill left half-written is in the way of the next try.
        File.Delete(copy);
        PrivateFiles.CreateEmpty(copy);
        using var connection = Open();
        connection.Execute(CopyFile.For(connection), new { Copy = copy });
        return copy;
    }

    /// <exception cref="CubeLeaseLostException">Another process has taken the cube over.</exception>
    public void WriteApplied(DbConnection connection, DbTransaction transaction, long appliedThrough, string? appliedHash)
    {
        if (connection.Execute(SetApplied.For(connection),
            new { AppliedThrough = appliedThrough, AppliedHash = appliedHash, Epoch = _epoch }, transaction) == 0)
        {
            throw LeaseLost();
        }
    }

    /// <summary>
    /// Whether it is time for <see cref="EnsureHeld"/> to leave a sign, also between steps that write: on a server. A file's lock carries
    /// the sign itself.
    /// </summary>
    public bool IsHeartbeatDue =>
        database.Provider != StorageProvider.Sqlite && TimeProvider.System.GetElapsedTime(_heartbeatAt) >= HeartbeatInterval;

    /// <summary>
    /// Looks whether the cube is there and still this process's: one that has lost it would answer on with what it knows, older by the
    /// minute.
    /// Every few seconds the look is a sign of life for whoever stands by.
    /// </summary>
    /// <exception cref="CubeLeaseLostException">Another process has taken the cube over.</exception>
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

    /// <summary>What the process that works on a server's cube raises while it lives.</summary>
    public static long ReadHeartbeat(Database database)
    {
        using var connection = database.OpenInteractive();
        return connection.QuerySingle<long>(SelectHeartbeat.For(connection));
    }

    private CubeLeaseLostException LeaseLost() =>
        new($"Another aggregator has taken {Name} over; this one stops, so that no result is made twice. Started again, it stands by.");

    /// <summary>
    /// Marks what was handed to the bus. Should the mark be lost, the same versions are published once more, which harms no one.
    /// </summary>
    public void WritePublished(long publishedThrough)
    {
        using var connection = database.Open(durable: false);
        connection.Execute(SetPublished.For(connection), new { PublishedThrough = publishedThrough, Epoch = _epoch });
    }
}
