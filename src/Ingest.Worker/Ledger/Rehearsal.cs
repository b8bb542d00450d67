using XilinIngest.CatalogueFiles;
using XilinIngest.Contracts;
using XilinIngest.Storage;
using XilinIngest.Worker.Submissions;

namespace XilinIngest.Worker.Ledger;

/// <summary>What submissions would be answered if they were sent now: the group is decided as any other, and let go. Nothing is written, and no lock is held.</summary>
internal sealed class Rehearsal(LedgerStore store, CatalogueSource catalogues, TimeProvider clock)
{
    /// <param name="submissions">As the intake has read and checked them.</param>
    /// <returns>One for each, in their order; what was recorded before has the verdict it has.</returns>
    public IReadOnlyList<SubmissionCheck> Of(IReadOnlyList<Submission> submissions)
    {
        try
        {
            return Decide(submissions);
        }
        catch (DamagedDataException) when (!store.ReadsOneState)
        {
            // The first figure of a new indicator came after the indicators' numbers were read.
            return Decide(submissions);
        }
    }

    private List<SubmissionCheck> Decide(IReadOnlyList<Submission> submissions)
    {
        var catalogue = catalogues.Current;
        var now = LedgerEntry.ToMicroseconds(clock.GetUtcNow());
        var group = submissions.Select(submission => new Pending(submission, "").Under(catalogue, now)).ToList();
        using var connection = store.OpenForQuestion();
        using var transaction = Database.BeginRead(connection);
        var run = new GroupRun(connection, transaction, catalogue, IndicatorNumbers.Load(connection, transaction, []), now);
        run.Load(group);
        return [.. group.Select(pending => run.Place(pending).Entry).Select(entry => new SubmissionCheck(entry.Verdict, Receipts.FindingsOf(entry)))];
    }
}
