using XilinIngest.Aggregator.Publishing;
using XilinIngest.Aggregator.ReadModel;
using XilinIngest.Aggregator.Verification;
using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Tests.Histories;

/// <summary>A cube and all it ever said, in memory: what the host does without its disk.</summary>
internal sealed class AggregatorFixture(Catalogue catalogue)
{
    private readonly PublishedResults _published = new([], 0);

    public static readonly DateTimeOffset Now = new(2022, 11, 20, 12, 0, 0, TimeSpan.Zero);

    public Cube.IndicatorCube Cube { get; private set; } = new(catalogue);

    /// <summary>The published model.</summary>
    public PublishedModel Model { get; } = new();

    public PublishedSnapshot Published => Model.Current;

    public List<Vintage> Vintages { get; } = [];

    /// <summary>Applies them in one step.</summary>
    /// <returns>What was said of it.</returns>
    public List<Vintage> Step(params IEnumerable<AcceptedSubmission> submissions)
    {
        foreach (var submission in submissions)
        {
            Cube.Apply(submission);
        }

        var changes = Cube.TakeChanges();
        var results = new ResultBuilder(Cube, _published, Now).Build(changes);
        if (!Model.IsOf(Cube))
        {
            Model.Load(Cube, SnapshotReader.Read(Cube, [], 0, Now));
        }

        Model.Apply(Cube, results, changes, 0);
        var said = _published.TakeNewVintages();
        Vintages.AddRange(said);
        return said;
    }

    public IEnumerable<Vintage> Newest =>
        Vintages.GroupBy(vintage => (vintage.Kind, vintage.Unit, vintage.Indicator, vintage.Period)).Select(versions => versions.Last());

    public void AssertMatchesOracle(IEnumerable<AcceptedSubmission> accepted)
    {
        var truth = Oracle.Compute(Cube.Catalogue, accepted, Now);
        AssertNoDifferences(CubeVerifier.Compare(Cube, truth, Now).Concat(PublishedResultsVerifier.Compare(Newest, truth)));
        VersionAssertions.AssertContiguous(Vintages);
    }

    public static void AssertNoDifferences(IEnumerable<Difference> differences)
    {
        var found = differences.Take(12).ToList();
        Assert.True(found.Count == 0, string.Join('\n', found));
    }
}

internal static class VersionAssertions
{
    /// <summary>Ids and versions are contiguous from 1, and none says what the one before it said.</summary>
    public static void AssertContiguous(IReadOnlyList<Vintage> vintages)
    {
        Assert.Equal(Enumerable.Range(1, vintages.Count).Select(id => (long)id), vintages.Select(vintage => vintage.Id));
        foreach (var versions in vintages.GroupBy(vintage => (vintage.Kind, vintage.Unit, vintage.Indicator, vintage.Period)))
        {
            Assert.Equal(Enumerable.Range(1, versions.Count()).Select(version => (long)version),
                versions.Select(vintage => vintage.Version));
            Assert.All(versions.Zip(versions.Skip(1)), pair => Assert.NotEqual(WithoutVersion(pair.First), WithoutVersion(pair.Second)));
        }
    }

    private static string WithoutVersion(Vintage vintage)
    {
        object says = ResultMessages.Deserialize(vintage) switch
        {
            TotalsPublished totals => totals.Totals[0] with { Version = 0, Cause = [] },
            RankingPublished ranking => ranking with { Version = 0, Cause = [], PublishedAt = default },
            AlertEvent alert => $"{alert.Colour.ToWireName()} {alert.SilencedBy}",
            var other => other,
        };
        return says is string text ? text : System.Text.Json.JsonSerializer.Serialize(says, says.GetType(), WireFormat.Options);
    }
}
