namespace XilinIngest.Contracts.Responses;

/// <summary>A month's form of one unit: what is due, and what stands beside it. The unit's own figures.</summary>
/// <param name="Unit">The unit's code.</param>
/// <param name="Period">The month.</param>
/// <param name="Opens">From when it is taken; null: the month is not in the calendar.</param>
/// <param name="Deadline">When it is due.</param>
/// <param name="Closes">From when a correction needs a reason.</param>
/// <param name="Locks">From when nothing is taken any more.</param>
/// <param name="NextRevision">1, or one more than what stands.</param>
/// <param name="Entries">What is due, and what was reported though it is not; in catalogue order.</param>
public sealed record UnitForm(
    string Unit, string Period, DateTimeOffset? Opens, DateTimeOffset? Deadline, DateTimeOffset? Closes, DateTimeOffset? Locks,
    int NextRevision, IReadOnlyList<FormEntry> Entries)
{
    /// <summary>The ledger row up to which this is the state of things: a later one may change it.</summary>
    public long AppliedThrough { get; init; }
}

/// <summary>One indicator of a form.</summary>
/// <param name="Indicator">Its code.</param>
/// <param name="IsDue">Whether it is due of the unit for the month.</param>
/// <param name="Now">What stands for the month; null: nothing.</param>
/// <param name="LastMonth">What stands for the month before.</param>
/// <param name="LastYear">What stands for the same month of last year.</param>
public sealed record FormEntry(string Indicator, bool IsDue, FormFigures? Now, FormFigures? LastMonth, FormFigures? LastYear)
{
    /// <summary>Last year's 1—本月 by the rule of the indicator's kind, whether or not a submission carried it; of a rate none.</summary>
    public decimal? LastYearToDate { get; init; }
}

/// <summary>Figures as they were reported, exact, in the canonical unit.</summary>
/// <param name="Value">The month's value; of a rate, per cent.</param>
/// <param name="YearToDate">1—本月, where it was given.</param>
/// <param name="LastYear">上年同期, where it was given.</param>
/// <param name="Numerator">Of a rate.</param>
/// <param name="Denominator">Of a rate.</param>
/// <param name="Sequence">The ledger row.</param>
public sealed record FormFigures(
    decimal? Value, decimal? YearToDate, decimal? LastYear, decimal? Numerator, decimal? Denominator, long Sequence)
{
    /// <summary>Since when the value has held, where it was given.</summary>
    public DateOnly? Date { get; init; }
}
