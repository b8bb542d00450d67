using System.Diagnostics;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Submissions;
using XilinIngest.Submissions.Checking;
using XilinIngest.Submissions.Reading;

namespace XilinIngest.Worker.Ledger;

/// <summary>A submission waiting for its receipt.</summary>
internal sealed record PendingSubmission(Submission Submission, string Sender)
{
    /// <summary>The units of other partitions that have not reported the month which it closes; null: it closes none.</summary>
    public IReadOnlyList<Unit>? MissingElsewhere { get; init; }

    /// <summary>The accepted row of the topmost unit's ledger that this is the copy of; null: it is decided here.</summary>
    public LedgerEntry? Original { get; init; }

    /// <summary>The span in which it came; none where nobody traces.</summary>
    public ActivityContext Trace { get; } = Activity.Current?.Context ?? default;

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

    /// <summary>The same submission; the unit is of the ledger's partition still.</summary>
    /// <param name="partition">The ledger's partition.</param>
    /// <param name="catalogue">The catalogue in force.</param>
    /// <exception cref="LedgerUnavailableException">An edit of the catalogue has moved the unit's home.</exception>
    public PendingSubmission EnsureAtHome(Partition partition, Catalogue catalogue) =>
        partition.IsWholeTree || Submission is not { Unit: { } unit, MonthRequest: null }
        || !catalogue.Units.TryFind(unit.Code, out var known) || catalogue.Partitions.HomeOf(known) == partition
            ? this
            : throw LedgerUnavailableException.HomeChanged(unit.Code.Value);
}

/// <summary>The messages to publish after a commit.</summary>
/// <param name="AcceptedPacks">The new rows; then a pack for each accepted row that was sent again.</param>
/// <param name="Receipts">The receipts, which are sent once the packs are published.</param>
internal sealed record CommittedBatch(
    IReadOnlyList<SubmissionsAccepted> AcceptedPacks, IReadOnlyList<(PendingSubmission Pending, SubmissionReceipt Receipt)> Receipts)
{
    /// <summary>The span of the commit; none where nobody traces.</summary>
    public ActivityContext Trace { get; init; }

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
