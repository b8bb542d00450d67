namespace XilinIngest.Contracts;

/// <summary>The unit of a growth.</summary>
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
    /// <summary>Compared with the target × months ÷ 12 (时序进度).</summary>
    public const string Pace = "pace";

    /// <summary>Compared with a linear path from last year's end to the target.</summary>
    public const string Path = "path";

    /// <summary>Compared with the full target in every month.</summary>
    public const string Level = "level";

    /// <summary>Compared with the stage that is planned for the month.</summary>
    public const string Stage = "stage";
}
