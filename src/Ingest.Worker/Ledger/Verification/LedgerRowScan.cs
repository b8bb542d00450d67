using System.Data.Common;
using Dapper;
using XilinIngest.Storage;
using XilinIngest.Storage.Dialects;

namespace XilinIngest.Worker.Ledger.Verification;

/// <summary>
/// Reads a ledger that may have been edited by hand. SQLite stores a text in a column of bytes, and a typed reader would fail there. A
/// column on a server has one type.
/// </summary>
internal static class LedgerRowScan
{
    // The only column that may be null.
    private const string Findings = "findings";

    private static readonly (string Column, string Type)[] Types =
    [
        ("submission_id", "text"), ("unit", "text"), ("period", "text"), ("revision", "integer"), ("verdict", "text"), (Findings, "text"),
        ("body", "blob"),
        ("received_at", "text"), ("sender", "text"), ("leaf_hash", "blob"),
    ];

    internal static readonly SqlStatement All = new(
        """
        SELECT sequence, CAST(submission_id AS TEXT) AS SubmissionId, CAST(unit AS TEXT) AS unit, CAST(period AS TEXT) AS period,
               CAST(revision AS INTEGER) AS revision, CAST(verdict AS TEXT) AS verdict, CAST(findings AS TEXT) AS findings,
               CAST(body AS BLOB) AS body,
               CAST(received_at AS TEXT) AS ReceivedAt, CAST(sender AS TEXT) AS sender, CAST(leaf_hash AS BLOB) AS LeafHash
        FROM ledger_entry ORDER BY sequence
        """)
    {
        PostgreSql = LedgerStatements.AllEntries,
        SqlServer = LedgerStatements.AllEntries,
    };

    // All columns in one pass, because a scan of a large ledger is slow.
    private static readonly string WrongTypePredicate =
        "SELECT sequence, CAST(unit AS TEXT), CAST(period AS "
        + $"TEXT), {string.Join(" || ' ' || ", Types.Select(cell => $"typeof({cell.Column})"))} FROM ledger_entry "
        + $"WHERE {string.Join(" OR ", Types.Select(cell => $"typeof({cell.Column}) NOT IN "
            + $"('{cell.Type}'{(cell.Column == Findings ? ", 'null'" : "")})"))} ORDER BY sequence";

    /// <summary>The rows in order. Every cell is converted to its expected type as far as possible.</summary>
    public static IEnumerable<LedgerEntry> ReadAll(DbConnection connection, DbTransaction transaction) => connection
        .Query<LedgerStore.LedgerEntryRow>(All.For(connection), transaction: transaction, buffered: false)
        .Select(row => row.ToEntry());

    /// <summary>The cells whose stored type is not the expected one, in order of the rows.</summary>
    public static IEnumerable<string> FindWrongTypes(DbConnection connection, DbTransaction transaction) =>
        Dialect.Of(connection).Provider != StorageProvider.Sqlite
        ? []
        : connection
            .Query<(long Sequence, string Unit, string Period, string Types)>(WrongTypePredicate, transaction: transaction, buffered: false)
            .SelectMany(row => Types.Zip(row.Types.Split(' '))
                .Where(cell => cell.First.Type != cell.Second && !(cell.First.Column == Findings && cell.Second == "null"))
                .Select(cell =>
                    $"row {row.Sequence} ({row.Unit}, {row.Period}) was altered: its {cell.First.Column} is stored as {cell.Second}, not "
                    + $"as {cell.First.Type}."));
}
