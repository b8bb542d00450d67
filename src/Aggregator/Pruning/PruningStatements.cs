using XilinIngest.Storage;

namespace XilinIngest.Aggregator.Pruning;

/// <summary>The SQL statements by which old versions are found and pruned, and the runs recorded.</summary>
internal static class PruningStatements
{
    private const string Columns = "p.id, p.kind, p.unit, p.indicator, p.period, p.previous_id AS PreviousId, p.event, p.payload, "
        + "p.published_at AS PublishedAt";

    // A version that another has replaced is never the newest again, and no later release names it.
    private const string Prunable =
        "FROM publication p WHERE p.published_at < CAST(@OlderThan AS varchar(100)) "
        + "AND p.event IN ('TotalsPublished', 'RankingPublished') "
        + "AND p.id <= (SELECT published_through FROM cube_state WHERE id = 1) "
        + "AND NOT EXISTS (SELECT 1 FROM newest_publication n WHERE n.id = p.id) "
        + "AND NOT EXISTS (SELECT 1 FROM month_release_publication r WHERE r.publication = p.id)";

    private const string Page = $"{Prunable} AND p.id > @After ORDER BY p.id";

    private const string Group = "p.period / 100 AS PeriodYear, p.kind, COUNT(*) AS Versions";
    private const string Groups = $"{Prunable} GROUP BY p.period / 100, p.kind ORDER BY p.period / 100, p.kind DESC";

    internal static readonly SqlStatement
        CountPrunable = new($"SELECT {Group}, SUM(octet_length(p.payload)) AS Bytes {Groups}")
        {
            PostgreSql = $"SELECT {Group}, SUM(pg_column_size(p.payload)) AS Bytes {Groups}",
            SqlServer = $"SELECT {Group}, SUM(DATALENGTH(p.payload)) AS Bytes {Groups}",
        },
        PrunablePage = new($"SELECT {Columns} {Page} LIMIT @Limit") { SqlServer = $"SELECT TOP (@Limit) {Columns} {Page}" },

        // The conditions again: nothing else may ever lose its figures.
        Prune = new(
            "UPDATE publication SET event = @Event, payload = @Payload WHERE id = @Id AND event = CAST(@Former AS varchar(100)) "
            + "AND NOT EXISTS (SELECT 1 FROM newest_publication n WHERE n.id = publication.id) "
            + "AND NOT EXISTS (SELECT 1 FROM month_release_publication r WHERE r.publication = publication.id)"),
        LastRun = new("SELECT COALESCE(MAX(number), 0) FROM pruning"),
        InsertRun = new(
            "INSERT INTO pruning (number, started_at, ended_at, older_than, made_by, through, totals, rankings, bytes) "
            + "VALUES (@Number, @StartedAt, NULL, @OlderThan, @MadeBy, 0, 0, 0, 0)"),
        AddToRun = new(
            "UPDATE pruning SET through = @Through, totals = totals + @Totals, rankings = rankings + @Rankings, bytes = bytes + @Bytes "
            + "WHERE number = @Number"),
        CountUnended = new(
            "SELECT COUNT(*) FROM pruning WHERE ended_at IS NULL AND older_than <= CAST(@OlderThan AS varchar(100))"),
        EndRuns = new(
            "UPDATE pruning SET ended_at = @EndedAt WHERE ended_at IS NULL AND older_than <= CAST(@OlderThan AS varchar(100))"),
        AllRuns = new(
            "SELECT number, started_at AS StartedAt, ended_at AS EndedAt, older_than AS OlderThan, made_by AS MadeBy, totals, rankings, "
            + "bytes FROM pruning ORDER BY number"),

        // One statement, so that both are of the same state.
        CountUnrecorded = new(
            "SELECT CAST((SELECT COUNT(*) FROM publication WHERE event IN ('TotalsPruned', 'RankingPruned')) "
            + "- (SELECT COALESCE(SUM(totals + rankings), 0) FROM pruning) AS bigint)"),

        // SQLite alone: gives the space of a file back, which no one else uses meanwhile.
        CompactFile = new("VACUUM; PRAGMA wal_checkpoint(TRUNCATE)");
}
