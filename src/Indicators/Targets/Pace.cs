namespace XilinIngest.Indicators;

/// <summary>How far along a full-year plan is.</summary>
public static class Pace
{
    /// <summary>Year-to-date as a percentage of the plan.</summary>
    public static decimal Completion(decimal ytd, decimal plan) => ytd * 100 / plan;

    /// <summary>时序进度: completion less n ÷ 12, in percentage points; above zero is ahead.</summary>
    public static decimal Gap(decimal ytd, decimal plan, int month) => Completion(ytd, plan) - month * 100m / 12;
}
