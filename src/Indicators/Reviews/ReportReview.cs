namespace XilinIngest.Indicators;

/// <summary>What a review does with the report in a row of the ledger.</summary>
public enum ReviewAction
{
    /// <summary>审核通过.</summary>
    Approve,

    /// <summary>退回: its figures do not count until a newer revision replaces them.</summary>
    Return,
}

/// <summary>An accepted review of a report.</summary>
/// <param name="Sequence">Its own row in the ledger. Of several reviews of a row, the one with the greatest row counts.</param>
/// <param name="Row">The row that it reviews.</param>
/// <param name="Unit">The unit that reported.</param>
/// <param name="Period">The month.</param>
/// <param name="Action">What it does.</param>
/// <param name="At">When the ledger took it.</param>
/// <param name="By">The sender's name in the ledger.</param>
/// <param name="Reason">Why; null: an approval may have none.</param>
public sealed record ReportReview(
    long Sequence, long Row, UnitCode Unit, Period Period, ReviewAction Action, DateTimeOffset At, string By, string? Reason);
