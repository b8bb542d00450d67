using System.Text.Json;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Submissions;
using XilinIngest.Submissions.Findings;

namespace XilinIngest.Worker.Ledger;

/// <summary>The receipt of a row: made from what is stored, so it is the same at every redelivery.</summary>
internal static class ReceiptFactory
{
    public static SubmissionReceipt Create(Submission submission, LedgerEntry entry, Checkpoint checkpoint) => new()
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

    public static IReadOnlyList<Finding> FindingsOf(LedgerEntry entry) => entry.Findings is null ? [] : FindingsOf(entry.Findings);

    public static IReadOnlyList<Finding> FindingsOf(string findings) => JsonSerializer.Deserialize<IReadOnlyList<Finding>>(findings, WireFormat.Options)!;
}

/// <summary>Accepted rows as aggregators want them.</summary>
internal static class AcceptedPackFactory
{
    public static AcceptedSubmission Create(Submission submission, Guid id, long sequence) => new()
    {
        Sequence = sequence,
        SubmissionId = id,
        Unit = submission.UnitText,
        Period = submission.PeriodText,
        Revision = submission.Revision,
        SubmittedAt = submission.SubmittedAt,
        Values = [.. submission.Values.Select(Create)],
    };

    private static AcceptedValue Create(SubmittedValue value)
    {
        var (kept, figures) = (value.StoredFields, value.Figures);
        var takenBack = kept & ~figures.PresentFields;
        return new AcceptedValue
        {
            Indicator = value.Indicator.Code.Value,
            Withdrawn = value.IsWithdrawn,
            WithdrawnFigures = value.IsWithdrawn || takenBack == FigureFields.None ? null : [.. WithdrawnNames(takenBack)],
            Value = (kept & FigureFields.Value) == 0 ? null : figures.Value,
            YearToDate = figures.YearToDate,
            LastYear = figures.LastYear,
            Numerator = figures.Numerator,
            Denominator = figures.Denominator,
        };
    }

    private static IEnumerable<string> WithdrawnNames(FigureFields takenBack)
    {
        if ((takenBack & FigureFields.YearToDate) != 0)
        {
            yield return FigureNames.YearToDate;
        }

        if ((takenBack & FigureFields.LastYear) != 0)
        {
            yield return FigureNames.LastYear;
        }
    }

    /// <summary>A run of stored rows without a gap, read again from their bodies.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="previous">The leaf hash of the row before them, where it is known.</param>
    /// <param name="catalogue">The catalogue in force.</param>
    /// <exception cref="InvalidDataException">An accepted row names what the catalogue does not know: without it the totals would be wrong.</exception>
    public static SubmissionsAccepted Create(IReadOnlyList<LedgerEntry> rows, string? previous, Catalogue catalogue) => new()
    {
        FromSequence = rows[0].Sequence,
        ToSequence = rows[^1].Sequence,
        PreviousLeafHash = previous,
        LastLeafHash = Hash(rows[^1]),
        Submissions = [.. rows.Where(row => row.Verdict == Verdicts.Accepted).Select(row => Create(Read(row, catalogue), row.SubmissionId, row.Sequence))],
    };

    public static string Hash(LedgerEntry row) => Convert.ToHexStringLower(row.LeafHash);

    /// <summary>What an accepted row names and the catalogue does not know, in words; null: nothing.</summary>
    public static string? DescribeUnknown(Catalogue catalogue, LedgerEntry row, Submission read)
    {
        if (!(UnitCode.TryParse(row.Unit, out var unit) && catalogue.Units.TryFind(unit, out _)))
        {
            return $"Ledger row {row.Sequence} is of unit {row.Unit}, which is not in the catalogue: put its row back into units.csv, and set valid_to where it has ended.";
        }

        return read.Findings.FirstOrDefault(finding => finding.Rule == BuiltInFindings.UnknownIndicatorRule) is { } unknown
            ? $"Ledger row {row.Sequence}: {unknown.MessageEn} Put its row back into indicators.csv."
            : null;
    }

    private static Submission Read(LedgerEntry row, Catalogue catalogue)
    {
        var read = Submissions.Reading.SubmissionReader.Read(row.Body, catalogue).All[0];
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
