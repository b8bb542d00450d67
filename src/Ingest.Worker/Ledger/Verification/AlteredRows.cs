using System.Data.Common;
using Dapper;

namespace XilinIngest.Worker.Ledger.Verification;

/// <summary>Reads a ledger that hands may have been at: SQLite keeps a text where bytes belong, and a program that expects bytes stops there.</summary>
internal static class AlteredRows
{
    // The one column that may be empty.
    private const string Findings = "findings";

    private static readonly (string Column, string Type)[] Types =
    [
        ("submission_id", "text"), ("unit", "text"), ("period", "text"), ("revision", "integer"), ("verdict", "text"), (Findings, "text"), ("body", "blob"),
        ("received_at", "text"), ("sender", "text"), ("leaf_hash", "blob"),
    ];

    /// <summary>The rows in order, every cell as the type it should have, as far as it can be.</summary>
    public static IEnumerable<LedgerEntry> ReadAll(DbConnection connection) => connection
        .Query<LedgerStore.EntryRow>(
            """
            SELECT sequence, CAST(submission_id AS TEXT) AS SubmissionId, CAST(unit AS TEXT) AS unit, CAST(period AS TEXT) AS period,
                   CAST(revision AS INTEGER) AS revision, CAST(verdict AS TEXT) AS verdict, CAST(findings AS TEXT) AS findings, CAST(body AS BLOB) AS body,
                   CAST(received_at AS TEXT) AS ReceivedAt, CAST(sender AS TEXT) AS sender, CAST(leaf_hash AS BLOB) AS LeafHash
            FROM ledger_entry ORDER BY sequence
            """,
            buffered: false)
        .Select(row => row.ToEntry());

    /// <summary>The cells that are not stored as what they should be, in order of the rows.</summary>
    public static IEnumerable<string> WrongTypes(DbConnection connection)
    {
        // In one pass: a large ledger is read slowly.
        var types = string.Join(" || ' ' || ", Types.Select(cell => $"typeof({cell.Column})"));
        var wrong = string.Join(" OR ", Types.Select(cell => $"typeof({cell.Column}) NOT IN ('{cell.Type}'{(cell.Column == Findings ? ", 'null'" : "")})"));
        return connection
            .Query<(long Sequence, string Unit, string Period, string Types)>(
                $"SELECT sequence, CAST(unit AS TEXT), CAST(period AS TEXT), {types} FROM ledger_entry WHERE {wrong} ORDER BY sequence", buffered: false)
            .SelectMany(row => Types.Zip(row.Types.Split(' '))
                .Where(cell => cell.First.Type != cell.Second && !(cell.First.Column == Findings && cell.Second == "null"))
                .Select(cell => $"row {row.Sequence} ({row.Unit}, {row.Period}) was altered: its {cell.First.Column} is stored as {cell.Second}, not as {cell.First.Type}."));
    }
}
