using XilinIngest.Aggregator.Publishing;
using XilinIngest.Indicators;
using XilinIngest.Storage;

namespace XilinIngest.Aggregator.Cube;

/// <summary>The cube's SQL statements and tables.</summary>
internal static class CubeStatements
{
    private const string Columns =
        "v.id, v.kind, v.unit, v.indicator, v.period, v.version, v.event, v.payload, v.published_at AS PublishedAt";

    // SQL Server receives a text parameter in UTF-16. Without the cast it would convert the whole column for the comparison, and could use
    // no index.
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

    private const string FromVersions =
        "FROM back JOIN vintage v ON v.id = back.id WHERE @Version IS NULL OR back.version = @Version ORDER BY back.version DESC";
    private const string AlertEvents =
        $"FROM vintage v WHERE v.kind = 'alert' AND (@Unit IS NULL OR v.unit = {Unit}) AND (@Year IS NULL OR v.period = @Year) ORDER "
        + "BY v.id DESC";

    // SQL Server writes the limit before the columns, the others after the order.
    private const string LimitClause = " LIMIT @Limit";
    private const string TopClause = "SELECT TOP (@Limit)";

    internal static readonly BulkTable<(string Unit, Period Period, byte[] Data)> EffectiveTable =
        EffectiveMonthTable.Create("cube_effective_month");

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
        new("payload", ColumnType.Utf8Text, vintage => vintage.Json),
        new("published_at", ColumnType.Code, vintage => vintage.PublishedAt))
    {
        HasLargeDocuments = true,
    };

    internal static readonly SqlStatement
        Position = new(
            "SELECT applied_through AS AppliedThrough, applied_hash AS AppliedHash, published_through AS PublishedThrough, epoch FROM "
            + "cube_state WHERE id = 1"),
        IncrementHeartbeat = new("UPDATE cube_state SET heartbeat = heartbeat + 1 WHERE id = 1 AND epoch = @Epoch"),
        SelectHeartbeat = new("SELECT heartbeat FROM cube_state WHERE id = 1"),
        RaiseEpoch = new("UPDATE cube_state SET epoch = epoch + 1 WHERE id = 1"),
        SetApplied = new(
            "UPDATE cube_state SET applied_through = @AppliedThrough, applied_hash = @AppliedHash WHERE id = 1 AND epoch = @Epoch"),
        SetPublished = new("UPDATE cube_state SET published_through = @PublishedThrough WHERE id = 1 AND epoch = @Epoch"),
        AllEffective = new("SELECT unit, period, data FROM cube_effective_month ORDER BY unit, period"),
        DeleteEffective = new("DELETE FROM cube_effective_month"),
        CopyFile = new("VACUUM INTO @Copy"),
        LastPublished = new("SELECT kind, unit, indicator, period, version, vintage_id AS VintageId, fingerprint FROM published_result"),
        LastVintage = new("SELECT COALESCE(MAX(id), 0) FROM vintage"),
        VintagesAfter = new($"SELECT {Columns} FROM vintage v WHERE v.id > @Id ORDER BY v.id{LimitClause}")
        {
            SqlServer = $"{TopClause} {Columns} FROM vintage v WHERE v.id > @Id ORDER BY v.id"
        },
        PublishedAfter =
        new($"SELECT {Columns} FROM vintage v WHERE v.id > @Id AND v.id <= (SELECT published_through FROM cube_state) ORDER BY "
            + $"v.id{LimitClause}")
        {
            SqlServer = $"{TopClause} {Columns} FROM vintage v WHERE v.id > @Id AND v.id <= (SELECT published_through FROM cube_state) "
                + "ORDER BY v.id",
        },
        LastPublishedAt = new("SELECT published_at FROM vintage WHERE id = (SELECT MAX(id) FROM vintage)"),
        Newest = new($"SELECT {Columns}, s.fingerprint FROM published_result s JOIN vintage v ON v.id = s.vintage_id ORDER BY v.id"),
        VersionsOf = new($"WITH RECURSIVE {Versions} SELECT {Columns} {FromVersions}{LimitClause}")
        {
            SqlServer = $"WITH {Versions} {TopClause} {Columns} {FromVersions} OPTION (MAXRECURSION 0)",
        },
        AlertEventsOf = new($"SELECT {Columns} {AlertEvents}{LimitClause}") { SqlServer = $"{TopClause} {Columns} {AlertEvents}" };
}
