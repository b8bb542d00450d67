namespace XilinIngest.Contracts.Responses;

/// <summary>Figures of several units, indicators and months, exact, in the canonical units.</summary>
/// <param name="Units">Codes of the units, in catalogue order, without those whose figures the caller may not see.</param>
/// <param name="Indicators">Codes of the indicators, in the order of the query.</param>
/// <param name="Periods">The months, in order; <c>yyyy-MM</c>.</param>
/// <param name="Cells">
/// A cell for each unit, indicator and month, in this order: the months of the first unit's first indicator come first. Null: nothing is
/// reported.
/// </param>
public sealed record FigureTable(
    IReadOnlyList<string> Units, IReadOnlyList<string> Indicators, IReadOnlyList<string> Periods, IReadOnlyList<FigureCell?> Cells);

/// <summary>One figure, as the series of the indicator has it.</summary>
/// <param name="Month">The month's value.</param>
/// <param name="YearToDate">1—本月.</param>
/// <param name="LastYearToDate">The year-to-date a year before.</param>
/// <param name="Growth">In per cent (of a rate: in points) as published.</param>
/// <param name="Words">The word that replaces a growth without a percentage.</param>
/// <param name="State">provisional, complete or final.</param>
public sealed record FigureCell(
    decimal? Month, decimal? YearToDate, decimal? LastYearToDate, decimal? Growth, GrowthWords? Words, ResultState State);
