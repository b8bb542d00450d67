using System.Data.Common;
using Dapper;
using XilinIngest.Aggregator.Publishing;
using XilinIngest.Indicators;
using XilinIngest.InputOutput;
using XilinIngest.Storage;

namespace XilinIngest.Aggregator.Cube;

/// <summary>The cube's statements.</summary>
internal sealed class CubeStore(Database database)
{
    private const string Columns = "v.id, v.kind, v.unit, v.indicator, v.period, v.version, v.event, v.payload, v.published_at AS PublishedAt";

    // A text is sent to SQL Server with two bytes a character: compared as it comes, it would have every row of the column made into such, and no index would help.
    private const string Kind = "CAST(@Kind AS varchar(100))";
    private const string Unit = "CAST(@Unit AS varchar(100))";
    private const string Versions =
        $"""
        back (id, version, steps) AS (
            SELECT vintage_id, version, CAST(1 AS bigint) FROM published_result
            WHERE period = @Period AND kind = {Kind} AND unit = {Unit} AND indicator = CAST(@Indicator AS varchar(100))
            UNION ALL
            SELECT v.previous_id, back.version - 1, back.steps + 1
            FROM back JOIN vintage v ON v.id = back.id
            WHERE back.version > COALESCE(@Version, 1) AND (@Version IS NOT NULL OR back.steps < @Limit)
        )
        """;

    private const string FromVersions = "FROM back JOIN vintage v ON v.id = back.id WHERE @Version IS NULL OR back.version = @Version ORDER BY back.version DESC";
    private const string AlertEvents = $"FROM vintage v WHERE v.kind = 'alert' AND (@Unit IS NULL OR v.unit = {Unit}) AND (@Year IS NULL OR v.period = @Year) ORDER BY v.id DESC";

    // SQL Server limits before the columns, the others after the order.
    private const string LimitClause = " LIMIT @Limit";
    private const string TopClause = "SELECT TOP (@Limit)";

    internal static readonly BulkTable<(string Unit, Period Period, byte[] Data)> EffectiveTable = EffectiveMonthTable.Create("cube_effective_month");

    internal static readonly BulkTable<Vintage> PublishedTable = new(
        "published_result", 4,
        new("period", ColumnType.Number, vintage => vintage.Period),
        new("kind", ColumnType.Code, vintage => vintage.Kind),
        new("unit", ColumnType.Code, vintage => vintage.Unit),
        new("indicator", ColumnType.Code, vintage => vintage.Indicator),
        new("version", ColumnType.Number, vintage => vintage.Version),
        new("vintage_id", ColumnType.Number, vintage => vintage.Id),
        new("fingerprint", ColumnType.Text, vintage => vintage.Fingerprint));

    internal static readonly BulkTable<Vintage> VintageTable = new(
        "vintage", 1,
        new("id", ColumnType.Number, vintage => vintage.Id),
        new("kind", ColumnType.Code, vintage => vintage.Kind),
        new("unit", ColumnType.Code, vintage => vintage.Unit),
        new("indicator", ColumnType.Code, vintage => vintage.Indicator),
        new("period", ColumnType.Number, vintage => vintage.Period),
        new("version", ColumnType.Number, vintage => vintage.Version),
        new("previous_id", ColumnType.Number, vintage => vintage.PreviousId),
        new("event", ColumnType.Code, vintage => vintage.Event),
        new("payload", ColumnType.Text, vintage => vintage.Payload),
        new("published_at", ColumnType.Code, vintage => vintage.PublishedAt))
    {
        HasLargeDocuments = true,
    };

    internal static readonly SqlStatement
        Position = new("SELECT applied_through AS AppliedThrough, applied_hash AS AppliedHash, published_through AS PublishedThrough, epoch FROM cube_state WHERE id = 1"),
        IncrementHeartbeat = new("UPDATE cube_state SET heartbeat = heartbeat + 1 WHERE id = 1 AND epoch = @Epoch"),
        SelectHeartbeat = new("SELECT heartbeat FROM cube_state WHERE id = 1"),
        RaiseEpoch = new("UPDATE cube_state SET epoch = epoch + 1 WHERE id = 1"),
        SetApplied = new("UPDATE cube_state SET applied_through = @AppliedThrough, applied_hash = @AppliedHash WHERE id = 1 AND epoch = @Epoch"),
        SetPublished = new("UPDATE cube_state SET published_through = @PublishedThrough WHERE id = 1 AND epoch = @Epoch"),
        AllEffective = new("SELECT unit, period, data FROM cube_effective_month ORDER BY unit, period"),
        DeleteEffective = new("DELETE FROM cube_effective_month"),
        CopyFile = new("VACUUM INTO @Copy"),
        LastPublished = new("SELECT kind, unit, indicator, period, version, vintage_id AS VintageId, fingerprint FROM published_result"),
        LastVintage = new("SELECT COALESCE(MAX(id), 0) FROM vintage"),
        VintagesAfter = new($"SELECT {Columns} FROM vintage v WHERE v.id > @Id ORDER BY v.id{LimitClause}") { SqlServer = $"{TopClause} {Columns} FROM vintage v WHERE v.id > @Id ORDER BY v.id" },
        PublishedAfter = new($"SELECT {Columns} FROM vintage v WHERE v.id > @Id AND v.id <= (SELECT published_through FROM cube_state) ORDER BY v.id{LimitClause}")
        {
            SqlServer = $"{TopClause} {Columns} FROM vintage v WHERE v.id > @Id AND v.id <= (SELECT published_through FROM cube_state) ORDER BY v.id",
        },
        LastPublishedAt = new("SELECT published_at FROM vintage WHERE id = (SELECT MAX(id) FROM vintage)"),
        Newest = new($"SELECT {Columns}, s.fingerprint FROM published_result s JOIN vintage v ON v.id = s.vintage_id ORDER BY v.id"),
        NewestOf = new($"SELECT {Columns} FROM published_result s JOIN vintage v ON v.id = s.vintage_id WHERE s.kind = {Kind} AND s.unit = {Unit} AND s.period = @Period"),
        VersionsOf = new($"WITH RECURSIVE {Versions} SELECT {Columns} {FromVersions}{LimitClause}")
        {
            SqlServer = $"WITH {Versions} {TopClause} {Columns} {FromVersions} OPTION (MAXRECURSION 0)",
        },
        Alerts = new($"SELECT {Columns} {AlertEvents}{LimitClause}") { SqlServer = $"{TopClause} {Columns} {AlertEvents}" };

    private static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(2);

    private long _epoch;
    private long _heartbeatAt;

    /// <summary>What the cube is called: a file's path, or server and database.</summary>
    public string Name => database.Name;

    public DbConnection Open() => database.Open();

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
            ?? throw new DamagedDataException("The cube's position (table cube_state) has lost its row. Restore the cube from a backup, or make it anew.");

    public static IEnumerable<(string Unit, Period Period, byte[] Data)> ReadEffective(DbConnection connection, DbTransaction? transaction = null) => connection
        .Query<(string Unit, long Period, byte[] Data)>(AllEffective.For(connection), transaction: transaction, buffered: false)
        .Select(row => (row.Unit, Period.FromNumber((int)row.Period), row.Data));

    public static void WriteEffective(DbConnection connection, DbTransaction transaction, IEnumerable<(string Unit, Period Period, byte[] Data)> rows) =>
        EffectiveTable.Write(connection, transaction, WriteMode.Upsert, rows);

    /// <summary>Forgets what stands, for what is written next.</summary>
    public static void ClearEffective(DbConnection connection, DbTransaction transaction) => connection.Execute(DeleteEffective.For(connection), transaction: transaction);

    /// <summary>Keeps the whole cube as it is in a file beside it; null: it is on a server, whose backups keep it, and what was said stays in it anyway.</summary>
    public string? CreateBackup(DateTimeOffset now, long appliedThrough)
    {
        if (database.Provider != StorageProvider.Sqlite)
        {
            return null;
        }

        var copy = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(database.Name))!, FormattableString.Invariant($"cube-{now.UtcDateTime:yyyyMMdd-HHmmss}-through-{appliedThrough}.db"));

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
        if (connection.Execute(SetApplied.For(connection), new { AppliedThrough = appliedThrough, AppliedHash = appliedHash, Epoch = _epoch }, transaction) == 0)
        {
            throw LeaseLost();
        }
    }

    /// <summary>Whether it is time for <see cref="EnsureHeld"/> to leave a sign, also between steps that write: on a server. A file's lock carries the sign itself.</summary>
    public bool IsHeartbeatDue => database.Provider != StorageProvider.Sqlite && TimeProvider.System.GetElapsedTime(_heartbeatAt) >= HeartbeatInterval;

    /// <summary>
    /// Looks whether the cube is there and still this process's: one that has lost it would answer on with what it knows, older by the minute.
    /// Every few seconds the look is a sign of life for whoever stands by.
    /// </summary>
    /// <exception cref="CubeLeaseLostException">Another process has taken the cube over.</exception>
    public void EnsureHeld()
    {
        var showsSign = IsHeartbeatDue;
        using var connection = database.Open(durable: !showsSign);
        var isHeld = showsSign ? connection.Execute(IncrementHeartbeat.For(connection), new { Epoch = _epoch }) > 0 : ReadPosition(connection).Epoch == _epoch;
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

    private CubeLeaseLostException LeaseLost() => new($"Another aggregator has taken {Name} over; this one stops, so that no result is made twice. Started again, it stands by.");

    /// <summary>Marks what was handed to the bus. Should the mark be lost, the same versions are published once more, which harms no one.</summary>
    public void WritePublished(long publishedThrough)
    {
        using var connection = database.Open(durable: false);
        connection.Execute(SetPublished.For(connection), new { PublishedThrough = publishedThrough, Epoch = _epoch });
    }

    public static IEnumerable<PublishedResultRow> ReadPublishedResults(DbConnection connection) => connection.Query<PublishedResultRow>(LastPublished.For(connection), buffered: false);

    public static long ReadLastVintage(DbConnection connection, DbTransaction? transaction = null) => connection.QuerySingle<long>(LastVintage.For(connection), transaction: transaction);

    public static void WriteVintages(DbConnection connection, DbTransaction transaction, IReadOnlyCollection<Vintage> vintages)
    {
        VintageTable.Write(connection, transaction, WriteMode.Insert, vintages);
        PublishedTable.Write(connection, transaction, WriteMode.Upsert, vintages);
    }

    /// <summary>Vintages after one, in order: what the feed resumes from and what a restart says again.</summary>
    public IReadOnlyList<Vintage> ReadVintagesAfter(long id, int limit)
    {
        using var connection = Open();
        return connection.Query<Vintage>(VintagesAfter.For(connection), new { Id = id, Limit = limit }).AsList();
    }

    /// <summary>As <see cref="ReadVintagesAfter"/>, but only what was handed to the bus.</summary>
    public IReadOnlyList<Vintage> ReadPublishedAfter(long id, int limit)
    {
        using var connection = OpenInteractive();
        return connection.Query<Vintage>(PublishedAfter.For(connection), new { Id = id, Limit = limit }).AsList();
    }

    /// <summary>When anything was last published: the time as of which what was said is judged.</summary>
    public static string? ReadLastPublishedAt(DbConnection connection, DbTransaction? transaction = null) =>
        connection.QuerySingleOrDefault<string>(LastPublishedAt.For(connection), transaction: transaction);

    /// <summary>The newest version of every result: what stands as published.</summary>
    public static IEnumerable<Vintage> ReadNewest(DbConnection connection, DbTransaction? transaction = null) =>
        connection.Query<Vintage>(Newest.For(connection), transaction: transaction, buffered: false);

    /// <summary>What stands as published of a unit and month, one of each indicator.</summary>
    public IReadOnlyList<Vintage> ReadNewestOf(string kind, string unit, int period)
    {
        using var connection = OpenInteractive();
        return connection.Query<Vintage>(NewestOf.For(connection), new { Kind = kind, Unit = unit, Period = period }).AsList();
    }

    /// <summary>The versions of one result as they were said, newest first.</summary>
    public IReadOnlyList<Vintage> ReadVersions(string kind, string unit, string indicator, int period, int? version, int limit)
    {
        using var connection = OpenInteractive();
        return connection.Query<Vintage>(
            VersionsOf.For(connection), new { Kind = kind, Unit = unit, Indicator = indicator, Period = period, Version = version, Limit = limit }).AsList();
    }

    /// <summary>The alert events of a unit or of all, newest first.</summary>
    public IReadOnlyList<Vintage> ReadAlertEvents(string? unit, int? year, int limit)
    {
        using var connection = OpenInteractive();
        return connection.Query<Vintage>(Alerts.For(connection), new { Unit = unit, Year = year, Limit = limit }).AsList();
    }
}

/// <summary>Another process works on the cube now.</summary>
internal sealed class CubeLeaseLostException(string message) : Exception(message);

/// <summary>How far the cube has come.</summary>
internal sealed class CubePosition
{
    public long AppliedThrough { get; init; }

    /// <summary>The leaf hash of that row; null: not known.</summary>
    public string? AppliedHash { get; init; }
    public long PublishedThrough { get; init; }

    /// <summary>How often the cube has been taken over.</summary>
    public long Epoch { get; init; }
}

/// <summary>What was last said of one result.</summary>
internal sealed class PublishedResultRow
{
    public string Kind { get; init; } = "";
    public string Unit { get; init; } = "";
    public string Indicator { get; init; } = "";
    public long Period { get; init; }
    public long Version { get; init; }
    public long VintageId { get; init; }
    public string Fingerprint { get; init; } = "";
}
