namespace XilinIngest.Contracts.Responses;

/// <summary>A unit below another one, with its figure of an indicator in a month.</summary>
/// <param name="Unit">The child's code.</param>
/// <param name="Figure">
/// As the month of its series has it. Of a unit that reports itself it is what it reported: the month, the year-to-date where it sent one,
/// and last year's year-to-date as it reports it today; no growth.
/// </param>
public sealed record ChildFigure(string Unit, SeriesPoint Figure);
