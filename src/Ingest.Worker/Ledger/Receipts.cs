using System.Text.Json;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Worker.Submissions;

namespace XilinIngest.Worker.Ledger;

/// <summary>The receipt of a row: made from what is stored, so it is the same at every redelivery.</summary>
internal static class Receipts
{
    public static SubmissionReceipt For(Submission submission, LedgerEntry entry, Checkpoint checkpoint) => new()
    {
        SubmissionId = submission.Id,
        Unit = entry.Unit,
        Period = entry.Period,
        Revision = entry.Revision,
        Verdict = entry.Verdict,
        Findings = FindingsOf(entry),
        ReceivedAt = LedgerEntry.ParseTimestamp(entry.ReceivedAt),
        Sequence = entry.Sequence,
        LeafHash = Convert.ToHexStringLower(entry.LeafHash),
        Checkpoint = checkpoint,
    };

    public static IReadOnlyList<Finding> FindingsOf(LedgerEntry entry) =>
        entry.Findings is null ? [] : JsonSerializer.Deserialize<IReadOnlyList<Finding>>(entry.Findings, WireFormat.Options)!;
}

/// <summary>Accepted rows as aggregators want them.</summary>
internal static class AcceptedPacks
{
    public static AcceptedSubmission Of(Submission submission, Guid id, long sequence) => new()
    {
        Sequence = sequence,
        SubmissionId = id,
        Unit = submission.UnitText,
        Period = submission.PeriodText,
        Revision = submission.Revision,
        SubmittedAt = submission.SubmittedAt,
        Values = [.. submission.Values.Select(value => new AcceptedValue
        {
            Indicator = value.Indicator.Code.Value,
            Withdrawn = value.Withdrawn,
            Value = value.Figures.Value,
            YearToDate = value.Figures.YearToDate,
            LastYear = value.Figures.LastYear,
            Numerator = value.Figures.Numerator,
            Denominator = value.Figures.Denominator,
        })],
    };

    /// <summary>A run of stored rows without a gap, read again from their bodies.</summary>
    public static SubmissionsAccepted Of(IReadOnlyList<LedgerEntry> rows, Catalogue catalogue) => new()
    {
        FromSequence = rows[0].Sequence,
        ToSequence = rows[^1].Sequence,
        Submissions = [.. rows.Where(row => row.Verdict == Verdicts.Accepted)
            .Select(row => Of(Submissions.Reading.SubmissionReader.Read(row.Body, catalogue).All[0], row.SubmissionId, row.Sequence))],
    };

    /// <summary>The accepted rows of the whole ledger up to one, in packs.</summary>
    public static IEnumerable<AcceptedSubmission> UpTo(LedgerStore store, long last, Catalogue catalogue)
    {
        using var connection = store.Open();
        foreach (var rows in LedgerStore.ReadFrom(connection, 1, last).Chunk(200))
        {
            foreach (var submission in Of(rows, catalogue).Submissions)
            {
                yield return submission;
            }
        }
    }
}
