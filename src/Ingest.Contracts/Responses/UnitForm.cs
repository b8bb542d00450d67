namespace XilinIngest.Contracts.Responses;

/// <summary>A month's form of one unit: the indicators that are due, with the unit's own figures for comparison.</summary>
/// <param name="Unit">The unit's code.</param>
/// <param name="Period">The month.</param>
/// <param name="Opens">From when submissions are taken; null if the month is not in the calendar.</param>
/// <param name="Deadline">When the form is due; null: the month is history, or not in the calendar.</param>
/// <param name="Closes">From when a correction needs a reason; null also while the month is reopened without a date.</param>
/// <param name="Locks">From when no submission is taken; null also while the month is reopened without a date.</param>
/// <param name="NextRevision">1, or one more than the effective revision.</param>
/// <param name="Entries">The indicators that are due, and those that were reported although not due; in catalogue order.</param>
public sealed record UnitForm(
    string Unit, string Period, DateTimeOffset? Opens, DateTimeOffset? Deadline, DateTimeOffset? Closes, DateTimeOffset? Locks,
    int NextRevision, IReadOnlyList<FormEntry> Entries)
{
    /// <summary>
    /// Whether the month was reopened and not closed again since: <see cref="Deadline"/> was that of the calendar, and <see cref="Closes"/>
    /// is until when it is open.
    /// </summary>
    public bool IsReopened { get; init; }

    /// <summary>The last ledger row that the form includes. A later row may change it.</summary>
    public long AppliedThrough { get; init; }

    /// <summary>The report's review with the reasons (审核); null: it is not reviewed, or there is nothing to review.</summary>
    public ReviewedReport? Review { get; init; }
}

/// <summary>One indicator of a form.</summary>
/// <param name="Indicator">Its code.</param>
/// <param name="IsDue">Whether it is due from the unit for the month.</param>
/// <param name="Now">The effective figures of the month; null if there are none.</param>
/// <param name="LastMonth">The effective figures of the month before.</param>
/// <param name="LastYear">The effective figures of the same month of last year.</param>
public sealed record FormEntry(string Indicator, bool IsDue, FormFigures? Now, FormFigures? LastMonth, FormFigures? LastYear)
{
    /// <summary>Last year's 1—本月 by the rule of the indicator's kind, whether or not a submission carried it; absent for a rate.</summary>
    public decimal? LastYearToDate { get; init; }

    /// <summary>What a returned report said of the month: it does not count until it is sent again. Null: nothing is returned.</summary>
    public FormFigures? Returned { get; init; }
}

/// <summary>Figures as they were reported, exact, in the canonical unit.</summary>
/// <param name="Value">The month's value; for a rate, per cent.</param>
/// <param name="YearToDate">1—本月, if it was given.</param>
/// <param name="LastYear">上年同期, if it was given.</param>
/// <param name="Numerator">For a rate.</param>
/// <param name="Denominator">For a rate.</param>
/// <param name="Sequence">The ledger row.</param>
public sealed record FormFigures(
    decimal? Value, decimal? YearToDate, decimal? LastYear, decimal? Numerator, decimal? Denominator, long Sequence)
{
    /// <summary>Since when the value has held, if it was given.</summary>
    public DateOnly? Date { get; init; }
}
