using XilinIngest.Aggregator.Totals;
using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Alerts;

internal static class AlertQueries
{
    /// <summary>The alerts that stand in a year: the worst first, in catalogue order of units.</summary>
    public static IReadOnlyList<CurrentAlert> Current(Cube.IndicatorCube cube, int year, string? unitCode, DateTimeOffset now) =>
        [.. cube.Catalogue.Targets
            .Where(target => target.Year == year && (unitCode is null || target.Unit.Value == unitCode))
            .Select(target => FindCurrent(cube, target, now))
            .OfType<CurrentAlert>()
            .OrderByDescending(alert => alert.Colour)
            .ThenBy(alert => alert.Unit, StringComparer.Ordinal)];

    private static CurrentAlert? FindCurrent(Cube.IndicatorCube cube, Target target, DateTimeOffset now)
    {
        var unit = cube.Catalogue.Units[target.Unit];
        if (!cube.Catalogue.TryFind(target.Indicator, out var indicator)
            || AlertEvaluator.Evaluate(cube, cube.Nodes.NodeOf(unit), indicator, target.Year, now).Latest is not { Since: { } since } state)
        {
            return null;
        }

        var (zh, en) = AlertReasonText.Describe(unit, indicator, state);
        return new CurrentAlert(
            unit.Code.Value, unit.NameZh, unit.NameEn, indicator.Code.Value, indicator.NameZh, indicator.NameEn, target.Year, state.Period.ToString(),
            PublishedTerms.ColourOf(state.Judgement.Colour), since.ToString(),
            state.Judgement.Value is { } value ? TotalBuilder.Normalize(Rounding.Rate(value)) : null, target.Value,
            state.Judgement.Gap is { } gap ? TotalBuilder.Normalize(Rounding.Rate(gap)) : null,
            AlertEvaluator.SilencedBy(cube, unit, indicator, state, now)?.Code.Value, zh, en,
            PublishedTerms.MeasureOf(target.Kind));
    }
}
