using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.SignedNotes;
using XilinIngest.Storage;

namespace XilinIngest.Worker.Ledger;

/// <summary>The ledger's SQL statements and tables.</summary>
internal static class LedgerStatements
{
    private const string Columns =
        "sequence, submission_id AS SubmissionId, unit, period, revision, verdict, findings, body, received_at AS ReceivedAt, sender, "
        + "leaf_hash AS LeafHash";

    /// <summary>Every row, in order.</summary>
    internal const string AllEntries = $"SELECT {Columns} FROM ledger_entry ORDER BY sequence";

    private const string CheckpointColumns = "tree_size AS TreeSize, root, created_at AS CreatedAt, origin, signature";

    internal static readonly BulkTable<LedgerEntry> Entries = new(
        "ledger_entry", 1,
        new("sequence", ColumnType.Number, entry => entry.Sequence),
        new("submission_id", ColumnType.Code, entry => entry.SubmissionId),
        new("unit", ColumnType.Text, entry => entry.Unit),
        new("period", ColumnType.Text, entry => entry.Period),
        new("revision", ColumnType.Number, entry => entry.Revision),
        new("verdict", ColumnType.Code, entry => entry.Verdict),
        new("findings", ColumnType.Utf8Text, entry => entry.Findings.IsEmpty ? default(ColumnValue) : entry.Findings),
        new("body", ColumnType.Bytes, entry => entry.Body),
        new("received_at", ColumnType.Code, entry => entry.ReceivedAt),
        new("sender", ColumnType.Text, entry => entry.Sender),
        new("leaf_hash", ColumnType.Bytes, entry => entry.LeafHash))
    {
        HasLargeDocuments = true,
    };

    internal static readonly BulkTable<(string Unit, Period Period, byte[] Data)> EffectiveMonths =
        EffectiveMonthTable.Create("ledger_effective_month");

    internal static readonly BulkTable<Checkpoint> NewCheckpoints = new(
        "ledger_checkpoint", 1,
        new("tree_size", ColumnType.Number, checkpoint => checkpoint.TreeSize),
        new("root", ColumnType.Code, checkpoint => checkpoint.Root),
        new("created_at", ColumnType.Code, checkpoint => LedgerEntry.FormatTimestamp(checkpoint.Time)),
        new("origin", ColumnType.Text, checkpoint => checkpoint.Origin),
        new("signature", ColumnType.Text, checkpoint => string.Join('\n', checkpoint.Signatures)));

    internal static readonly BulkTable<(int Number, LogKey Key)> NewKeys = new(
        "ledger_key", 1,
        new("number", ColumnType.Number, row => row.Number),
        new("vkey", ColumnType.Text, row => row.Key.Key.Text),
        new("after_size", ColumnType.Number, row => row.Key.After),
        new("introduction", ColumnType.Text, row => row.Key.Introduction));

    internal static readonly SqlStatement
        Probe = new("INSERT INTO storage_probe (padding) VALUES (@Padding)"),
        DeleteProbe = new("DELETE FROM storage_probe"),
        Frontier = new("SELECT frontier FROM ledger_head WHERE id = 1"),
        FrontierAndKeys = new("SELECT frontier, (SELECT COALESCE(MAX(number), 0) FROM ledger_key) AS Keys FROM ledger_head WHERE id = 1"),
        Keys = new("SELECT vkey, after_size AS AfterSize, introduction FROM ledger_key ORDER BY number"),
        SetFrontier = new("UPDATE ledger_head SET frontier = @Frontier WHERE id = 1"),
        EntriesById = new($"SELECT {Columns} FROM ledger_entry WHERE submission_id IN (SELECT value FROM json_each(@Ids))")
        {
            PostgreSql = $"SELECT {Columns} FROM ledger_entry WHERE submission_id = ANY (ARRAY(SELECT "
                + "jsonb_array_elements_text(@Ids::jsonb)))",
            SqlServer = $"SELECT {Columns} FROM ledger_entry WHERE submission_id IN (SELECT CONVERT(varchar(100), value) COLLATE "
                + "Latin1_General_100_BIN2 FROM OPENJSON(@Ids))",
        },
        EntriesBetween = new($"SELECT {Columns} FROM ledger_entry WHERE sequence BETWEEN @From AND @To ORDER BY sequence"),

        // Revisions of submissions count from 1.
        AcceptedOfUnits =
        new($"SELECT {Columns} FROM ledger_entry WHERE unit IN (SELECT value FROM json_each(@Units)) "
            + "AND period BETWEEN @FirstMonth AND @LastMonth AND verdict = 'accepted' AND revision >= 1 ORDER BY sequence")
        {
            PostgreSql = $"SELECT {Columns} FROM ledger_entry WHERE unit = ANY (ARRAY(SELECT jsonb_array_elements_text(@Units::jsonb))) "
                + "AND period BETWEEN @FirstMonth AND @LastMonth AND verdict = 'accepted' AND revision >= 1 ORDER BY sequence",
            SqlServer = $"SELECT {Columns} FROM ledger_entry WHERE unit IN (SELECT CONVERT(nvarchar(32), value) COLLATE "
                + "Latin1_General_100_BIN2 FROM OPENJSON(@Units)) AND period BETWEEN @FirstMonth AND @LastMonth AND verdict = 'accepted' "
                + "AND revision >= 1 ORDER BY sequence OPTION (RECOMPILE)",
        },
        Checkpoints = new($"SELECT {CheckpointColumns} FROM ledger_checkpoint ORDER BY tree_size"),
        NewestCheckpoint =
        new($"SELECT {CheckpointColumns} FROM ledger_checkpoint WHERE tree_size = (SELECT MAX(tree_size) FROM ledger_checkpoint)"),
        CheckpointCovering =
        new($"SELECT {CheckpointColumns} FROM ledger_checkpoint WHERE tree_size = (SELECT MIN(tree_size) FROM ledger_checkpoint WHERE "
            + "tree_size >= @Covering)"),
        LeafHashes = new("SELECT leaf_hash FROM ledger_entry WHERE sequence BETWEEN @From AND @To ORDER BY sequence"),
        LastSequence = new("SELECT COALESCE(MAX(sequence), 0) FROM ledger_entry"),

        // SQLite orders the table by month: one seek for each month and unit. The months are those that the table has.
        EffectiveOfUnits = new(
            """
            WITH RECURSIVE
            wanted (unit, first, last) AS MATERIALIZED (
                SELECT value ->> 'unit', value ->> 'first', value ->> 'last' FROM json_each(@Wanted)
            ),
            months (period) AS (
                SELECT MIN(period) FROM ledger_effective_month
                UNION ALL
                SELECT (SELECT MIN(period) FROM ledger_effective_month AS s WHERE s.period > months.period)
                FROM months WHERE months.period IS NOT NULL
            )
            SELECT s.unit, s.period, s.data
            FROM months
            CROSS JOIN wanted AS w ON months.period BETWEEN w.first AND w.last
            CROSS JOIN ledger_effective_month AS s ON s.period = months.period AND s.unit = w.unit
            """)
        {
            PostgreSql =
            """
            SELECT s.unit, s.period, s.data
            FROM jsonb_to_recordset(@Wanted::jsonb) AS w (unit text, first bigint, last bigint)
            JOIN ledger_effective_month AS s ON s.unit = w.unit AND s.period BETWEEN w.first AND w.last
            """,
            SqlServer =
            """
            SELECT s.unit, s.period, s.data
            FROM OPENJSON(@Wanted) WITH (unit varchar(100) '$.unit', first bigint '$.first', last bigint '$.last') AS w
            JOIN ledger_effective_month AS s ON s.unit = w.unit COLLATE Latin1_General_100_BIN2 AND s.period BETWEEN w.first AND w.last
            """,
        },
        // The index has these rows alone, so the condition is the index's own.
        Requests = new($"SELECT {Columns} FROM ledger_entry WHERE revision = 0 AND verdict = 'accepted' AND sequence > @After "
            + "ORDER BY sequence"),
        EffectiveOfMonth = new("SELECT unit, data FROM ledger_effective_month WHERE period = @Period"),
        AllEffectiveMonths = new("SELECT unit, period, data FROM ledger_effective_month");
}
