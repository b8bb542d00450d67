using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Submissions.Findings;

namespace XilinIngest.Submissions.Checking;

/// <summary>
/// Checks a submission against the month's closing and lock. The ledger asks at the commit: a submission is judged by the rows before it.
/// </summary>
public static class WindowChecks
{
    /// <param name="submission">The submission.</param>
    /// <param name="window">The calendar's window of its month; null: it has none, which the form checks have found.</param>
    /// <param name="months">The months that were closed or reopened.</param>
    /// <param name="now">The time that its row will have.</param>
    /// <returns>Null: the month takes it.</returns>
    public static Finding? Find(Submission submission, CalendarWindow? window, MonthStates months, DateTimeOffset now)
    {
        if (window is null || now < window.Opens)
        {
            return null;
        }

        var moved = months.WindowOf(window);
        return now > moved.Locks ? BuiltInFindings.WindowLocked(moved)
            : submission.CorrectionReason is null && months.IsClosed(window, now) ? BuiltInFindings.WindowClosed(moved)
            : null;
    }
}
