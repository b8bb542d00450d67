using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Submissions.Findings;

namespace XilinIngest.Submissions.Reviews;

/// <summary>The verdict on a review of a report.</summary>
public static class ReviewDecider
{
    /// <summary>Decides on a review by the ledger's rows before it.</summary>
    /// <param name="submission">The review, read and form-checked.</param>
    /// <param name="catalogue">Says which reports are reviewed.</param>
    /// <param name="locks">When the month locks, with its dates as they were moved; null: it has no window.</param>
    /// <param name="row">Finds a row before the review; null: there is none.</param>
    /// <param name="month">The effective month of the unit.</param>
    /// <param name="reviews">The reviews by the rows before.</param>
    /// <param name="now">The time that the row will have.</param>
    /// <param name="reused">The finding that its id belongs to another message; null if it does not.</param>
    public static Decision Decide(
        Submission submission, Catalogue catalogue, DateTimeOffset? locks, Func<long, ReportedRow?> row, EffectiveMonth month,
        ReviewStates reviews, DateTimeOffset now, Finding? reused)
    {
        List<Finding> findings = [.. submission.Findings];
        if (reused is not null)
        {
            findings.Add(reused);
        }

        // A faulty or unauthorised request does not learn what the ledger has.
        if (!submission.HasErrors && submission is
            { Unit: { } unit, Period: { } period, ReviewRequest: { Row: { } sequence, Action: { } action } request })
        {
            if (catalogue.ReviewerOf(unit, period) is null)
            {
                findings.Add(BuiltInFindings.NotReviewed(unit, period));
            }

            if (now > locks)
            {
                findings.Add(BuiltInFindings.ReviewOfLockedMonth(period, locks.Value));
            }

            if (action == ReviewAction.Return && request.Reason is null)
            {
                findings.Add(BuiltInFindings.ReturnReasonMissing());
            }

            findings.AddRange(CheckRow(submission, sequence, action, row(sequence), month, reviews));
        }

        return new(findings.Exists(finding => FindingSeverities.Refuses(finding.Severity)) ? Verdict.Refused : Verdict.Accepted, findings);
    }

    private static IEnumerable<Finding> CheckRow(
        Submission submission, long sequence, ReviewAction action, ReportedRow? row, EffectiveMonth month, ReviewStates reviews)
    {
        if (row is null)
        {
            yield return BuiltInFindings.NoSuchRow(sequence);
        }
        else if (row.Unit != submission.UnitText || row.Period != submission.PeriodText)
        {
            yield return BuiltInFindings.RowOfAnotherReport(sequence, submission.Unit!, submission.Period!.Value);
        }
        else if (!row.IsAcceptedReport)
        {
            yield return BuiltInFindings.RowIsNoReport(sequence);
        }
        else if (!row.IsInForce(month, out var newer))
        {
            yield return BuiltInFindings.RowReplaced(sequence, newer);
        }
        else if (reviews.NewestOf(sequence) is { } before && before.Action == action)
        {
            yield return BuiltInFindings.AlreadyReviewed(before);
        }
    }
}
