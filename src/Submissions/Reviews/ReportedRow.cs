using XilinIngest.Indicators;

namespace XilinIngest.Submissions.Reviews;

/// <summary>The row that a review names, as the ledger has it before the review.</summary>
/// <param name="Sequence">The row.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Period">Its month.</param>
/// <param name="IsAcceptedReport">Whether it is an accepted report; false: it is refused, superseded, or no report.</param>
public sealed record ReportedRow(long Sequence, string Unit, string Period, bool IsAcceptedReport)
{
    /// <summary>Which of its figures are in force, and which rows have replaced others.</summary>
    /// <param name="month">The effective month of its unit.</param>
    /// <param name="replacedBy">The newest row that holds a figure of the month.</param>
    /// <returns>Whether a figure of the row is in force.</returns>
    public bool IsInForce(EffectiveMonth month, out long replacedBy)
    {
        var (isInForce, newest) = (false, 0L);
        foreach (ref readonly var value in month.Span)
        {
            foreach (var set in value.Provenance.All)
            {
                isInForce |= set.Provenance.Sequence == Sequence;
                newest = Math.Max(newest, set.Provenance.Sequence);
            }
        }

        replacedBy = newest;
        return isInForce;
    }
}
