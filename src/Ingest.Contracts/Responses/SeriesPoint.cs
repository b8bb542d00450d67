namespace XilinIngest.Contracts.Responses;

/// <summary>One month of a series, exact, in the canonical unit; growth in per cent (of a rate: in points) as published.</summary>
/// <param name="Period">The month.</param>
/// <param name="Month">The month's value.</param>
/// <param name="YearToDate">1—本月.</param>
/// <param name="LastYearMonth">The month's value a year before.</param>
/// <param name="LastYearToDate">The year-to-date a year before, of all units that reported then.</param>
/// <param name="Growth">On the indicator's basis.</param>
/// <param name="RecordedGrowth">On the recorded basis.</param>
/// <param name="ComparableGrowth">On the comparable basis.</param>
/// <param name="TwoYearAverage">
/// 两年平均增速: the geometric mean of this year's growth and last year's, per cent; null if one of the two has no percentage.
/// </param>
/// <param name="Reported">n of "n of m reported".</param>
/// <param name="Expected">m.</param>
/// <param name="State">provisional, complete or final.</param>
/// <param name="Comparison">
/// The figures that the growth was computed from, exact; for a rate, the two rates. Null if nothing is compared.
/// </param>
public sealed record SeriesPoint(
    string Period, decimal? Month, decimal? YearToDate, decimal? LastYearMonth, decimal? LastYearToDate, decimal? Growth,
    decimal? RecordedGrowth,
    decimal? ComparableGrowth, decimal? TwoYearAverage, int Reported, int Expected, ResultState State, GrowthComparison? Comparison = null)
{
    /// <summary>For a milestone and a yes/no: how many units are at each stage, from stage 0.</summary>
    public IReadOnlyList<int>? Stages { get; init; }

    /// <summary>For a milestone and a yes/no: since when a unit that reports itself has been at its stage.</summary>
    public DateOnly? Since { get; init; }

    /// <summary>
    /// For a milestone and a yes/no of a parent: how many of its units have never reported a stage; null if the unit reports itself.
    /// </summary>
    public int? UnitsWithoutStage { get; init; }
}
