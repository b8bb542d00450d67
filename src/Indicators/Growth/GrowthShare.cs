namespace XilinIngest.Indicators;

/// <summary>How much of a total's growth is due to each part of the total.</summary>
public static class GrowthShare
{
    /// <summary>
    /// The percentage points that a part adds to the growth of its total (拉动), or takes from it (拖累, negative): its change, per cent of the
    /// total's base. Exact: the points of all parts add up to the total's growth.
    /// </summary>
    /// <param name="current">The part's compared figure.</param>
    /// <param name="base">The part's base; may be zero or below.</param>
    /// <param name="totalBase">The total's base, above zero.</param>
    public static decimal Points(decimal current, decimal @base, decimal totalBase) => (current - @base) * 100 / totalBase;
}
