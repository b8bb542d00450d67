namespace XilinIngest.Indicators;

/// <summary>An earlier year: what it had by the month of the estimate, and what it had at its end.</summary>
/// <param name="Year">The year.</param>
/// <param name="YearToDate">January to the month.</param>
/// <param name="FullYear">January to December.</param>
public readonly record struct SeasonalYear(int Year, decimal YearToDate, decimal FullYear)
{
    /// <summary>
    /// Whether its share says how a year goes on: both figures are above zero, and the year did not end below what it had by the month.
    /// </summary>
    public bool IsUsable => YearToDate > 0 && FullYear >= YearToDate;

    /// <summary>The part of the year that was there by the month, above 0 and at most 1.</summary>
    public decimal Share => YearToDate / FullYear;
}

/// <summary>Why there is no estimate.</summary>
public enum EstimateObstacle
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

/// <summary>The estimate that the other earlier years would have given for one of them.</summary>
/// <param name="Year">The earlier year.</param>
/// <param name="Estimate">The estimate from the mean share of the others.</param>
/// <param name="Error">The estimate ÷ the year's figure − 1.</param>
public sealed record EstimateTrial(SeasonalYear Year, decimal Estimate, decimal Error);

/// <summary>What a year is expected to come to (全年预计). Not a result: nothing is ranked by it, and no alert reads it.</summary>
/// <param name="Amount">The year-to-date ÷ the mean share.</param>
/// <param name="Low">The lower end of the interval.</param>
/// <param name="High">The upper end.</param>
/// <param name="MeanShare">The mean of the earlier years' shares.</param>
/// <param name="LargestError">The largest error of the trials, without its sign.</param>
/// <param name="Trials">One for each earlier year.</param>
public sealed record FullYearEstimate(
    decimal Amount, decimal Low, decimal High, decimal MeanShare, decimal LargestError, IReadOnlyList<EstimateTrial> Trials);

/// <summary>An estimate, or why there is none.</summary>
public readonly record struct EstimateResult(FullYearEstimate? Estimate, EstimateObstacle? Obstacle);
