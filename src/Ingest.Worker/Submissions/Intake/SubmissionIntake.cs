using XilinIngest.CatalogueFiles;
using XilinIngest.Contracts;
using XilinIngest.Worker.Ledger;
using XilinIngest.Worker.Submissions.Checking;
using XilinIngest.Worker.Submissions.Reading;

namespace XilinIngest.Worker.Submissions.Intake;

/// <summary>The one way in, for the queue and for HTTP: read, check the form, record.</summary>
internal sealed class SubmissionIntake(CatalogueSource catalogues, LedgerWriter ledger, TimeProvider clock)
{
    /// <summary>The receipts of a body's submissions, in its order, once all are on disk.</summary>
    /// <exception cref="UnreadableBodyException">No one can read the body.</exception>
    public async Task<(IReadOnlyList<SubmissionReceipt> Receipts, bool IsPack)> TakeAsync(
        ReadOnlyMemory<byte> body, Sender sender, CancellationToken cancellationToken)
    {
        var catalogue = catalogues.Current;
        var submissions = SubmissionReader.Read(body, catalogue);
        var now = clock.GetUtcNow();
        foreach (var submission in submissions.All)
        {
            FormChecks.Check(submission, catalogue, now);
            sender.Authorise(submission, catalogue.Units);
            submission.ReadUnder = catalogue;
        }

        return (await ledger.AppendAsync(submissions.All, sender.Name, cancellationToken), submissions.IsPack);
    }
}
