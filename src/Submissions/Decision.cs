using System.Runtime.InteropServices;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Submissions.Checking;
using XilinIngest.Submissions.Findings;
using XilinIngest.Submissions.Revisions;

namespace XilinIngest.Submissions;

/// <summary>The verdict on a submission. An accepted submission changes its effective month.</summary>
public sealed record Decision(Verdict Verdict, IReadOnlyList<Finding> Findings)
{
    private static readonly OrderKey AfterAllOthers = new(int.MaxValue, long.MaxValue, Guid.AllBitsSet);

    /// <summary>Decides on a submission that was read and form-checked, given the effective values of its unit.</summary>
    /// <param name="submission">The submission.</param>
    /// <param name="catalogue">The catalogue whose rules apply.</param>
    /// <param name="history">The effective months of the unit.</param>
    /// <param name="current">The effective month of the submission; changed when it is accepted.</param>
    /// <param name="sequence">The ledger row it will have.</param>
    /// <param name="recorded">What the rows before it tell: its id belongs to another submission, or its month is closed.</param>
    /// <param name="returned">The returned rows, whose figures do not count; null: there are none.</param>
    /// <param name="buffers">The buffers of a series of decisions; null for a single decision.</param>
    public static Decision Decide(
        Submission submission, Catalogue catalogue, IReadOnlyDictionary<Period, MonthFigures> history, EffectiveMonth current,
        long sequence, IReadOnlyList<Finding>? recorded = null, DecisionBuffers? buffers = null, IReadOnlySet<long>? returned = null)
    {
        buffers ??= new DecisionBuffers();
        List<Finding> findings = [.. submission.Findings, .. recorded ?? []];

        // A submission that is already refused is checked like its correction, which follows all others in the order.
        var key = IsRefused(findings) ? AfterAllOthers : submission.OrderKey;
        var isOfHistory = submission.Period is { } period && catalogue.WindowOf(period) is { IsHistory: true };
        var values = buffers.Revise(submission, current, key, returned, isOfHistory);
        if (submission.AllowsRuleChecks(catalogue))
        {
            foreach (ref readonly var value in CollectionsMarshal.AsSpan(values))
            {
                if (value.Missing is { } missing)
                {
                    findings.Add(missing);
                }
            }

            findings.AddRange(RuleChecks.Check(submission, values, catalogue.Rules, history, buffers));
        }

        // If there is an error, the question that an explanation answers may not have been raised yet.
        if (submission.Explanations.Count > 0 && !submission.HasErrors)
        {
            AddUnusedExplanations(submission, findings);
        }

        if (IsRefused(findings))
        {
            var more = submission.Findings.DroppedCount + Math.Max(0, findings.Count - FindingList.MaxFindings);
            return new(Verdict.Refused,
                more == 0 ? findings : [.. findings.Take(FindingList.MaxFindings), BuiltInFindings.MoreFindings(more)]);
        }

        var revision =
            RevisionResult.Apply(
                values, current, history, submission.Period!.Value, new Provenance(submission.OrderKey, sequence), returned);
        findings.AddRange(revision.Notices);
        return new(revision.TookEffect ? Verdict.Accepted : Verdict.Superseded, findings);
    }

    private static bool IsRefused(List<Finding> findings) => findings.Exists(finding => FindingSeverities.Refuses(finding.Severity));

    private static void AddUnusedExplanations(Submission submission, List<Finding> findings) =>
        findings.AddRange(submission.Explanations
            .Where(explanation =>
                !findings.Exists(finding => finding.Rule == explanation.Rule && finding.Indicator == explanation.Indicator))
            .DistinctBy(explanation => (explanation.Rule, explanation.Indicator))
            .Select(explanation => BuiltInFindings.ExplanationWithoutQuestion(explanation.Rule, explanation.Indicator)).ToList());
}
