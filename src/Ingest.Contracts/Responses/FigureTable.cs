using System.Text.Json.Serialization;

namespace XilinIngest.Contracts.Responses;

/// <summary>Figures of several units, indicators and months, exact, in the canonical units.</summary>
/// <param name="Units">Codes of the units, in catalogue order, without those whose figures the caller may not see.</param>
/// <param name="Indicators">Codes of the indicators, in the order of the query.</param>
/// <param name="Periods">The months, in order; <c>yyyy-MM</c>.</param>
/// <param name="Cells">
/// A cell for each unit, indicator and month, in this order: the months of the first unit's first indicator come first. Null: the
/// caller may not see it.
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
    decimal? Month, decimal? YearToDate, decimal? LastYearToDate, decimal? Growth, GrowthWords? Words, ResultState State)
{
    /// <summary>What the growth was computed from, on the basis of the indicator; null: nothing is compared.</summary>
    public decimal? Base { get; init; }

    /// <summary>What is compared with <see cref="Base"/>, if it differs from <see cref="YearToDate"/>: units may be left out.</summary>
    public decimal? Compared { get; init; }

    /// <summary>Why the month has no figure; null: it has one.</summary>
    public FigureAbsence? Absence { get; init; }
}

/// <summary>Why a month has no figure of an indicator.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<FigureAbsence>))]
public enum FigureAbsence
{
    /// <summary>
    /// The unit does not report the indicator, and no unit below it does; or the month has ended and is not in the calendar.
    /// </summary>
    NotApplicable,

    /// <summary>The month is not reported: an exempt January (1月免报).</summary>
    Exempt,

    /// <summary>It is due, but its deadline has not passed.</summary>
    NotDueYet,

    /// <summary>Its deadline has passed without it.</summary>
    Missing,
}
