using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Submissions;
using XilinIngest.Submissions.Accepted;
using XilinIngest.Submissions.Findings;
using XilinIngest.Submissions.Reading;

namespace XilinIngest.Worker.Ledger;

/// <summary>Creates packs for the aggregators from ledger rows.</summary>
internal static class AcceptedPackFactory
{
    /// <summary>Creates packs from consecutive stored rows, whose bodies are parsed again.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="previous">The leaf hash of the row before them; null before row 1, or if it is unknown.</param>
    /// <param name="catalogue">The catalogue in force.</param>
    /// <exception cref="InvalidDataException">An accepted row names a unit or indicator that the catalogue lacks. Totals without it would
    /// be wrong.</exception>
    public static SubmissionsAccepted Create(IReadOnlyList<LedgerEntry> rows, string? previous, Catalogue catalogue) => new()
    {
        FromSequence = rows[0].Sequence,
        ToSequence = rows[^1].Sequence,
        PreviousLeafHash = previous,
        LastLeafHash = Hash(rows[^1]),
        Submissions =
        [.. rows.Where(row => row.Verdict == StoredVerdicts.Accepted && !row.IsRequest)
            .Select(row => AcceptedSubmissionFacts.Create(Read(row, catalogue), row.SubmissionId, row.Sequence))],
        MonthChanges = NullIfEmpty([.. rows.Where(row => row.IsRequest && !IsReview(row)).Select(row => AcceptedMonthFacts.Create(
            row.ToMonthChange() ?? throw new InvalidDataException($"Ledger row {row.Sequence} is no request: run verify.")))]),
        Reviews = NullIfEmpty(
            [.. rows.Where(row => row.IsRequest).Select(row => row.ToReview()).OfType<ReportReview>().Select(AcceptedReviewFacts.Create)]),
    };

    /// <summary>The form in which a pack without requests has none.</summary>
    public static IReadOnlyList<T>? NullIfEmpty<T>(IReadOnlyList<T> requests) => requests.Count == 0 ? null : requests;

    private static bool IsReview(LedgerEntry row) => row.ToReview() is not null;

    public static string Hash(LedgerEntry row) => Convert.ToHexStringLower(row.LeafHash);

    /// <summary>Describes the unit or indicator of an accepted row that the catalogue lacks; null: there is none.</summary>
    public static string? DescribeUnknown(Catalogue catalogue, LedgerEntry row, Submission read)
    {
        if (!(UnitCode.TryParse(row.Unit, out var unit) && catalogue.Units.TryFind(unit, out _)))
        {
            return $"Ledger row {row.Sequence} is of unit {row.Unit}, which is not in the catalogue: put its row back into units.csv, and "
                + "set valid_to where it has ended.";
        }

        return read.Findings.FirstOrDefault(finding => finding.Rule == BuiltInFindings.UnknownIndicatorRule) is { } unknown
            ? $"Ledger row {row.Sequence}: {unknown.MessageEn} Put its row back into indicators.csv."
            : null;
    }

    private static Submission Read(LedgerEntry row, Catalogue catalogue)
    {
        var read = SubmissionReader.Read(row.Body, catalogue).All[0];
        return DescribeUnknown(catalogue, row, read) is { } fault ? throw new InvalidDataException(fault) : read;
    }

    /// <summary>The accepted rows of the whole ledger up to one, in packs.</summary>
    public static IEnumerable<AcceptedSubmission> ReadUpTo(LedgerStore store, long last, Catalogue catalogue)
    {
        using var connection = store.Open();
        foreach (var rows in LedgerStore.ReadFrom(connection, 1, last).Chunk(200))
        {
            foreach (var submission in Create(rows, null, catalogue).Submissions)
            {
                yield return submission;
            }
        }
    }
}
