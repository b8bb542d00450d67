using System.Data.Common;
using Dapper;
using XilinIngest.Aggregator.Publishing;
using XilinIngest.Indicators;
using XilinIngest.Storage;

namespace XilinIngest.Aggregator.Cube;

/// <summary>The cube's statements.</summary>
internal sealed class CubeStore(Database database)
{
    private static readonly Column<(string Unit, Period Period, byte[] Data)>[] StandingColumns =
        [new("@Unit", row => row.Unit), new("@Period", row => row.Period.Number), new("@Data", row => row.Data)];

    private static readonly Column<Vintage>[] SaidColumns =
    [
        new("@Kind", vintage => vintage.Kind), new("@Unit", vintage => vintage.Unit), new("@Indicator", vintage => vintage.Indicator),
        new("@Period", vintage => vintage.Period), new("@Version", vintage => vintage.Version), new("@Id", vintage => vintage.Id),
        new("@Essence", vintage => vintage.Essence),
    ];

    private static readonly Column<Vintage>[] VintageColumns =
    [
        .. SaidColumns[..6], new("@PreviousId", vintage => vintage.PreviousId), new("@Event", vintage => vintage.Event),
        new("@Payload", vintage => vintage.Payload), new("@PublishedAt", vintage => vintage.PublishedAt),
    ];

    /// <summary>The cube's file.</summary>
    public string Path => database.Path;

    public DbConnection Open() => database.Open();

    public static CubePosition ReadPosition(DbConnection connection) => connection.QuerySingle<CubePosition>(
        "SELECT applied_through AS AppliedThrough, applied_hash AS AppliedHash, published_through AS PublishedThrough FROM cube_state WHERE id = 1");

    public static IEnumerable<(string Unit, Period Period, byte[] Data)> ReadStanding(DbConnection connection) => connection
        .Query<(string Unit, long Period, byte[] Data)>("SELECT unit, period, data FROM cube_standing ORDER BY unit, period", buffered: false)
        .Select(row => (row.Unit, Period.FromNumber((int)row.Period), row.Data));

    public static void WriteStanding(DbConnection connection, DbTransaction transaction, IEnumerable<(string Unit, Period Period, byte[] Data)> rows) => Rows.Write(
        connection,
        transaction,
        "INSERT INTO cube_standing (unit, period, data) VALUES (@Unit, @Period, @Data) ON CONFLICT (unit, period) DO UPDATE SET data = excluded.data",
        StandingColumns,
        rows);

    /// <summary>Forgets what stands, for what is written next.</summary>
    public static void ClearStanding(DbConnection connection, DbTransaction transaction) => connection.Execute("DELETE FROM cube_standing", transaction: transaction);

    /// <summary>Keeps the whole cube as it is in a file beside it.</summary>
    public string KeepCopy(DateTimeOffset now, long appliedThrough)
    {
        var copy = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(database.Path))!, FormattableString.Invariant($"cube-{now.UtcDateTime:yyyyMMdd-HHmmss}-through-{appliedThrough}.db"));

        // What a kill left half-written is in the way of the next try.
        File.Delete(copy);
        using var connection = Open();
        connection.Execute("VACUUM INTO @Copy", new { Copy = copy });
        return copy;
    }

    public static void WriteApplied(DbConnection connection, DbTransaction transaction, long appliedThrough, string? appliedHash) => connection.Execute(
        "UPDATE cube_state SET applied_through = @AppliedThrough, applied_hash = @AppliedHash WHERE id = 1",
        new { AppliedThrough = appliedThrough, AppliedHash = appliedHash }, transaction);

    /// <summary>Marks what was handed to the bus. Should the mark be lost, the same versions are published once more, which harms no one.</summary>
    public void WritePublished(long publishedThrough)
    {
        using var connection = database.Open(durable: false);
        connection.Execute("UPDATE cube_state SET published_through = @PublishedThrough WHERE id = 1", new { PublishedThrough = publishedThrough });
    }

    public static IEnumerable<SaidRow> ReadSaid(DbConnection connection) => connection.Query<SaidRow>(
        "SELECT kind, unit, indicator, period, version, vintage_id AS VintageId, essence FROM said", buffered: false);

    public static long ReadLastVintage(DbConnection connection) => connection.QuerySingle<long>("SELECT COALESCE(MAX(id), 0) FROM vintage");

    public static void WriteVintages(DbConnection connection, DbTransaction transaction, IReadOnlyCollection<Vintage> vintages)
    {
        Rows.Write(
            connection,
            transaction,
            """
            INSERT INTO vintage (id, kind, unit, indicator, period, version, previous_id, event, payload, published_at)
            VALUES (@Id, @Kind, @Unit, @Indicator, @Period, @Version, @PreviousId, @Event, @Payload, @PublishedAt)
            """,
            VintageColumns,
            vintages);
        Rows.Write(
            connection,
            transaction,
            """
            INSERT INTO said (period, kind, unit, indicator, version, vintage_id, essence)
            VALUES (@Period, @Kind, @Unit, @Indicator, @Version, @Id, @Essence)
            ON CONFLICT (period, kind, unit, indicator) DO UPDATE SET version = excluded.version, vintage_id = excluded.vintage_id, essence = excluded.essence
            """,
            SaidColumns,
            vintages);
    }

    /// <summary>Vintages after one, in order: what the feed resumes from and what a restart says again.</summary>
    public IReadOnlyList<Vintage> ReadVintagesAfter(long id, int limit)
    {
        using var connection = Open();
        return connection.Query<Vintage>(
            """
            SELECT id, kind, unit, indicator, period, version, event, payload, published_at AS PublishedAt
            FROM vintage WHERE id > @Id ORDER BY id LIMIT @Limit
            """,
            new { Id = id, Limit = limit }).AsList();
    }

    /// <summary>As <see cref="ReadVintagesAfter"/>, but only what was handed to the bus.</summary>
    public IReadOnlyList<Vintage> ReadPublishedAfter(long id, int limit)
    {
        using var connection = Open();
        return connection.Query<Vintage>(
            """
            SELECT id, kind, unit, indicator, period, version, event, payload, published_at AS PublishedAt
            FROM vintage WHERE id > @Id AND id <= (SELECT published_through FROM cube_state) ORDER BY id LIMIT @Limit
            """,
            new { Id = id, Limit = limit }).AsList();
    }

    /// <summary>When anything was last published: the time as of which what was said is judged.</summary>
    public static string? ReadLastPublishedAt(DbConnection connection) =>
        connection.QuerySingleOrDefault<string>("SELECT published_at FROM vintage ORDER BY id DESC LIMIT 1");

    /// <summary>The newest version of every result: what stands as published.</summary>
    public static IEnumerable<Vintage> ReadNewest(DbConnection connection) => connection.Query<Vintage>(
        """
        SELECT v.id, v.kind, v.unit, v.indicator, v.period, v.version, v.event, v.payload, v.published_at AS PublishedAt, s.essence
        FROM said s JOIN vintage v ON v.id = s.vintage_id
        ORDER BY v.id
        """,
        buffered: false);

    /// <summary>What stands as published of a unit and month, one of each indicator.</summary>
    public IReadOnlyList<Vintage> ReadNewestOf(string kind, string unit, int period)
    {
        using var connection = Open();
        return connection.Query<Vintage>(
            """
            SELECT v.id, v.kind, v.unit, v.indicator, v.period, v.version, v.event, v.payload, v.published_at AS PublishedAt
            FROM said s JOIN vintage v ON v.id = s.vintage_id
            WHERE s.kind = @Kind AND s.unit = @Unit AND s.period = @Period
            """,
            new { Kind = kind, Unit = unit, Period = period }).AsList();
    }

    /// <summary>The versions of one result as they were said, newest first.</summary>
    public IReadOnlyList<Vintage> ReadVersions(string kind, string unit, string indicator, int period, int? version, int limit)
    {
        using var connection = Open();
        return connection.Query<Vintage>(
            """
            WITH RECURSIVE back (id, version, steps) AS (
                SELECT vintage_id, version, 1 FROM said WHERE period = @Period AND kind = @Kind AND unit = @Unit AND indicator = @Indicator
                UNION ALL
                SELECT v.previous_id, back.version - 1, back.steps + 1
                FROM back JOIN vintage v ON v.id = back.id
                WHERE back.version > COALESCE(@Version, 1) AND (@Version IS NOT NULL OR back.steps < @Limit)
            )
            SELECT v.id, v.kind, v.unit, v.indicator, v.period, v.version, v.event, v.payload, v.published_at AS PublishedAt
            FROM back JOIN vintage v ON v.id = back.id
            WHERE @Version IS NULL OR back.version = @Version
            ORDER BY back.version DESC LIMIT @Limit
            """,
            new { Kind = kind, Unit = unit, Indicator = indicator, Period = period, Version = version, Limit = limit }).AsList();
    }

    /// <summary>The alert events of a unit or of all, newest first.</summary>
    public IReadOnlyList<Vintage> ReadAlertEvents(string? unit, int? year, int limit)
    {
        using var connection = Open();
        return connection.Query<Vintage>(
            """
            SELECT id, kind, unit, indicator, period, version, event, payload, published_at AS PublishedAt
            FROM vintage
            WHERE kind = 'alert' AND (@Unit IS NULL OR unit = @Unit) AND (@Year IS NULL OR period = @Year)
            ORDER BY id DESC LIMIT @Limit
            """,
            new { Unit = unit, Year = year, Limit = limit }).AsList();
    }
}

/// <summary>How far the cube has come.</summary>
internal sealed class CubePosition
{
    public long AppliedThrough { get; init; }

    /// <summary>The leaf hash of that row; null: not known.</summary>
    public string? AppliedHash { get; init; }
    public long PublishedThrough { get; init; }
}

/// <summary>What was last said of one result.</summary>
internal sealed class SaidRow
{
    public string Kind { get; init; } = "";
    public string Unit { get; init; } = "";
    public string Indicator { get; init; } = "";
    public long Period { get; init; }
    public long Version { get; init; }
    public long VintageId { get; init; }
    public string Essence { get; init; } = "";
}
