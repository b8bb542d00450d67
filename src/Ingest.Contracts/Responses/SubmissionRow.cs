namespace XilinIngest.Contracts.Responses;

/// <summary>A row of the ledger in a list.</summary>
/// <param name="Sequence">Its row number in the ledger, from 1.</param>
/// <param name="SubmissionId">The submission's id.</param>
/// <param name="Unit">The unit's code, as sent.</param>
/// <param name="Period">The month, as sent.</param>
/// <param name="Revision">From 1.</param>
/// <param name="Verdict">The verdict.</param>
/// <param name="ReceivedAt">UTC, ISO 8601.</param>
/// <param name="Sender">The sender's name.</param>
/// <param name="LeafHash">As in its receipt.</param>
/// <param name="Rules">The rules with findings in it, each once.</param>
public sealed record SubmissionRow(
    long Sequence, string SubmissionId, string Unit, string Period, long Revision, Verdict Verdict, string ReceivedAt, string Sender,
    string LeafHash, IReadOnlyList<string> Rules)
{
    /// <summary>The path of the partition whose ledger has the row; absent where one ledger has the whole tree.</summary>
    public string? Partition { get; init; }
}

/// <summary>A row in full.</summary>
/// <param name="Receipt">The receipt, as it was given.</param>
/// <param name="Sender">The sender's name.</param>
/// <param name="Body">The body as sent, as text.</param>
/// <param name="CanonicalBytes">Base64 of the bytes whose leaf hash is in the log.</param>
public sealed record SubmissionDetail(SubmissionReceipt Receipt, string Sender, string Body, string CanonicalBytes)
{
    /// <summary>The origin that the body names, of a submission that was not refused; null: it names none.</summary>
    public SubmissionOrigin? Origin { get; init; }
}
