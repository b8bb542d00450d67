using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Submissions;
using XilinIngest.Submissions.Checking;
using XilinIngest.Submissions.Reading;

namespace XilinIngest.Worker.Ledger;

/// <summary>A submission waiting for its receipt.</summary>
internal sealed record PendingSubmission(Submission Submission, string Sender)
{
    public TaskCompletionSource<SubmissionReceipt> Receipt { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The same submission; read and checked again if the catalogue was edited after it was received.</summary>
    public PendingSubmission RecheckWith(Catalogue catalogue, DateTimeOffset now)
    {
        if (Submission.CheckedWith is not { } before || before == catalogue || Submission.HasErrors)
        {
            return this;
        }

        var again = SubmissionReader.Read(Submission.Body, catalogue).All[0];
        FormChecks.Check(again, catalogue, now);
        Submission.Sender?.Authorize(again, catalogue);
        return this with { Submission = again };
    }
}

/// <summary>The messages to publish after a commit.</summary>
/// <param name="AcceptedPacks">The new rows; then a pack for each accepted row that was sent again.</param>
/// <param name="Receipts">The receipts, which are sent once the packs are published.</param>
internal sealed record CommittedBatch(
    IReadOnlyList<SubmissionsAccepted> AcceptedPacks, IReadOnlyList<(PendingSubmission Pending, SubmissionReceipt Receipt)> Receipts)
{
    public void CompleteReceipts()
    {
        foreach (var (pending, receipt) in Receipts)
        {
            pending.Receipt.TrySetResult(receipt);
        }
    }

    public void FailReceipts(Exception exception)
    {
        foreach (var (pending, _) in Receipts)
        {
            pending.Receipt.TrySetException(exception);
        }
    }
}
