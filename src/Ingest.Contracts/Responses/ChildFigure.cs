namespace XilinIngest.Contracts.Responses;

/// <summary>A unit below another one, with its figure of an indicator in a month.</summary>
/// <param name="Unit">The child's code.</param>
/// <param name="Figure">
/// The month of its series. For a unit that reports itself, these are the reported figures: the month, the year-to-date if it sent one, and
/// last year's year-to-date as it reports it today, without a growth.
/// </param>
public sealed record ChildFigure(string Unit, SeriesPoint Figure)
{
    /// <summary>
    /// The percentage points that the child adds to the growth of the unit above it (拉动), rounded to two decimals; those of all children
    /// add up to the growth before rounding. Null where the growth is not the sum of theirs.
    /// </summary>
    public decimal? GrowthPoints { get; init; }
}
