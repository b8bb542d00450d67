using System.Globalization;
using System.Text.Json;
using XilinIngest.Aggregator.Publishing;
using XilinIngest.Aggregator.Releases;
using XilinIngest.Aggregator.Report;
using XilinIngest.Aggregator.RollUps;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Storage;

namespace XilinIngest.Aggregator.Cube;

/// <summary>The cube's SQL statements and tables.</summary>
internal static class CubeStatements
{
    private const string ColumnsBeforeText = "p.id, p.kind, p.unit, p.indicator, p.period, p.previous_id AS PreviousId, p.event";
    private const string Columns = $"{ColumnsBeforeText}, p.payload, p.published_at AS PublishedAt";
    private const string FromNewest =
        "p.published_at AS PublishedAt FROM newest_publication n JOIN publication p ON p.id = n.id ORDER BY p.id";

    // SQL Server receives a text parameter in UTF-16. Without the cast it would convert the whole column for the comparison, and could use
    // no index.
    private const string Unit = "CAST(@Unit AS varchar(100))";
    private const string Chain =
        """
        back (id, steps) AS (
            SELECT CAST(@Id AS bigint), CAST(1 AS bigint)
            UNION ALL
            SELECT p.previous_id, back.steps + 1
            FROM back JOIN publication p ON p.id = back.id
            WHERE p.previous_id IS NOT NULL AND back.steps < @Limit
        )
        """;

    private const string FromChain = "FROM back JOIN publication p ON p.id = back.id ORDER BY p.id DESC";
    private const string AlertEvents =
        $"FROM publication p WHERE p.kind = 'alert' AND (@Unit IS NULL OR p.unit = {Unit}) AND (@Year IS NULL OR p.period = @Year) "
        + "ORDER BY p.id DESC";

    private const string TextColumns =
        "t.period, t.unit, t.section, t.language, t.version, t.edited_text AS EditedText, t.computed, t.replaced, t.editor, "
        + "t.edited_at AS EditedAt";

    private const string MonthChangeColumns =
        "sequence, period, transition, taken_at AS TakenAt, open_until AS OpenUntil, sender, reason";

    private const string ReviewColumns =
        "sequence, reviewed_row AS ReviewedRow, unit, period, decision, taken_at AS TakenAt, sender, reason";

    private const string RollUpColumns = "sender, unit, indicator, year, data";

    // The indexes have the rows with a revision alone, which the second condition tells the engine.
    private const string Changed = "revision > @Revision AND revision > 0";

    // SQL Server writes the limit before the columns, the others after the order.
    private const string LimitClause = " LIMIT @Limit";
    private const string TopClause = "SELECT TOP (@Limit)";

    internal static readonly BulkTable<(string Unit, Period Period, byte[] Data, long Revision)> EffectiveTable = new(
        "cube_effective_month", 2,
        new("unit", ColumnType.Code, row => row.Unit),
        new("period", ColumnType.Number, row => row.Period.Number),
        new("data", ColumnType.Bytes, row => row.Data),
        new("revision", ColumnType.Number, row => row.Revision));

    internal static readonly BulkTable<Publication> PublicationTable = new(
        "publication", 1,
        new("id", ColumnType.Number, publication => publication.Id),
        new("kind", ColumnType.Code, publication => publication.Kind),
        new("unit", ColumnType.Code, publication => publication.Unit),
        new("indicator", ColumnType.Code, publication => publication.Indicator),
        new("period", ColumnType.Number, publication => publication.Period),
        new("previous_id", ColumnType.Number, publication => publication.PreviousId),
        new("event", ColumnType.Code, publication => publication.Event),
        new("payload", ColumnType.Utf8Text, publication => publication.Json),
        new("published_at", ColumnType.Code, publication => publication.PublishedAt))
    {
        HasLargeDocuments = true,
    };

    internal static readonly BulkTable<(MonthStateChange Row, long Revision)> MonthChangeTable = new(
        "cube_month_change", 1,
        new("sequence", ColumnType.Number, each => each.Row.Sequence),
        new("period", ColumnType.Number, each => each.Row.Period.Number),
        new("transition", ColumnType.Code, each => each.Row.Action.ToWireName()),
        new("taken_at", ColumnType.Code, each => each.Row.At.ToString("O", CultureInfo.InvariantCulture)),
        new("open_until", ColumnType.Code, each => each.Row.Until?.ToString("O", CultureInfo.InvariantCulture)),
        new("sender", ColumnType.Text, each => each.Row.By),
        new("reason", ColumnType.Text, each => each.Row.Reason),
        new("revision", ColumnType.Number, each => each.Revision));

    internal static readonly BulkTable<ReleasedMonth> ReleaseTable = new(
        "month_release", 2,
        new("period", ColumnType.Number, release => release.Period.Number),
        new("number", ColumnType.Number, release => release.Number),
        new("released_at", ColumnType.Code, release => release.ReleasedAt.ToString("O", CultureInfo.InvariantCulture)),
        new("ledger_through", ColumnType.Number, release => release.LedgerThrough),
        new("ledger_hash", ColumnType.Code, release => release.LedgerHash),
        new("month_row", ColumnType.Number, release => release.MonthRow),
        new("publications", ColumnType.Number, release => release.Publications),
        new("checkpoint_size", ColumnType.Number, release => release.Checkpoint?.TreeSize),
        new("checkpoint_root", ColumnType.Code, release => release.Checkpoint?.Root),
        new("checkpoint_time", ColumnType.Code, release => release.Checkpoint?.Time.ToString("O", CultureInfo.InvariantCulture)),
        new("checkpoint_origin", ColumnType.Text, release => release.Checkpoint?.Origin),
        new("checkpoint_signature", ColumnType.Text,
            release => release.Checkpoint is { } signed ? string.Join('\n', signed.Signatures) : null));

    internal static readonly BulkTable<(Period Period, int Number, long Publication)> ReleasedPublicationTable = new(
        "month_release_publication", 3,
        new("period", ColumnType.Number, row => row.Period.Number),
        new("number", ColumnType.Number, row => row.Number),
        new("publication", ColumnType.Number, row => row.Publication));

    internal static readonly BulkTable<EditedText> ReportTextTable = new(
        "report_text", 5,
        new("period", ColumnType.Number, text => text.Key.Period.Number),
        new("unit", ColumnType.Code, text => text.Key.Unit),
        new("section", ColumnType.Text, text => text.Key.Section),
        new("language", ColumnType.Code, text => text.Key.Language),
        new("version", ColumnType.Number, text => text.Version),
        new("edited_text", ColumnType.Text, text => text.Text),
        new("computed", ColumnType.Text, text => text.Computed),
        new("replaced", ColumnType.Text, text => text.Replaced),
        new("editor", ColumnType.Text, text => text.EditedBy),
        new("edited_at", ColumnType.Code, text => text.EditedAt.ToString("O", CultureInfo.InvariantCulture)));

    internal static readonly BulkTable<(ReportReview Row, long Revision)> ReviewTable = new(
        "cube_review", 1,
        new("sequence", ColumnType.Number, each => each.Row.Sequence),
        new("reviewed_row", ColumnType.Number, each => each.Row.Row),
        new("unit", ColumnType.Code, each => each.Row.Unit.Value),
        new("period", ColumnType.Number, each => each.Row.Period.Number),
        new("decision", ColumnType.Code, each => each.Row.Action.ToWireName()),
        new("taken_at", ColumnType.Code, each => each.Row.At.ToString("O", CultureInfo.InvariantCulture)),
        new("sender", ColumnType.Text, each => each.Row.By),
        new("reason", ColumnType.Text, each => each.Row.Reason),
        new("revision", ColumnType.Number, each => each.Revision));

    internal static readonly BulkTable<(string From, NodeSums Sums, long Revision)> RollUpTable = new(
        "cube_roll_up", 4,
        new("sender", ColumnType.Code, row => row.From),
        new("unit", ColumnType.Code, row => row.Sums.Unit.Value),
        new("indicator", ColumnType.Code, row => row.Sums.Indicator.Value),
        new("year", ColumnType.Number, row => (long)row.Sums.Year),
        new("data", ColumnType.Bytes, row => JsonSerializer.SerializeToUtf8Bytes(
            MonthSumsBody.Of(row.Sums.Sums), RollUpJson.Default.IReadOnlyListMonthSumsBody)),
        new("revision", ColumnType.Number, row => row.Revision));

    internal static readonly BulkTable<(RollUpSender Row, long Revision)> RollUpSenderTable = new(
        "cube_roll_up_sender", 1,
        new("sender", ColumnType.Code, each => each.Row.From),
        new("data", ColumnType.Bytes, each => JsonSerializer.SerializeToUtf8Bytes(each.Row, RollUpJson.Default.RollUpSender)),
        new("revision", ColumnType.Number, each => each.Revision));

    internal static readonly BulkTable<long> NewestTable = new(
        "newest_publication", 1, new BulkColumn<long>("id", ColumnType.Number, id => id));

    internal static readonly SqlStatement
        Position = new(
            "SELECT applied_through AS AppliedThrough, applied_hash AS AppliedHash, published_through AS PublishedThrough, epoch, "
            + "revision, replaced_revision AS ReplacedRevision FROM cube_state WHERE id = 1"),
        IncrementHeartbeat = new("UPDATE cube_state SET heartbeat = heartbeat + 1 WHERE id = 1 AND epoch = @Epoch"),
        SelectHeartbeat = new("SELECT heartbeat FROM cube_state WHERE id = 1"),
        RaiseEpoch = new("UPDATE cube_state SET epoch = epoch + 1 WHERE id = 1"),
        RaiseOwnEpoch = new("UPDATE cube_state SET epoch = @Renewed WHERE id = 1 AND epoch = @Epoch"),
        ChangedRollUps = new($"SELECT {RollUpColumns} FROM cube_roll_up WHERE {Changed}"),
        ChangedRollUpSenders = new($"SELECT sender, data FROM cube_roll_up_sender WHERE {Changed}"),
        DeleteRollUps = new("DELETE FROM cube_roll_up"),
        DeleteRollUpSenders = new("DELETE FROM cube_roll_up_sender"),
        AllRollUps = new($"SELECT {RollUpColumns} FROM cube_roll_up ORDER BY sender, unit, indicator, year"),
        AllRollUpSenders = new("SELECT sender, data FROM cube_roll_up_sender ORDER BY sender"),
        SetApplied = new(
            "UPDATE cube_state SET applied_through = @AppliedThrough, applied_hash = @AppliedHash, revision = @Revision, "
            + "replaced_revision = @ReplacedRevision WHERE id = 1 AND epoch = @Epoch"),
        SetPublished = new("UPDATE cube_state SET published_through = @PublishedThrough WHERE id = 1 AND epoch = @Epoch"),
        AllEffective = new("SELECT unit, period, data FROM cube_effective_month ORDER BY unit, period"),
        DeleteEffective = new("DELETE FROM cube_effective_month"),
        ChangedEffective = new(
            $"SELECT unit, period, data FROM cube_effective_month WHERE {Changed} ORDER BY unit, period"),
        AllMonthChanges = new($"SELECT {MonthChangeColumns} FROM cube_month_change ORDER BY sequence"),
        ChangedMonthChanges = new($"SELECT {MonthChangeColumns} FROM cube_month_change WHERE {Changed} ORDER BY sequence"),
        AllReleases = new(
            "SELECT period, number, released_at AS ReleasedAt, ledger_through AS LedgerThrough, ledger_hash AS LedgerHash, "
            + "month_row AS MonthRow, publications, checkpoint_size AS CheckpointSize, checkpoint_root AS CheckpointRoot, "
            + "checkpoint_time AS CheckpointTime, checkpoint_origin AS CheckpointOrigin, checkpoint_signature AS CheckpointSignature "
            + "FROM month_release ORDER BY period, number"),
        ReleasedPublications = new(
            $"SELECT {Columns} FROM month_release_publication r JOIN publication p ON p.id = r.publication "
            + "WHERE r.period = @Month AND r.number = @Number ORDER BY p.id"),
        AllReleaseCount = new("SELECT COUNT(*) FROM month_release"),
        ReleaseCount = new("SELECT COUNT(*) FROM month_release WHERE period = @Month"),
        NewestReportTexts = new(
            $"SELECT {TextColumns} FROM report_text t WHERE t.period = @Month AND t.unit = {Unit} AND t.version = (SELECT MAX(o.version) "
            + "FROM report_text o WHERE o.period = t.period AND o.unit = t.unit AND o.section = t.section AND o.language = t.language) "
            + "ORDER BY t.section, t.language"),
        AllReportTexts = new(
            $"SELECT {TextColumns} FROM report_text t WHERE t.period = @Month AND t.unit = {Unit} "
            + "ORDER BY t.section, t.language, t.version DESC"),
        EveryReportText = new($"SELECT {TextColumns} FROM report_text t ORDER BY t.period, t.unit, t.section, t.language, t.version"),
        ReleasedReportTexts = new(
            $"SELECT {TextColumns} FROM month_release_text r JOIN report_text t ON t.period = r.period AND t.unit = r.unit "
            + "AND t.section = r.section AND t.language = r.language AND t.version = r.version "
            + $"WHERE r.period = @Month AND r.number = @Number AND r.unit = {Unit} ORDER BY t.section, t.language"),
        AddReleasedTexts = new(
            "INSERT INTO month_release_text (period, number, unit, section, language, version) "
            + "SELECT t.period, @Number, t.unit, t.section, t.language, MAX(t.version) FROM report_text t WHERE t.period = @Month "
            + "GROUP BY t.period, t.unit, t.section, t.language"),
        DeleteMonthChanges = new("DELETE FROM cube_month_change"),
        AllReviews = new($"SELECT {ReviewColumns} FROM cube_review ORDER BY sequence"),
        ChangedReviews = new($"SELECT {ReviewColumns} FROM cube_review WHERE {Changed} ORDER BY sequence"),
        DeleteReviews = new("DELETE FROM cube_review"),
        CopyFile = new("VACUUM INTO @Copy"),
        LastPublication = new("SELECT COALESCE(MAX(id), 0) FROM publication"),
        LastPublicationWithTime = new(
            "SELECT id, published_at AS PublishedAt FROM publication WHERE id = (SELECT MAX(id) FROM publication)"),
        PublicationsFrom = new($"SELECT {Columns} FROM publication p WHERE p.id >= @Id ORDER BY p.id{LimitClause}")
        {
            SqlServer = $"{TopClause} {Columns} FROM publication p WHERE p.id >= @Id ORDER BY p.id"
        },
        PublicationsAfter = new($"SELECT {Columns} FROM publication p WHERE p.id > @Id ORDER BY p.id{LimitClause}")
        {
            SqlServer = $"{TopClause} {Columns} FROM publication p WHERE p.id > @Id ORDER BY p.id"
        },
        PublishedAfter =
        new($"SELECT {Columns} FROM publication p WHERE p.id > @Id AND p.id <= (SELECT published_through FROM cube_state) ORDER BY "
            + $"p.id{LimitClause}")
        {
            SqlServer = $"{TopClause} {Columns} FROM publication p WHERE p.id > @Id AND p.id <= (SELECT published_through FROM "
                + "cube_state) ORDER BY p.id",
        },
        LastPublishedAt = new("SELECT published_at FROM publication WHERE id = (SELECT MAX(id) FROM publication)"),

        // A start reads all of them. Their texts come as the bytes that are stored, where the database has them in UTF-8.
        Newest = new($"SELECT {ColumnsBeforeText}, CAST(p.payload AS BLOB) AS Json, {FromNewest}")
        {
            PostgreSql = $"SELECT {ColumnsBeforeText}, convert_to(p.payload, 'UTF8') AS Json, {FromNewest}",
            SqlServer = $"SELECT {ColumnsBeforeText}, p.payload, {FromNewest}",
        },
        ChainFrom = new($"WITH RECURSIVE {Chain} SELECT {Columns} {FromChain}")
        {
            SqlServer = $"WITH {Chain} SELECT {Columns} {FromChain} OPTION (MAXRECURSION 0)",
        },
        AlertEventsFrom = new($"SELECT {Columns} FROM publication p WHERE p.kind = 'alert' AND p.id >= @Id ORDER BY p.id{LimitClause}")
        {
            SqlServer = $"{TopClause} {Columns} FROM publication p WHERE p.kind = 'alert' AND p.id >= @Id ORDER BY p.id"
        },
        AlertEventsOf = new($"SELECT {Columns} {AlertEvents}{LimitClause}") { SqlServer = $"{TopClause} {Columns} {AlertEvents}" };
}
