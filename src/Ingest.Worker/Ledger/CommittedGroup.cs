using XilinIngest.Contracts;
using XilinIngest.Worker.Submissions;

namespace XilinIngest.Worker.Ledger;

/// <summary>A submission waiting for its receipt.</summary>
internal sealed record Pending(Submission Submission, string Sender)
{
    public TaskCompletionSource<SubmissionReceipt> Receipt { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>What a commit left to be said.</summary>
/// <param name="Packs">The new rows; then, one each, accepted ones that were sent again.</param>
/// <param name="Receipts">The answers, which may be given once the packs are published.</param>
internal sealed record CommittedGroup(IReadOnlyList<SubmissionsAccepted> Packs, IReadOnlyList<(Pending Pending, SubmissionReceipt Receipt)> Receipts)
{
    public void Answer()
    {
        foreach (var (pending, receipt) in Receipts)
        {
            pending.Receipt.TrySetResult(receipt);
        }
    }

    public void Fail(Exception exception)
    {
        foreach (var (pending, _) in Receipts)
        {
            pending.Receipt.TrySetException(exception);
        }
    }
}
