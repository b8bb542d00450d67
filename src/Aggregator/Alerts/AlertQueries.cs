using XilinIngest.Aggregator.Cube;
using XilinIngest.Aggregator.ReadModel;
using XilinIngest.Aggregator.Totals;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Alerts;

internal static class AlertQueries
{
    /// <summary>The current alerts of a year: the worst first, in catalogue order of units.</summary>
    public static IReadOnlyList<CurrentAlert> Current(PublishedSnapshot published, int year, string? unitCode) =>
        [.. published.Catalogue.Targets
            .Where(target => target.Year == year && (unitCode is null || target.Unit.Value == unitCode))
            .Select(target => published.Alerts.GetValueOrDefault(new(target.Unit.Value, target.Indicator.Value, target.Year)))
            .OfType<CurrentAlert>()
            .OrderByDescending(alert => alert.Colour)
            .ThenBy(alert => alert.Unit, StringComparer.Ordinal)];

    /// <summary>The current alert of a target, from the cube; null: there is none, or another partition's cube has it.</summary>
    public static CurrentAlert? Evaluate(IndicatorCube cube, Target target, DateTimeOffset now)
    {
        var unit = cube.Catalogue.Units[target.Unit];
        return cube.Catalogue.TryFind(target.Indicator, out var indicator)
            && cube.Nodes.NodeOf(unit) is >= 0 and var node && cube.Owns(node)
            && AlertEvaluator.Evaluate(cube, node, indicator, target.Year, now).Latest is { } state
            ? Describe(unit, indicator, state, AlertEvaluator.SilencedBy(cube, unit, indicator, state, now))
            : null;
    }

    /// <summary>The current alert of a state; null: the colour is green, or nothing is judged.</summary>
    public static CurrentAlert? Describe(Unit unit, Indicator indicator, AlertState? state, Unit? silencedBy)
    {
        if (state is not { Since: { } since, Target: var target })
        {
            return null;
        }

        var (zh, en) = AlertReasonText.Describe(unit, indicator, state);
        return new CurrentAlert(
            unit.Code.Value, unit.NameZh, unit.NameEn, indicator.Code.Value, indicator.NameZh, indicator.NameEn, target.Year,
            state.Period.ToString(),
            PublishedTerms.ColourOf(state.Judgement.Colour), since.ToString(),
            state.Judgement.Value is { } value ? TotalBuilder.Normalize(Rounding.Rate(value)) : null, target.Value,
            state.Judgement.Gap is { } gap ? TotalBuilder.Normalize(Rounding.Rate(gap)) : null,
            silencedBy?.Code.Value, zh, en, PublishedTerms.TypeOf(target.Kind));
    }
}
