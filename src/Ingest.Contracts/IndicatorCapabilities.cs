namespace XilinIngest.Contracts;

/// <summary>What a growth is expressed in.</summary>
public static class GrowthUnits
{
    /// <summary>Per cent.</summary>
    public const string Percent = "percent";

    /// <summary>Percentage points (个百分点): the difference of two rates.</summary>
    public const string Points = "points";
}

/// <summary>How a full-year target is compared with the year-to-date.</summary>
public static class TargetMeasures
{
    /// <summary>With the target × months ÷ 12 (时序进度).</summary>
    public const string Pace = "pace";

    /// <summary>With an even way from last year's end to the target.</summary>
    public const string Path = "path";

    /// <summary>With the target as it is, in every month.</summary>
    public const string Level = "level";

    /// <summary>With the stage that is planned for the month.</summary>
    public const string Stage = "stage";
}
