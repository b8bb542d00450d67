using CsCheck;
using Microsoft.Extensions.Logging.Abstractions;
using XilinIngest.Aggregator.Cube;
using XilinIngest.Aggregator.Tests.Histories;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Storage;
using XilinIngest.TestEngines;
using Xunit.Abstractions;

namespace XilinIngest.Aggregator.Tests.Cells;

/// <summary>
/// The rows of a cube, read by a process whose catalogue has other indicators in another order. The cube that it must be equal to is made
/// of the same values one by one.
/// </summary>
public sealed class A_cube_that_is_loaded(ITestOutputHelper output) : IDisposable
{
    private static readonly Gen<Indicator[]> SomeIndicators = Gen.Select(
        Gen.Shuffle(TestDistrict.Indicators.ToArray()), Gen.Int[1, TestDistrict.Indicators.Count]).Select((all, count) => all[..count]);

    private readonly string _folder = Directory.CreateTempSubdirectory("xilin-load-").FullName;

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Is_equal_to_one_that_was_not_restarted_and_stays_so_after_every_revision()
    {
        var database = TestDatabases.NewDatabase(TestDatabases.SelectedEngine, _folder, "cube");
        var store = new CubeStore(database);
        Migrator.Migrate(database, typeof(CubeStore).Assembly, ".Cube.Migrations.", NullLogger.Instance);
        Gen.Select(SubmissionHistory.Any, SomeIndicators, SomeIndicators, Gen.Int[0, 100]).Sample(
            (history, before, after, percent) =>
            {
                var saved = new IndicatorCube(With(history.Catalogue, before));
                var come = history.Accepted.Take(history.Accepted.Count * percent / 100).ToList();
                Apply(come, saved);

                // A catalogue may lose an indicator that has no figures.
                var reported = saved.EffectiveMonths().SelectMany(row => row.Month.Values).Select(value => value.Indicator).ToHashSet();
                Indicator[] kept = [.. after, .. before.Except(after).Where(indicator => reported.Contains(indicator.Code))];
                var loaded = SaveAndLoad(store, saved.EffectiveMonths(), With(history.Catalogue, kept), clear: true);
                var rebuilt = Rebuild(saved, loaded.Catalogue);
                AssertSame(rebuilt, loaded);

                // Readers hold the loaded years from here on.
                var held = loaded.UnitYears.ToDictionary();
                var values = held.ToDictionary(year => year.Key, year => ValuesOf(year.Value, loaded.Catalogue));
                Array.ForEach([.. held.Values], year => year.Freeze());
                Apply(history.Accepted, rebuilt, loaded);
                AssertSame(rebuilt, loaded);
                Assert.All(held, year => Assert.Equal(values[year.Key], ValuesOf(year.Value, loaded.Catalogue)));

                var changed = loaded.TakeChanges().MonthsToStore.Select(month =>
                    (loaded.Catalogue.Units.All[month.Unit], month.Period, loaded.EffectiveMonthOf(month.Unit, month.Period)));
                AssertSame(rebuilt, SaveAndLoad(store, changed, loaded.Catalogue, clear: false));
            },
            time: PropertyTimeBudget.Seconds(8), threads: 1, writeLine: output.WriteLine);
    }

    private static Catalogue With(Catalogue catalogue, Indicator[] indicators) => new(
        [.. indicators.Select((indicator, order) => indicator with { Order = order })], catalogue.Units,
        [.. catalogue.Targets.Where(target => indicators.Any(indicator => indicator.Code == target.Indicator))], catalogue.Calendar,
        [.. Enum.GetValues<UnitLevel>().Select(catalogue.ColourRuleOf).OfType<ColourRule>()], []);

    // What the catalogue does not have is left out, as if it had never been reported.
    private static void Apply(IEnumerable<AcceptedSubmission> submissions, params IndicatorCube[] cubes)
    {
        foreach (var submission in submissions)
        {
            var known = submission with
            {
                Values = [.. submission.Values.Where(value => cubes[0].Catalogue.TryFind(value.Indicator, out _))],
            };
            if (known.Values.Count > 0)
            {
                Array.ForEach(cubes, cube => cube.Apply(known));
            }
        }
    }

    private static IndicatorCube SaveAndLoad(
        CubeStore store, IEnumerable<(Unit Unit, Period Period, EffectiveMonth Month)> months, Catalogue catalogue, bool clear)
    {
        using var connection = store.Open();
        using var transaction = Database.BeginWrite(connection);
        var numbers = IndicatorNumbers.Load(
            connection, transaction, TestDistrict.Indicators.Select(indicator => indicator.Code));
        if (clear)
        {
            CubeStore.ClearEffective(connection, transaction);
        }

        CubeStore.WriteEffective(connection, transaction, months
            .Select(row => (row.Unit.Code.Value, row.Period, EffectiveMonthCodec.Encode(row.Month, numbers))));
        transaction.Commit();
        return CubeLoader.LoadWithResults(store, connection, catalogue, numbers).Cube;
    }

    private static IndicatorCube Rebuild(IndicatorCube from, Catalogue catalogue)
    {
        var cube = new IndicatorCube(catalogue);
        foreach (var (unit, period, month) in from.EffectiveMonths())
        {
            cube.Restore(unit, period, month);
        }

        cube.Recompute();
        return cube;
    }

    private static void AssertSame(IndicatorCube expected, IndicatorCube actual)
    {
        Assert.Equal(expected.UnitYears.Select(year => year.Key).Order(), actual.UnitYears.Select(year => year.Key).Order());
        var years = actual.UnitYears.ToDictionary();
        Assert.All(expected.UnitYears, year => Assert.Equal(
            ValuesOf(year.Value, expected.Catalogue), ValuesOf(years[year.Key], actual.Catalogue)));
        Assert.Equal(expected.Years.Select(year => (year, expected.HorizonOf(year))),
            actual.Years.Select(year => (year, actual.HorizonOf(year))));
        foreach (var period in expected.Years.SelectMany(year => Enumerable.Range(1, 12).Select(month => new Period(year, month))))
        {
            var counts = CountExpected(expected, period);
            foreach (var indicator in expected.Catalogue.Indicators)
            {
                for (var node = 0; node < expected.Nodes.Nodes.Count; node++)
                {
                    var name = $"{expected.Nodes.Nodes[node].Code} {indicator.Code} {period}";
                    Assert.Equal(
                        (name, expected.SumsOf(node, indicator, period)), (name, actual.SumsOf(node, indicator, period)));
                    Assert.Equal(
                        (name, expected.TotalOf(node, indicator, period, AggregatorFixture.Now)),
                        (name, actual.TotalOf(node, indicator, period, AggregatorFixture.Now)));
                    Assert.Equal(
                        (name, counts.GetValueOrDefault((node, indicator.Order))), (name, actual.ExpectedOf(node, indicator, period)));
                }
            }
        }
    }

    private static Dictionary<(int Node, int Indicator), int> CountExpected(IndicatorCube cube, Period period) => (
        from unit in cube.Catalogue.Units.All
        from indicator in cube.Catalogue.Indicators
        where Contribution.IsDue(indicator, unit, period)
        from node in IndicatorCube.ContributionNodesOf(indicator, unit, cube.Nodes.PathOf(unit, period), cube.Nodes)
        select (node, indicator.Order)).CountBy(key => key).ToDictionary();

    private static List<(EffectiveValue Value, int? Scale)> ValuesOf(UnitYear year, Catalogue catalogue) => [..
        from indicator in catalogue.Indicators
        from month in Enumerable.Range(1, 12)
        let value = year.StoredValue(indicator, month)
        select (value, (int?)value.Figures.Value?.Scale)];
}
