using XilinIngest.CatalogueFiles;
using XilinIngest.Storage;
using XilinIngest.Submissions;

namespace XilinIngest.Worker.Ledger;

/// <summary>
/// Decides on submissions as if they were sent now, and discards the batch. Nothing is written, and no lock is held.
/// </summary>
internal sealed class DryRun(LedgerStore store, CatalogueSource catalogues, TimeProvider clock)
{
    /// <param name="submissions">The submissions, read and checked by the intake.</param>
    /// <returns>One for each, in their order; a recorded submission keeps its verdict.</returns>
    public IReadOnlyList<SubmissionCheck> Run(IReadOnlyList<Submission> submissions) =>
        Run([.. submissions.Select(submission => new PendingSubmission(submission, ""))]);

    /// <inheritdoc cref="Run(IReadOnlyList{Submission})"/>
    public IReadOnlyList<SubmissionCheck> Run(IReadOnlyList<PendingSubmission> submissions)
    {
        try
        {
            return DecideWithoutCommit(submissions);
        }
        catch (DamagedDataException) when (!store.HasSnapshotReads)
        {
            // The first figure of a new indicator was written after the indicators' numbers were read.
            return DecideWithoutCommit(submissions);
        }
    }

    // Null: a dry run has it at the moment.
    private RecordedStatesCache? _states = new();

    private List<SubmissionCheck> DecideWithoutCommit(IReadOnlyList<PendingSubmission> submissions)
    {
        var catalogue = catalogues.Current;
        var now = LedgerEntry.TruncateToMicroseconds(clock.GetUtcNow());
        var group = submissions.Select(pending => pending.RecheckWith(catalogue, now)).ToList();
        using var connection = store.OpenInteractive();
        using var transaction = Database.BeginRead(connection);
        var states = Interlocked.Exchange(ref _states, null) ?? new RecordedStatesCache();
        var run = new CommitBatch(connection, transaction, store, catalogue, IndicatorNumbers.Load(connection, transaction, []),
            new LedgerCache { States = states }, now);
        run.Load(group);
        List<SubmissionCheck> checks = [.. group.Select(run.Append)
            .Select(decided => new SubmissionCheck(StoredVerdicts.Parse(decided.Entry.Verdict), decided.Findings))];

        // What a request would change is not kept.
        _states = group.TrueForAll(pending => pending.Submission.IsReport) ? states : new RecordedStatesCache();
        return checks;
    }
}
