namespace XilinIngest.Indicators;

/// <summary>What a row of the ledger does to a month.</summary>
public enum MonthAction
{
    /// <summary>关账: from then on only corrections with a reason are taken, and complete totals are final.</summary>
    Close,

    /// <summary>重开: submissions are taken again as before the month closed.</summary>
    Reopen,
}

/// <summary>An accepted closing or reopening of a month.</summary>
/// <param name="Sequence">Its row in the ledger. Of several changes of a month, the one with the greatest row counts.</param>
/// <param name="Period">The month.</param>
/// <param name="Action">What it does.</param>
/// <param name="At">When the ledger took it.</param>
/// <param name="Until">When a reopened month closes again by itself; null: when it is closed again.</param>
/// <param name="By">The sender's name in the ledger.</param>
/// <param name="Reason">Why; null: a month was closed with all reports.</param>
public sealed record MonthStateChange(
    long Sequence, Period Period, MonthAction Action, DateTimeOffset At, DateTimeOffset? Until, string By, string? Reason);
