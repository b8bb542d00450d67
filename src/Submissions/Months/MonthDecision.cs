using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Submissions.Findings;

namespace XilinIngest.Submissions.Months;

/// <summary>The verdict on a request to close or to reopen a month.</summary>
public static class MonthDecision
{
    /// <summary>Decides on a request by the ledger's rows before it.</summary>
    /// <param name="submission">The request, read and form-checked.</param>
    /// <param name="window">The calendar's window of the month; null: it has none, which the form checks have found.</param>
    /// <param name="months">The months by the rows before.</param>
    /// <param name="now">The time that the row will have.</param>
    /// <param name="missing">Finds the units that have not reported everything due for the month; asked only before a closing.</param>
    /// <param name="reused">The finding that its id belongs to another message; null if it does not.</param>
    public static Decision Decide(
        Submission submission, CalendarWindow? window, MonthStates months, DateTimeOffset now, Func<IReadOnlyList<Unit>> missing,
        Finding? reused)
    {
        List<Finding> findings = [.. submission.Findings];
        if (reused is not null)
        {
            findings.Add(reused);
        }

        var request = submission.MonthRequest!;
        // A faulty or unauthorised request does not learn who has not reported.
        if (window is not null && !submission.HasErrors)
        {
            findings.AddRange(request.Action == MonthAction.Close
                ? CheckClosing(request, window, months, now, missing)
                : CheckReopening(request, window, months, now));
        }

        return new(findings.Exists(finding => FindingSeverities.Refuses(finding.Severity)) ? Verdict.Refused : Verdict.Accepted, findings);
    }

    private static IEnumerable<Finding> CheckClosing(
        MonthRequest request, CalendarWindow window, MonthStates months, DateTimeOffset now, Func<IReadOnlyList<Unit>> missing)
    {
        if (months.NewestOf(window.Period) is { Action: MonthAction.Close } closed)
        {
            yield return BuiltInFindings.MonthAlreadyClosed(closed);
        }
        else if (months.WindowOf(window).Locks is var locks && now > locks)
        {
            yield return BuiltInFindings.MonthAlreadyLocked(window.Period, locks);
        }
        else if (missing() is { Count: > 0 } units)
        {
            yield return request.Reason is null
                ? BuiltInFindings.MonthIncomplete(window.Period, units) : BuiltInFindings.ClosedIncomplete(window.Period, units);
        }
    }

    private static IEnumerable<Finding> CheckReopening(
        MonthRequest request, CalendarWindow window, MonthStates months, DateTimeOffset now)
    {
        if (!months.IsClosed(window, now))
        {
            yield return BuiltInFindings.MonthNotClosed(window.Period);
        }

        if (request.Reason is null)
        {
            yield return BuiltInFindings.ReopeningReasonMissing(window.Period);
        }

        if (request.Until <= now)
        {
            yield return BuiltInFindings.UntilPassed(request.Until.Value);
        }
    }
}
