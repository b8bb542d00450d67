using XilinIngest.Aggregator.Totals;
using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.ReadModel;

/// <summary>The growth of a unit and those of the units below it, whose compared figures and bases add up to its own.</summary>
/// <param name="Whole">What the unit's growth was computed from.</param>
/// <param name="Parts">What those below have of it.</param>
internal sealed record GrowthParts(GrowthComparison Whole, IReadOnlyDictionary<Unit, GrowthComparison> Parts)
{
    /// <summary>
    /// Null where there is no percentage, or where the parts do not add up, because units are compared on another basis or report
    /// themselves: what does not add up explains nothing.
    /// </summary>
    public static GrowthParts? Of(PublishedSnapshot published, Unit unit, Indicator indicator, Period period) =>
        published.TotalOf(unit, indicator, period) is { Growth: not null } total
            ? Compare(published, unit, indicator, period, total) : null;

    /// <summary>The same of a growth in words, whose parts have amounts and no percentage points.</summary>
    public static GrowthParts? OfWords(PublishedSnapshot published, Unit unit, Indicator indicator, Period period) =>
        published.TotalOf(unit, indicator, period) is { Growth: null, GrowthWords: not null } total
            ? Compare(published, unit, indicator, period, total) : null;

    /// <summary>The percentage points that a unit below adds to the growth, exact; null: it has no share.</summary>
    public decimal? PointsOf(Unit unit) =>
        Parts.TryGetValue(unit, out var part) ? GrowthShare.Points(part.Current, part.Base, Whole.Base) : null;

    private static GrowthParts? Compare(
        PublishedSnapshot published, Unit unit, Indicator indicator, Period period, IndicatorTotal total)
    {
        if (!indicator.Kind.IsSummedByParents || indicator.Kind.GrowthUnit != GrowthUnit.Percent
            || ComparisonBuilder.Build(total, printing: null) is not { } whole)
        {
            return null;
        }

        var parts = published.Catalogue.Units.ChildrenOf(unit, period)
            .Select(child => (Unit: child, Compared: ComparisonBuilder.Build(published.TotalOf(child, indicator, period), printing: null)))
            .Where(part => part.Compared is not null).ToDictionary(part => part.Unit, part => part.Compared!);
        return parts.Values.Sum(part => part.Current) == whole.Current && parts.Values.Sum(part => part.Base) == whole.Base
            ? new(whole, parts) : null;
    }
}
