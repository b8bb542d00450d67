using XilinIngest.Aggregator.Alerts;
using XilinIngest.Aggregator.Cube;
using XilinIngest.Aggregator.ReadModel;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Publishing;

/// <summary>
/// The results of a step that another process has made: the totals and rankings as it published them, and from the cube what is never
/// published.
/// </summary>
internal static class FollowedResults
{
    /// <param name="cube">The cube, to which the step was applied.</param>
    /// <param name="changes">What that changed.</param>
    /// <param name="publications">What was published.</param>
    /// <param name="hasNewMonths">Whether a month was reported for the first time: enterprises have totals of it, if empty ones.</param>
    /// <param name="now">The time.</param>
    public static StepResults Read(
        IndicatorCube cube, CubeChanges changes, IReadOnlyList<Publication> publications, bool hasNewMonths, DateTimeOffset now)
    {
        var results = new StepResults();
        results.Totals.AddRange(hasNewMonths ? EnterpriseTotals.All(cube, now) : []);
        var (totals, rankings) = SnapshotReader.TablesOf(PublicationReader.NewestVersions(publications));
        results.Totals.AddRange(totals.All);
        results.Rankings.AddRange(rankings.All);
        foreach (var (node, indicator, year, change) in TouchedResults.By(cube, changes).All.Where(result => cube.Owns(result.Node)))
        {
            if (cube.Nodes.Nodes[node].Level > UnitLevel.Village)
            {
                results.Totals.AddRange(EnterpriseTotals.OfYear(cube, node, indicator, year, change.FromMonth, now));
            }

            if (cube.Targets.Of(node, indicator, year) is { } target)
            {
                results.Alerts.Add(
                    new(new(target.Unit.Value, indicator.Code.Value, year), AlertQueries.Evaluate(cube, target, now)));
            }
        }

        return results;
    }
}
