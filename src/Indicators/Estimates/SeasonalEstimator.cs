namespace XilinIngest.Indicators;

/// <summary>
/// Estimates a year by the season: the year-to-date ÷ the share that earlier years had by the same month. The interval is what the same
/// method was off by in the earlier years, each estimated from the others.
/// </summary>
public static class SeasonalEstimator
{
    public const int MinYears = 2;

    /// <summary>Below this share a small figure would be multiplied twentyfold.</summary>
    public const decimal MinShare = 0.05m;

    /// <summary>Beyond this error the interval would say nothing.</summary>
    public const decimal MaxError = 0.3m;

    /// <param name="yearToDate">The complete year-to-date of the month.</param>
    /// <param name="earlier">Earlier years by the same month. Those that are not usable are left out.</param>
    /// <param name="canFall">Whether a month may be below zero, so that the year may end below the year-to-date.</param>
    public static EstimateResult Estimate(decimal yearToDate, IEnumerable<SeasonalYear> earlier, bool canFall)
    {
        if (yearToDate <= 0)
        {
            return new(null, EstimateObstacle.NotPositive);
        }

        var years = earlier.Where(year => year.IsUsable).OrderBy(year => year.Year).ToList();
        if (years.Count < MinYears)
        {
            return new(null, EstimateObstacle.TooFewYears);
        }

        var sum = years.Sum(year => year.Share);
        var mean = sum / years.Count;
        if (years.Any(year => year.Share < MinShare))
        {
            return new(null, EstimateObstacle.TooEarly);
        }

        var trials = years.Select(year => TryOn(year, (sum - year.Share) / (years.Count - 1))).ToList();
        var error = trials.Max(trial => Math.Abs(trial.Error));
        if (error > MaxError)
        {
            return new(null, EstimateObstacle.TooUncertain);
        }

        // If an estimate is off by the error, the year is the estimate ÷ (1 ± error).
        var amount = yearToDate / mean;
        var low = amount / (1 + error);
        return new(new(amount, canFall ? low : Math.Max(low, yearToDate), amount / (1 - error), mean, error, trials), null);
    }

    private static EstimateTrial TryOn(SeasonalYear year, decimal shareOfOthers) =>
        new(year, year.YearToDate / shareOfOthers, year.Share / shareOfOthers - 1);
}
