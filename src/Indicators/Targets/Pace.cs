namespace XilinIngest.Indicators;

/// <summary>How far along a full-year plan is.</summary>
public static class Pace
{
    /// <summary>Year-to-date as a percentage of the plan.</summary>
    public static decimal Completion(decimal ytd, decimal plan) => ytd * 100 / plan;

    /// <summary>时序进度: completion less n ÷ 12, in percentage points; above zero is ahead.</summary>
    public static decimal Gap(decimal ytd, decimal plan, int month) => Completion(ytd, plan) - month * 100m / 12;

    /// <summary>
    /// 时序进度 of a stock, in percentage points of the plan: what stands less what would, had it moved evenly from last year's end to the
    /// plan. From nothing it is <see cref="Gap"/>.
    /// </summary>
    public static decimal StockGap(decimal stock, decimal yearEnd, decimal plan, int month) =>
        (stock - yearEnd - (plan - yearEnd) * month / 12) * 100 / plan;
}

/// <summary>A figure held against its target: what is judged, and how far it is above the target (or what the month asks of it).</summary>
/// <param name="Value">Growth in per cent, the completion of a plan in per cent, or a rate or an index itself; null where a target of zero
/// has no percentage.</param>
/// <param name="PointsAbove">Exact percentage points above (+) or below (−) what the target asks of the month; null with the value.</param>
/// <param name="Excess">Of a target of zero: what there is, in the canonical unit.</param>
public readonly record struct TargetProgress(decimal? Value, decimal? PointsAbove, decimal Excess = 0)
{
    /// <summary>By the indicator's kind; null where nothing can be said.</summary>
    /// <param name="indicator">The indicator.</param>
    /// <param name="total">The unit's total.</param>
    /// <param name="target">Its target.</param>
    /// <param name="month">n of n ÷ 12.</param>
    /// <param name="yearEnd">A stock's figure at last year's end, which its pace starts from; null: not known, or no stock.</param>
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

    /// <summary>A target of zero is kept or it is not: there is no percentage of it.</summary>
    internal static TargetProgress OfZeroTarget(decimal ytd) => new(null, null, ytd);
}
