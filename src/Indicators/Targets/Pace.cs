namespace XilinIngest.Indicators;

/// <summary>The progress of a full-year plan.</summary>
public static class Pace
{
    /// <summary>Year-to-date as a percentage of the plan.</summary>
    public static decimal Completion(decimal ytd, decimal plan) => ytd * 100 / plan;

    /// <summary>时序进度: completion less n ÷ 12, in percentage points; above zero is ahead.</summary>
    public static decimal Gap(decimal ytd, decimal plan, int month) => Completion(ytd, plan) - month * 100m / 12;

    /// <summary>
    /// 时序进度 of a stock, in percentage points of the plan: the stock less its value on a linear path from last year's end to the plan. If
    /// last year's end is zero, this equals <see cref="Gap"/>.
    /// </summary>
    public static decimal StockGap(decimal stock, decimal yearEnd, decimal plan, int month) =>
        (stock - yearEnd - (plan - yearEnd) * month / 12) * 100 / plan;
}

/// <summary>
/// A figure compared with its target: the value judged, and its distance from the target or from the part of it that is due in the month.
/// </summary>
/// <param name="Value">
/// Growth in per cent, the completion of a plan in per cent, or a rate or an index itself; null for a target of zero, which has no
/// percentage.
/// </param>
/// <param name="PointsAbove">
/// Exact percentage points above (+) or below (−) what the target requires for the month; null if the value is null.
/// </param>
/// <param name="Excess">For a target of zero: the figure, in the canonical unit.</param>
public readonly record struct TargetProgress(decimal? Value, decimal? PointsAbove, decimal Excess = 0)
{
    /// <summary>Measures by the indicator's kind; null if it cannot be judged.</summary>
    /// <param name="indicator">The indicator.</param>
    /// <param name="total">The unit's total.</param>
    /// <param name="target">Its target.</param>
    /// <param name="month">n of n ÷ 12.</param>
    /// <param name="yearEnd">
    /// A stock's figure at last year's end, the start of its pace; null if it is unknown or the indicator is not a stock.
    /// </param>
    public static TargetProgress? Measure(Indicator indicator, Total total, Target target, int month, decimal? yearEnd)
    {
        if (target.Kind == TargetKind.Growth)
        {
            return total.Growth.Percent is { } percent ? new(percent, percent - target.Value) : null;
        }

        if (total.Ytd is not { } ytd)
        {
            return null;
        }

        return indicator.Kind.MeasureTarget(ytd, total.Stages, target, month, yearEnd);
    }

    /// <summary>The progress against a target of zero, which has no percentage.</summary>
    internal static TargetProgress OfZeroTarget(decimal ytd) => new(null, null, ytd);
}
