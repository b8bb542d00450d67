namespace XilinIngest.Indicators;

/// <summary>The word for a growth that a percentage cannot express.</summary>
public enum GrowthWord
{
    /// <summary>No word: there is a percentage, or there is no base.</summary>
    None,

    /// <summary>上年同期为零.</summary>
    BaseZero,

    /// <summary>扭亏为盈: from below zero to above it; zero is not a profit.</summary>
    LossToProfit,

    /// <summary>由盈转亏.</summary>
    ProfitToLoss,

    /// <summary>减亏, also to zero.</summary>
    LossSmaller,

    /// <summary>增亏.</summary>
    LossLarger,

    /// <summary>亏损持平.</summary>
    LossUnchanged,
}

/// <summary>A growth (同比): an exact percentage, or a word with the amount of the change, or nothing.</summary>
/// <param name="Percent">Exact per cent; null if there is none.</param>
/// <param name="Word">The word in place of a percentage.</param>
/// <param name="Amount">With a word: current less base, in the canonical unit; below zero if it fell. 0 if there is a percentage.</param>
public readonly record struct Growth(decimal? Percent, GrowthWord Word, decimal Amount = 0)
{
    /// <summary>No growth, because there is no base.</summary>
    public static readonly Growth Absent;

    /// <summary>The percentage as it is published; null if there is none.</summary>
    public decimal? Published => Percent is { } percent ? Rounding.Rate(percent) : null;

    /// <summary>Growth of summed figures: Σ current ÷ Σ base − 1. A mean of rates is not a valid argument.</summary>
    public static Growth Compute(decimal current, decimal @base) => (current, @base) switch
    {
        (_, 0) => new(null, GrowthWord.BaseZero, current),
        ( < 0, > 0) => new(null, GrowthWord.ProfitToLoss, current - @base),
        (_, > 0) => new((current - @base) * 100 / @base, GrowthWord.None),
        ( > 0, _) => new(null, GrowthWord.LossToProfit, current - @base),
        _ when current > @base => new(null, GrowthWord.LossSmaller, current - @base),
        _ when current < @base => new(null, GrowthWord.LossLarger, current - @base),
        _ => new(null, GrowthWord.LossUnchanged),
    };

    /// <summary>A rate's change against last year's, in percentage points.</summary>
    public static Growth ComputeForRate(decimal rate, decimal lastYear) => new(rate - lastYear, GrowthWord.None);

    /// <summary>Change of a published rate against another, in percentage points (个百分点), from the rounded rates.</summary>
    public static decimal? Change(decimal? published, decimal? before) => published - before;

    /// <summary>
    /// Two-year average growth (两年平均增速): the geometric mean of two years' growth in per cent, rounded as published; null if either has
    /// none, is −100 % or less, or exceeds 10¹⁵ %, where a mean has no use.
    /// </summary>
    public static decimal? TwoYearAverage(decimal? firstPercent, decimal? secondPercent)
    {
        const decimal Beyond = 1_000_000_000_000_000;
        return firstPercent is > -100 and <= Beyond and var first && secondPercent is > -100 and <= Beyond and var second
            ? Rounding.Rate((SquareRoot((1 + first / 100) * (1 + second / 100)) - 1) * 100)
            : null;
    }

    // Newton's method on decimal: it reaches all 28 digits in a few steps, without the error of a binary fraction.
    private static decimal SquareRoot(decimal value)
    {
        var root = value > 1 ? value : 1;
        for (var next = (root + value / root) / 2; next < root; next = (root + value / root) / 2)
        {
            root = next;
        }

        return root;
    }
}
