using System.Text.Json.Serialization;

namespace XilinIngest.Contracts.Responses;

/// <summary>
/// What a year is expected to come to (全年预计), by the season of earlier years. It is no published result: nothing is ranked by it, and no
/// alert reads it. Amounts are in the canonical unit, rounded once: to the printed precision, below the street to whole canonical units.
/// </summary>
/// <param name="Obstacle">Why there is no estimate; null: there is one.</param>
/// <param name="Amount">The year-to-date ÷ the mean share of the earlier years by this month; null: there is no estimate.</param>
/// <param name="Low">The lower end of the interval.</param>
/// <param name="High">The upper end; null, as the lower end, where fewer than two of the earlier years are recorded ones.</param>
/// <param name="SharePercent">The mean share, per cent, one decimal.</param>
/// <param name="ErrorPercent">The largest error of the earlier years, without its sign, per cent, one decimal.</param>
/// <param name="Years">The earlier years that the estimate is made of, in order; those at hand where there is no estimate.</param>
public sealed record YearEstimate(
    EstimateObstacleName? Obstacle, decimal? Amount, decimal? Low, decimal? High, decimal? SharePercent, decimal? ErrorPercent,
    IReadOnlyList<EstimatedYear> Years);

/// <summary>An earlier year, and what the other earlier years would have made of it.</summary>
/// <param name="Year">The year.</param>
/// <param name="YearToDate">January to the month, exact.</param>
/// <param name="FullYear">January to December, exact.</param>
/// <param name="SharePercent">The part that was there by the month, per cent, one decimal; null: it has no usable one.</param>
/// <param name="Estimate">The estimate from the other years; null: there is no estimate.</param>
/// <param name="ErrorPercent">The estimate ÷ the year's figure − 1, per cent, one decimal.</param>
/// <param name="IsBase">
/// Whether its figures are the bases that the year after it reported (上年同期数), because the year itself is not recorded.
/// </param>
public sealed record EstimatedYear(
    int Year, decimal YearToDate, decimal FullYear, decimal? SharePercent, decimal? Estimate, decimal? ErrorPercent, bool IsBase);

/// <summary>Why there is no estimate.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<EstimateObstacleName>))]
public enum EstimateObstacleName
{
    /// <summary>The year-to-date is no sum of months.</summary>
    NotSummed,

    /// <summary>December: the year is known.</summary>
    YearIsOver,

    /// <summary>Not every expected unit has reported.</summary>
    Incomplete,

    /// <summary>The year-to-date is zero or below.</summary>
    NotPositive,

    /// <summary>Fewer than two earlier years are usable.</summary>
    TooFewYears,

    /// <summary>By this month the earlier years had too small a part of their figure.</summary>
    TooEarly,

    /// <summary>The estimates of the earlier years would have been too far off.</summary>
    TooUncertain,
}
