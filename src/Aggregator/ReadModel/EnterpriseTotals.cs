using XilinIngest.Aggregator.Alerts;
using XilinIngest.Aggregator.Cube;
using XilinIngest.Aggregator.Totals;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.ReadModel;

/// <summary>
/// The totals of enterprises that have a target. Only callers with the right to see them get them; they are never published.
/// </summary>
internal static class EnterpriseTotals
{
    public static IEnumerable<KeyValuePair<FigureId, PublishedTotal>> All(IndicatorCube cube, DateTimeOffset now) =>
        from node in Enumerable.Range(0, cube.Nodes.Nodes.Count)
        where cube.Nodes.Nodes[node].Level > UnitLevel.Village && cube.Owns(node)
        from indicator in cube.Catalogue.Indicators
        from year in cube.Years
        from total in OfYear(cube, node, indicator, year, 1, now)
        select total;

    /// <summary>The totals of a year from a month on.</summary>
    public static IEnumerable<KeyValuePair<FigureId, PublishedTotal>> OfYear(
        IndicatorCube cube, int node, Indicator indicator, int year, int fromMonth, DateTimeOffset now)
    {
        var judged = AlertEvaluator.Evaluate(cube, node, indicator, year, now).Months;
        for (var month = fromMonth; month <= cube.HorizonOf(year); month++)
        {
            var period = new Period(year, month);
            if ((TotalBuilder.Build(cube, node, indicator, period, judged[month - 1], now)
                ?? TotalBuilder.BuildWithdrawn(cube, node, indicator, period)) is { } total)
            {
                yield return new(new(cube.Nodes.Nodes[node].Code.Value, indicator.Code.Value, period.Number),
                    new PublishedTotal(total));
            }
        }
    }
}
