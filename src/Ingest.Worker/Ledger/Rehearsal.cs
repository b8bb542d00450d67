using XilinIngest.CatalogueFiles;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Storage;
using XilinIngest.Worker.Submissions;
using XilinIngest.Worker.Submissions.Checking;
using XilinIngest.Worker.Submissions.Intake;
using XilinIngest.Worker.Submissions.Reading;

namespace XilinIngest.Worker.Ledger;

/// <summary>What submissions would be answered if they were sent now, by the very rules that would judge them. Nothing is written, and no lock is held.</summary>
internal sealed class Rehearsal(LedgerStore store, CatalogueSource catalogues, TimeProvider clock)
{
    /// <summary>One for each submission of the body, in its order; each as if the others were not there.</summary>
    /// <param name="body">As it would be sent.</param>
    /// <param name="sender">Who would send it.</param>
    /// <exception cref="UnreadableBodyException">No one can read the body.</exception>
    public IReadOnlyList<SubmissionCheck> Check(ReadOnlyMemory<byte> body, Sender sender)
    {
        var catalogue = catalogues.Current;
        var submissions = SubmissionReader.Read(body, catalogue).All;
        using var connection = store.Open();
        using var transaction = Database.BeginRead(connection);
        var numbers = IndicatorNumbers.Load(connection, transaction, []);
        return [.. submissions.Select(submission =>
        {
            FormChecks.Check(submission, catalogue, clock.GetUtcNow());
            sender.Authorise(submission, catalogue.Units);
            var history = submission.CanBeAsked(catalogue)
                ? LedgerStore.ReadStanding(connection, transaction, [(submission.UnitText, RuleChecks.FirstAsked(submission.Period!.Value, catalogue.Rules), submission.Period.Value)], numbers)
                    .ToDictionary(month => month.Period, month => month.Month)
                : [];
            var current = submission.Period is { } period && history.TryGetValue(period, out var standing) ? standing : new StandingMonth(submission.Values.Count);
            var decision = Decision.Decide(submission, catalogue, history, current, long.MaxValue);
            return new SubmissionCheck(decision.Verdict, decision.Findings);
        })];
    }
}
