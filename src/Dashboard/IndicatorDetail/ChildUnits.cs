using XilinIngest.Contracts;

namespace XilinIngest.Dashboard.IndicatorDetail;

/// <summary>The child units with their figures of an indicator, and their ranking if they are ranked.</summary>
/// <param name="Indicator">The indicator.</param>
/// <param name="IsRaw">Whether the units are enterprises, whose figures are exact, unpublished and unranked.</param>
/// <param name="Ranking">The newest ranking; null: there is none.</param>
/// <param name="Rows">The rows in rank order, then in catalogue order.</param>
public sealed record ChildUnits(CatalogueIndicator Indicator, bool IsRaw, RankingPublished? Ranking, IReadOnlyList<ChildUnitRow> Rows)
{
    /// <summary>Whether the units are villages or communities.</summary>
    public bool AreBelowStreet { get; init; }

    /// <summary>The stage that the parent plans for the month; null: there is no plan.</summary>
    public int? PlannedStage { get; init; }
}

/// <summary>The row of a child unit.</summary>
/// <param name="Unit">The unit's code.</param>
/// <param name="Name">The unit's name.</param>
/// <param name="RankedUnit">The unit's place in the ranking; null: it has no place.</param>
/// <param name="Figure">The figures of the month.</param>
public sealed record ChildUnitRow(string Unit, string Name, RankedUnit? RankedUnit, SeriesPoint Figure)
{
    /// <summary>The percentage points that the unit adds to the growth of its parent; null: it has no share.</summary>
    public decimal? GrowthPoints { get; init; }
}
