namespace XilinIngest.Indicators;

/// <summary>How much of a total's growth, or of its distance from a target, is due to each part of the total.</summary>
public static class GrowthShare
{
    /// <summary>
    /// The percentage points that a part adds to the growth of its total (拉动): its change, per cent of the total's base. Exact: the points
    /// of all parts add up to the total's growth.
    /// </summary>
    /// <param name="current">The part's compared figure.</param>
    /// <param name="base">The part's base; may be zero or below.</param>
    /// <param name="totalBase">The total's base, above zero.</param>
    public static decimal Points(decimal current, decimal @base, decimal totalBase) => (current - @base) * 100 / totalBase;

    /// <summary>
    /// The percentage points by which a part lifts the growth of its total above a target, or pulls it below (拖累, negative): what the part
    /// has more or less than its own base grown by the target. Exact: the points of all parts add up to the total's growth less the target.
    /// </summary>
    /// <param name="current">The part's compared figure.</param>
    /// <param name="base">The part's base; may be zero or below.</param>
    /// <param name="totalBase">The total's base, above zero.</param>
    /// <param name="targetPercent">The growth that the target asks for.</param>
    public static decimal PointsAgainst(decimal current, decimal @base, decimal totalBase, decimal targetPercent) =>
        Points(current, @base, totalBase) - targetPercent * (@base / totalBase);
}
