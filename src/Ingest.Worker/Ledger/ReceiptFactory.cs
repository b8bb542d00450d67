using System.Text.Json;
using XilinIngest.Contracts;
using XilinIngest.Submissions;

namespace XilinIngest.Worker.Ledger;

/// <summary>Creates the receipt of a row from the stored row, so that every redelivery has the same receipt.</summary>
internal static class ReceiptFactory
{
    /// <param name="submission">The submission as it was sent.</param>
    /// <param name="entry">Its row.</param>
    /// <param name="findings">The findings of the row.</param>
    /// <param name="checkpoint">The first checkpoint that covers the row; it names the ledger's partition.</param>
    public static SubmissionReceipt Create(
        Submission submission, LedgerEntry entry, IReadOnlyList<Finding> findings, Checkpoint checkpoint) => new()
        {
            SubmissionId = submission.Id,
            Unit = entry.Unit,
            Period = entry.Period,
            Revision = entry.Revision,
            Verdict = StoredVerdicts.Parse(entry.Verdict),
            Findings = findings,
            ReceivedAt = LedgerEntry.ParseTimestamp(entry.ReceivedAt),
            Sequence = entry.Sequence,
            Partition = checkpoint.Partition,
            LeafHash = Convert.ToHexStringLower(entry.LeafHash),
            Checkpoint = checkpoint,
        };

    public static IReadOnlyList<Finding> FindingsOf(LedgerEntry entry) => entry.Findings.IsEmpty ? [] : Parse(entry.Findings.Span);

    public static IReadOnlyList<Finding> Parse(ReadOnlySpan<byte> findings) =>
        JsonSerializer.Deserialize<IReadOnlyList<Finding>>(findings, WireFormat.Options)!;
}
