using System.Collections.Immutable;
using XilinIngest.Aggregator.Alerts;
using XilinIngest.Aggregator.Cube;
using XilinIngest.Aggregator.Publishing;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.ReadModel;

/// <summary>Builds a snapshot from the store: the newest version of each result, and from the cube what is never published.</summary>
internal static class SnapshotReader
{
    /// <param name="cube">The stored cube.</param>
    /// <param name="newest">The newest version of every result.</param>
    /// <param name="through">The ledger row up to which they are computed.</param>
    /// <param name="now">The time as of which alerts and unpublished totals are judged.</param>
    public static PublishedSnapshot Read(IndicatorCube cube, IEnumerable<ResultVersion> newest, long through, DateTimeOffset now)
    {
        var (totals, rankings) = TablesOf(newest);
        return new PublishedSnapshot
        {
            Catalogue = cube.Catalogue,
            Nodes = cube.Nodes.Tree,
            Expected = cube.Nodes.Tree.Expected,
            Horizons = HorizonsOf(cube),
            Through = through,
            Totals = totals.With(EnterpriseTotals.All(cube, now)),
            Rankings = rankings,
            Alerts = cube.Catalogue.Targets.Select(target => AlertQueries.Evaluate(cube, target, now)).OfType<CurrentAlert>()
                .ToImmutableDictionary(alert => new AlertId(alert.Unit, alert.Indicator, alert.Year)),
            ReportedYears = ReportedYearsOf(cube),
        };
    }

    /// <summary>The totals and rankings among versions of results.</summary>
    public static (PublishedTable<PublishedTotal> Totals, PublishedTable<PublishedRanking> Rankings) TablesOf(
        IEnumerable<ResultVersion> versions)
    {
        var totals = new List<KeyValuePair<FigureId, PublishedTotal>>();
        var rankings = new List<KeyValuePair<FigureId, PublishedRanking>>();
        foreach (var version in versions)
        {
            var (publication, id) = (version.Publication,
                new FigureId(version.Publication.Unit, version.Indicator, (int)version.Publication.Period));
            if (publication.Kind == ResultKinds.Total)
            {
                totals.Add(new(id, new PublishedTotal(version.Json, publication.Id)));
            }
            else if (publication.Kind == ResultKinds.Ranking)
            {
                rankings.Add(new(id, new PublishedRanking(version.Json, publication.Id)));
            }
        }

        return (PublishedTable<PublishedTotal>.Empty.With(totals), PublishedTable<PublishedRanking>.Empty.With(rankings));
    }

    public static ImmutableArray<Period> HorizonsOf(IndicatorCube cube) =>
        [.. cube.Years.Where(year => cube.HorizonOf(year) > 0).Select(year => new Period(year, cube.HorizonOf(year)))];

    /// <summary>All years that units without totals have reported.</summary>
    public static ImmutableDictionary<(int Unit, int Year), UnitYear> ReportedYearsOf(IndicatorCube cube) =>
        cube.UnitYears.Where(year => !HasTotals(cube, year.Key.Unit)).Select(Frozen).ToImmutableDictionary();

    /// <summary>The years that a step changed.</summary>
    public static IEnumerable<KeyValuePair<(int Unit, int Year), UnitYear>> ChangedYears(IndicatorCube cube, CubeChanges changes) =>
        changes.MonthsToStore.Where(month => !HasTotals(cube, month.Unit)).Select(month => (month.Unit, month.Period.Year)).Distinct()
            .Select(key => Frozen(new(key, cube.FiguresOf(cube.Catalogue.Units.All[key.Unit], key.Year)!)));

    private static bool HasTotals(IndicatorCube cube, int unit) => cube.Nodes.NodeOf(cube.Catalogue.Units.All[unit]) >= 0;

    // The cube copies a frozen year before it changes it.
    private static KeyValuePair<(int Unit, int Year), UnitYear> Frozen(KeyValuePair<(int Unit, int Year), UnitYear> year)
    {
        year.Value.Freeze();
        return year;
    }
}
