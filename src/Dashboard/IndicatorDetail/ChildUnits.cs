using XilinIngest.Contracts;

namespace XilinIngest.Dashboard.IndicatorDetail;

/// <summary>The units below one with their figures of an indicator, and their ranking, where they are ranked.</summary>
/// <param name="Indicator">The indicator.</param>
/// <param name="IsRaw">They are enterprises: their own figures, exact, unpublished and unranked.</param>
/// <param name="Ranking">The newest ranking; null: there is none.</param>
/// <param name="Rows">In rank order, then in catalogue order.</param>
public sealed record ChildUnits(CatalogueIndicator Indicator, bool IsRaw, RankingPublished? Ranking, IReadOnlyList<ChildUnitRow> Rows)
{
    /// <summary>The stage that the unit above plans for the month; null: there is no plan.</summary>
    public int? PlannedStage { get; init; }
}

/// <summary>One of them.</summary>
/// <param name="Unit">Its code.</param>
/// <param name="Name">Its name.</param>
/// <param name="RankedUnit">Its place in the ranking; null: it has none.</param>
/// <param name="Figure">Its month.</param>
public sealed record ChildUnitRow(string Unit, string Name, RankedUnit? RankedUnit, SeriesPoint Figure);
