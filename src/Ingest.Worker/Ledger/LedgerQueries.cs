using System.Data.Common;
using System.Text;
using System.Text.Json;
using Dapper;
using XilinIngest.Contracts;
using XilinIngest.Hosting.Access;
using XilinIngest.Indicators;
using XilinIngest.Storage;

namespace XilinIngest.Worker.Ledger;

/// <summary>The queries of the API on the ledger.</summary>
internal sealed class LedgerQueries(LedgerStore store)
{
    private static readonly Period FarFutureMonth = new(9998, 12);
    private const int ManyUnits = 500;

    private const string Columns =
        "sequence, submission_id AS SubmissionId, unit, period, revision, verdict, received_at AS ReceivedAt, sender, leaf_hash AS "
        + "LeafHash, findings";

    // The parameter Before is never null. SQLite would otherwise start every page at the newest row.
    private const string ListStatement =
        $"""
        SELECT {Columns}
        FROM ledger_entry
        WHERE (@Unit IS NULL OR unit = @Unit) AND (@Period IS NULL OR period = @Period)
          AND (@Verdict IS NULL OR verdict = CAST(@Verdict AS varchar(100))) AND sequence < @Before
          AND (@Rule IS NULL OR REPLACE(findings, @Rule, '') <> findings)
          AND (@Sender IS NULL OR REPLACE(sender, @Sender, '') <> sender)
        """;

    // SQL Server caches the plan of the first call. A plan made without a unit reads the whole ledger for a unit.
    internal static readonly SqlStatement Newest =
        new($"{ListStatement} ORDER BY sequence DESC LIMIT @Limit")
        {
            SqlServer =
            $"{ListStatement} ORDER BY sequence DESC OFFSET 0 ROWS FETCH NEXT @Limit ROWS ONLY OPTION (RECOMPILE)"
        };

    internal static readonly SqlStatement NewestAmong =
        new($"{ListStatement} AND unit IN (SELECT value FROM json_each(@Among)) ORDER BY sequence DESC LIMIT @Limit")
        {
            PostgreSql = $"{ListStatement} AND unit IN (SELECT value FROM json_array_elements_text(CAST(@Among AS json))) ORDER "
                + "BY sequence "
            + "DESC LIMIT @Limit",
            SqlServer = $"{ListStatement} AND unit IN (SELECT CONVERT(nvarchar(32), value) COLLATE Latin1_General_100_BIN2 FROM "
            + "OPENJSON(@Among)) ORDER BY sequence DESC OFFSET 0 ROWS FETCH NEXT @Limit ROWS ONLY OPTION (RECOMPILE)",
        };

    // SQLite would read and sort the rows of all these units for one page. The plus keeps it from the index: among so many, the newest rows
    // are found at the end of the ledger.
    internal static readonly SqlStatement NewestAmongMany = NewestAmong with
    {
        Portable = $"{ListStatement} AND +unit IN (SELECT value FROM json_each(@Among)) ORDER BY sequence DESC LIMIT @Limit",
    };

    internal static readonly SqlStatement Received =
        new("SELECT received_at AS ReceivedAt, unit, revision FROM ledger_entry WHERE sequence = @Sequence");

    internal static readonly SqlStatement BySequences =
        new($"SELECT {Columns} FROM ledger_entry WHERE sequence IN (SELECT value FROM json_each(@Sequences)) ORDER BY sequence")
        {
            PostgreSql = $"SELECT {Columns} FROM ledger_entry WHERE sequence IN (SELECT CAST(value AS bigint) FROM "
            + "json_array_elements_text(CAST(@Sequences AS json))) ORDER BY sequence",
            SqlServer = $"SELECT {Columns} FROM ledger_entry WHERE sequence IN (SELECT CONVERT(bigint, value) FROM OPENJSON(@Sequences)) "
            + "ORDER BY sequence",
        };

    /// <summary>The units whose submissions a caller may see, at any time.</summary>
    public static IReadOnlyList<string> UnitsVisibleTo(Caller caller, UnitTree tree) =>
        [.. tree.All.Where(
            unit => unit.Spans.Any(span => caller.MaySeeSubmissionsOf(unit, span.From, tree)
                || caller.MaySeeSubmissionsOf(unit, span.To ?? FarFutureMonth, tree))).Select(unit => unit.Code.Value)];

    /// <summary>A unit and those that are or were below it; none if the catalogue does not know it.</summary>
    public static IReadOnlyList<string> UnitsWithin(string code, UnitTree tree) => !tree.TryFind(code, out var whole) ? []
        : [.. tree.All.Where(
            unit => unit == whole || unit.Spans.Any(span => tree.AncestorsOf(unit, span.From).Contains(whole)
                || tree.AncestorsOf(unit, span.To ?? FarFutureMonth).Contains(whole))).Select(unit => unit.Code.Value)];

    /// <summary>Rows, newest first.</summary>
    /// <param name="unit">The unit; null: any.</param>
    /// <param name="period">The month; null: any.</param>
    /// <param name="verdict">The verdict; null: any.</param>
    /// <param name="rule">The rule of a finding; null: any. Searched by REPLACE, because LIKE has wildcards and ignores case on some
    /// databases.</param>
    /// <param name="before">Only rows before this sequence.</param>
    /// <param name="limit">The maximum number of rows.</param>
    /// <param name="among">Only these units; null: all.</param>
    /// <param name="sender">A part of the sender's name; null: any.</param>
    public IReadOnlyList<SubmissionRow> List(
        string? unit, string? period, string? verdict, string? rule, long? before, int limit, IReadOnlyList<string>? among = null,
        string? sender = null)
    {
        using var connection = store.OpenInteractive();
        return Rows(connection.Query<LedgerStore.LedgerEntryRow>(
            (among is null ? Newest : among.Count > ManyUnits ? NewestAmongMany : NewestAmong).For(connection),
            new
            {
                Unit = unit,
                Period = period,
                Verdict = verdict,
                Rule = rule is null ? null : $"\"rule\":\"{rule}\"",
                Sender = string.IsNullOrEmpty(sender) ? null : sender,
                Before = before ?? long.MaxValue,
                Limit = limit,
                Among = among is null ? null : JsonSerializer.Serialize(among),
            }));
    }

    /// <summary>The existing rows with these numbers, in order.</summary>
    public IReadOnlyList<SubmissionRow> ListBySequence(IEnumerable<long> sequences)
    {
        using var connection = store.OpenInteractive();
        return Rows(connection.Query<LedgerStore.LedgerEntryRow>(BySequences.For(connection),
            new { Sequences = JsonSerializer.Serialize(sequences) }));
    }

    /// <summary>Whether a row is the copy of a request about a month, which the ledger of the topmost unit has too.</summary>
    /// <param name="unit">The row's unit.</param>
    /// <param name="revision">Its revision.</param>
    /// <param name="topmost">The topmost unit; null: the ledger is that unit's.</param>
    public static bool IsCopy(string unit, long revision, string? topmost) => topmost is not null && unit == topmost && revision == 0;

    /// <summary>When a row was received; null: there is no such row.</summary>
    public string? ReadReceivedAt(long sequence)
    {
        using var connection = store.OpenInteractive();
        return ReadReceived(connection, sequence)?.ReceivedAt;
    }

    /// <summary>
    /// The first row that was received after a time. Rows are received in the order of their sequences, so it is found in a few steps.
    /// </summary>
    /// <param name="time">The time, as rows have it.</param>
    /// <param name="orAtIt">Whether a row of that very time is one.</param>
    /// <param name="topmost">See <see cref="IsCopy"/>: a copy has the time of the row that it is of.</param>
    public long FindFirstAfter(string time, bool orAtIt, string? topmost)
    {
        using var connection = store.OpenInteractive();
        var (low, high) = (1L, LedgerStore.ReadLastSequence(connection) + 1);
        while (low < high)
        {
            var middle = low + (high - low) / 2;
            var probe = middle;
            var row = ReadReceived(connection, probe);
            while (row is { } copy && IsCopy(copy.Unit, copy.Revision, topmost))
            {
                row = ++probe < high ? ReadReceived(connection, probe) : null;
            }

            if (row is not { } read || string.CompareOrdinal(read.ReceivedAt, time) is var order && (order > 0 || (orAtIt && order == 0)))
            {
                high = middle;
            }
            else
            {
                low = probe + 1;
            }
        }

        return low;
    }

    private static (string ReceivedAt, string Unit, long Revision)? ReadReceived(DbConnection connection, long sequence) =>
        connection.Query<(string ReceivedAt, string Unit, long Revision)>(Received.For(connection), new { Sequence = sequence })
            .Select(row => ((string, string, long)?)row).SingleOrDefault();

    private List<SubmissionRow> Rows(IEnumerable<LedgerStore.LedgerEntryRow> rows) => [.. rows.Select(row => new SubmissionRow(
        row.Sequence, row.SubmissionId, row.Unit, row.Period, row.Revision, StoredVerdicts.Parse(row.Verdict), row.ReceivedAt, row.Sender,
        Convert.ToHexStringLower(row.LeafHash),
        [.. ReceiptFactory.FindingsOf(row.ToEntry()).Select(finding => finding.Rule).Distinct()]) { Partition = store.PartitionPath })];

    public SubmissionDetail? Find(long sequence)
    {
        using var connection = store.OpenInteractive();
        if (LedgerStore.ReadFrom(connection, sequence, sequence).SingleOrDefault() is not { } entry)
        {
            return null;
        }

        // The id that was sent may differ from the row's id (missing, or used by other content), so it is read from the body.
        var checkpoint = store.ReadCheckpoint(connection, sequence)!;
        var receipt = ReceiptFactory.Create(new Submissions.Submission { Body = entry.Body, Id = entry.SubmissionId }, entry,
            ReceiptFactory.FindingsOf(entry), checkpoint);
        return new SubmissionDetail(receipt, entry.Sender, Encoding.UTF8.GetString(entry.Body.Span),
            Convert.ToBase64String(entry.CanonicalBytes()))
        {
            Origin = receipt.Verdict == Verdict.Refused ? null : OriginOf(entry.Body.Span),
        };
    }

    // The reading of the submission has checked its form. Most bodies have none, and are not parsed.
    private static SubmissionOrigin? OriginOf(ReadOnlySpan<byte> body)
    {
        if (body.IndexOf("\"origin\""u8) < 0)
        {
            return null;
        }

        var reader = new Utf8JsonReader(body);
        using var document = JsonDocument.ParseValue(ref reader);
        return document.RootElement.TryGetProperty("origin", out var origin)
            ? origin.Deserialize<SubmissionOrigin>(WireFormat.Options) : null;
    }

    public Checkpoint? Checkpoint(long? covering)
    {
        using var connection = store.OpenInteractive();
        return store.ReadCheckpoint(connection, covering ?? long.MaxValue);
    }

    public long Count()
    {
        using var connection = store.OpenInteractive();
        return LedgerStore.ReadFrontier(connection).Count;
    }
}
