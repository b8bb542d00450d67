using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Submissions.Checking;
using XilinIngest.Submissions.Findings;
using XilinIngest.Submissions.Revisions;

namespace XilinIngest.Submissions;

/// <summary>A verdict on a submission; for an accepted one the month is changed to what stands now.</summary>
public sealed record Decision(string Verdict, IReadOnlyList<Finding> Findings)
{
    private static readonly OrderKey AfterAllOthers = new(int.MaxValue, long.MaxValue, Guid.AllBitsSet);

    /// <summary>Decides on a submission that was read and form-checked, given what stands of its unit.</summary>
    /// <param name="submission">The submission.</param>
    /// <param name="catalogue">The catalogue it is judged by.</param>
    /// <param name="history">What stands of the unit, by month.</param>
    /// <param name="current">What stands of the submission's own month; changed when it is accepted.</param>
    /// <param name="sequence">The ledger row it will have.</param>
    /// <param name="reused">Its id is another's.</param>
    public static Decision Decide(
        Submission submission, Catalogue catalogue, IReadOnlyDictionary<Period, EffectiveMonth> history, EffectiveMonth current, long sequence, Finding? reused = null)
    {
        List<Finding> findings = reused is null ? [.. submission.Findings] : [.. submission.Findings, reused];

        // One that is refused already is judged as its correction will be, which comes after all that stands.
        var key = findings.Exists(finding => Severities.Refuses(finding.Severity)) ? AfterAllOthers : submission.OrderKey;
        var values = submission.Values.Select(value => RevisedValue.Create(value, current, key)).ToList();
        if (submission.AllowsRuleChecks(catalogue))
        {
            findings.AddRange(values.Select(value => value.Missing).OfType<Finding>());
            findings.AddRange(RuleChecks.Check(submission, values, catalogue.Rules, history));
        }

        // Beside an error, the question that an explanation answers may not have been asked yet.
        if (!submission.HasErrors)
        {
            findings.AddRange(submission.Explanations
                .Where(explanation => !findings.Exists(finding => finding.Rule == explanation.Rule && finding.Indicator == explanation.Indicator))
                .DistinctBy(explanation => (explanation.Rule, explanation.Indicator))
                .Select(explanation => BuiltInFindings.ExplanationWithoutQuestion(explanation.Rule, explanation.Indicator)).ToList());
        }

        if (findings.Exists(finding => Severities.Refuses(finding.Severity)))
        {
            var more = submission.Findings.DroppedCount + Math.Max(0, findings.Count - FindingList.MaxFindings);
            return new(Verdicts.Refused, more == 0 ? findings : [.. findings.Take(FindingList.MaxFindings), BuiltInFindings.MoreFindings(more)]);
        }

        var revision = RevisionResult.Apply(values, current, history, submission.Period!.Value, new Provenance(submission.OrderKey, sequence));
        findings.AddRange(revision.Notices);
        return new(revision.TookEffect ? Verdicts.Accepted : Verdicts.Superseded, findings);
    }
}
