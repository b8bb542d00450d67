using XilinIngest.Indicators;
using XilinIngest.Submissions;

namespace XilinIngest.Worker.Ledger.Verification;

/// <summary>
/// Checks that the rows after a closing agree with it. What the calendar alone decided is not checked: its dates may have been edited
/// since.
/// </summary>
internal static class MonthRowCheck
{
    /// <summary>Takes over a row that closed or reopened a month.</summary>
    public static void Apply(MonthStates months, LedgerEntry entry, Action<string> addFault)
    {
        if (entry.ToMonthChange() is not { } change)
        {
            addFault($"row {entry.Sequence} ({entry.Period}) was accepted as a request about a month or a report and is none.");
            return;
        }

        if (change.Action == MonthAction.Close && months.NewestOf(change.Period) is { Action: MonthAction.Close } before)
        {
            addFault($"row {entry.Sequence} closed {change.Period}, which row {before.Sequence} had closed.");
        }

        months.Apply(change);
    }

    /// <summary>Checks an accepted submission.</summary>
    public static void CheckSubmission(MonthStates months, LedgerEntry entry, Submission submission, Action<string> addFault)
    {
        if (submission is { Period: { } period, CorrectionReason: null }
            && months.NewestOf(period) is { Action: MonthAction.Close } closed)
        {
            addFault($"row {entry.Sequence} ({entry.Unit}, {period}) was accepted without a reason, after row {closed.Sequence} had closed "
                + "the month.");
        }
    }
}
