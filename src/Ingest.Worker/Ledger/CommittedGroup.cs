using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Worker.Submissions;
using XilinIngest.Worker.Submissions.Checking;
using XilinIngest.Worker.Submissions.Reading;

namespace XilinIngest.Worker.Ledger;

/// <summary>A submission waiting for its receipt.</summary>
internal sealed record Pending(Submission Submission, string Sender)
{
    public TaskCompletionSource<SubmissionReceipt> Receipt { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Read again, with the same receipt to give, where the catalogue was edited since it came in.</summary>
    public Pending Under(Catalogue catalogue, DateTimeOffset now)
    {
        if (Submission.ReadUnder is not { } before || before == catalogue || Submission.HasErrors)
        {
            return this;
        }

        var again = SubmissionReader.Read(Submission.Body, catalogue).All[0];
        FormChecks.Check(again, catalogue, now);
        Submission.SentBy?.Authorise(again, catalogue.Units);
        return this with { Submission = again };
    }
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
