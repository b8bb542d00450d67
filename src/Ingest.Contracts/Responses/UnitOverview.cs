namespace XilinIngest.Contracts.Responses;

/// <summary>All indicators of a unit in a month, from one state of the cube.</summary>
/// <param name="Unit">The unit's code.</param>
/// <param name="Period">The month.</param>
/// <param name="Through">The last ledger row that the figures include.</param>
/// <param name="Indicators">In catalogue order.</param>
public sealed record UnitOverview(string Unit, string Period, long Through, IReadOnlyList<IndicatorOverview> Indicators);

/// <summary>One indicator of an overview.</summary>
/// <param name="Row">Its figures as the report prints them.</param>
/// <param name="Months">The twelve months of the year.</param>
public sealed record IndicatorOverview(ReportRow Row, IReadOnlyList<SeriesPoint> Months);
