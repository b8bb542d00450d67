using XilinIngest.Aggregator.Alerts;
using XilinIngest.Aggregator.Rankings;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Verification;

/// <summary>Compares the cube with the oracle, result by result, and returns the differences.</summary>
internal static class CubeVerifier
{
    /// <param name="cube">The cube, which must not change meanwhile. Months that the oracle does not have are differences. The cube of a
    /// partition has the results of the nodes that it owns.</param>
    /// <param name="oracle">The oracle's results with the same catalogue.</param>
    /// <param name="now">The time that the oracle used.</param>
    public static IEnumerable<Difference> Compare(Cube.IndicatorCube cube, OracleResults oracle, DateTimeOffset now)
    {
        foreach (var period in cube.Years.SelectMany(
            year => Enumerable.Range(1, cube.HorizonOf(year)).Select(month => new Period(year, month)))
            .Union(oracle.Totals.Keys.Select(place => place.Period)).Order().ToList())
        {
            foreach (var place in cube.Nodes.Nodes.Where(node => cube.HasReportsOf(node)).SelectMany(
                node => oracle.Catalogue.Indicators.Select(indicator => new ResultKey(node, indicator, period))))
            {
                foreach (var difference in Total(cube, oracle, place, now).Concat(Ranking(cube, oracle, place, now)))
                {
                    yield return difference;
                }
            }
        }

        foreach (var difference in oracle.Unapproved.SelectMany(month => Difference.Compare("", "", month.Key.ToString(),
            [("units without an approval", Codes(cube.UnapprovedReports(month.Key)), Codes(month.Value.Where(cube.HasReportsOf)))])))
        {
            yield return difference;
        }

        foreach (var difference in oracle.Catalogue.Targets
            .Where(target => cube.HasReportsOf(oracle.Catalogue.Units[target.Unit])).SelectMany(target => Alert(cube, oracle, target, now)))
        {
            yield return difference;
        }
    }

    private static string Codes(IEnumerable<Unit> units) => string.Join(' ', units.Select(unit => unit.Code.Value));

    private static IEnumerable<Difference> Total(Cube.IndicatorCube cube, OracleResults oracle, ResultKey place, DateTimeOffset now)
    {
        var (found, truth) =
            (cube.TotalOf(cube.Nodes.NodeOf(place.Unit), place.Indicator, place.Period, now), oracle.Totals.GetValueOrDefault(place));
        return found == truth ? [] : Difference.Compare(place.Unit.Code.Value, place.Indicator.Code.Value, place.Period.ToString(),
        [
            ("total month", found?.Month, truth?.Month),
            ("total year-to-date", found?.Ytd, truth?.Ytd),
            ("total base", found?.Base, truth?.Base),
            ("total compared", found?.Compared, truth?.Compared),
            ("total growth", found?.Growth, truth?.Growth),
            ("total comparable growth", found?.Comparable, truth?.Comparable),
            ("total recorded growth", found?.Recorded, truth?.Recorded),
            ("total substitutes", found?.Substitutes, truth?.Substitutes),
            ("total left out", found?.LeftOut, truth?.LeftOut),
            ("total stages", found?.Stages, truth?.Stages),
            ("total reported", found?.Reported, truth?.Reported),
            ("total expected", found?.Expected, truth?.Expected),
            ("total approvals", found?.Approvals, truth?.Approvals),
            ("total state", found?.State, truth?.State),
        ]);
    }

    private static IEnumerable<Difference> Ranking(Cube.IndicatorCube cube, OracleResults oracle, ResultKey place, DateTimeOffset now)
    {
        if (place.Unit.Level >= UnitLevel.Village)
        {
            return [];
        }

        var found = RankingBuilder.Build(cube, cube.Nodes.NodeOf(place.Unit), place.Indicator, place.Period, now);
        return PublishedResultsVerifier.Ranking(found, oracle.Rankings.GetValueOrDefault(place), place);
    }

    private static IEnumerable<Difference> Alert(Cube.IndicatorCube cube, OracleResults oracle, Target target, DateTimeOffset now)
    {
        if (!oracle.Catalogue.TryFind(target.Indicator, out var indicator))
        {
            return [];
        }

        var unit = oracle.Catalogue.Units[target.Unit];
        var found = AlertEvaluator.Evaluate(cube, cube.Nodes.NodeOf(unit), indicator, target.Year, now).Latest;
        var silencedBy = found is null ? null : AlertEvaluator.SilencedBy(cube, unit, indicator, found, now);
        var truth = oracle.Alerts.GetValueOrDefault((target.Unit, target.Indicator, target.Year));
        return Difference.Compare(target.Unit.Value, target.Indicator.Value, $"{target.Year}",
        [
            ("alert colour", found?.Judgement.Colour, truth?.Colour),
            ("alert month", found?.Period, truth?.Period),
            ("alert since", found?.Since, truth?.Since),
            ("alert silenced by", silencedBy?.Code, truth?.SilencedBy?.Code),
        ]);
    }
}
