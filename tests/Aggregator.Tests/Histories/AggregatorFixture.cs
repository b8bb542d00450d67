using XilinIngest.Aggregator.Publishing;
using XilinIngest.Aggregator.ReadModel;
using XilinIngest.Aggregator.Releases;
using XilinIngest.Aggregator.Verification;
using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Tests.Histories;

/// <summary>A cube and all it ever said, in memory: what the host does without its disk.</summary>
/// <param name="catalogue">The catalogue.</param>
/// <param name="partition">Which partition the cube is of; null: the whole tree.</param>
internal sealed class AggregatorFixture(Catalogue catalogue, (PartitionMap All, Partition Own)? partition = null)
{
    private readonly PublishedResults _published = new([], 0);

    public static readonly DateTimeOffset Now = new(2022, 11, 20, 12, 0, 0, TimeSpan.Zero);

    public Cube.IndicatorCube Cube { get; private set; } = new(catalogue, partition: partition);

    /// <summary>The published model.</summary>
    public PublishedModel Model { get; } = new();

    public PublishedSnapshot Published => Model.Current;

    public List<ResultVersion> Versions { get; } = [];

    /// <summary>Applies them in one step.</summary>
    /// <returns>What was said of it.</returns>
    public List<ResultVersion> Step(params IEnumerable<AcceptedSubmission> submissions)
    {
        Apply(submissions);
        return Publish();
    }

    public void Apply(IEnumerable<AcceptedSubmission> submissions)
    {
        foreach (var submission in submissions)
        {
            Cube.Apply(submission);
        }
    }

    /// <summary>Another process takes the partition over: its cube is made again from what was accepted.</summary>
    public void Restart(IEnumerable<AcceptedSubmission> accepted)
    {
        Cube = new(catalogue, partition: partition);
        Apply(accepted);
        Invalidation.InvalidateAll(Cube);
    }

    /// <summary>Publishes what has changed.</summary>
    public List<ResultVersion> Publish()
    {
        var changes = Cube.TakeChanges();
        var results = new ResultBuilder(Cube, _published, Now).Build(changes);
        if (!Model.IsOf(Cube))
        {
            Model.Load(Cube, SnapshotReader.Read(Cube, [], 0, Now));
        }

        Model.Apply(Cube, results, changes, 0, ReleasedMonths.None);
        var said = _published.TakeNew().Publications.SelectMany(PublicationReader.VersionsIn).ToList();
        Versions.AddRange(said);
        return said;
    }

    public IEnumerable<ResultVersion> Newest => Versions.GroupBy(version => version.Id).Select(versions => versions.Last());

    public void AssertMatchesOracle(IEnumerable<AcceptedSubmission> accepted)
    {
        var truth = Oracle.Compute(Cube.Catalogue, accepted, Now);
        AssertNoDifferences(CubeVerifier.Compare(Cube, truth, Now).Concat(PublishedResultsVerifier.Compare(Newest, truth)));
        VersionAssertions.AssertContiguous([.. Versions.Select(version => version.Publication.Id).Distinct()], Versions);
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
    public static void AssertContiguous(IReadOnlyList<long> ids, IReadOnlyList<ResultVersion> versions)
    {
        Assert.Equal(Enumerable.Range(1, ids.Count).Select(id => (long)id), ids);
        foreach (var ofResult in versions.GroupBy(version => version.Id))
        {
            Assert.Equal(Enumerable.Range(1, ofResult.Count()).Select(number => (long)number), ofResult.Select(version => version.Version));
            Assert.All(ofResult.Zip(ofResult.Skip(1)), pair => Assert.NotEqual(WithoutVersion(pair.First), WithoutVersion(pair.Second)));
        }
    }

    private static string WithoutVersion(ResultVersion version)
    {
        object says = version.Contract() switch
        {
            IndicatorTotal total => total with { Version = 0, Cause = [] },
            RankingPublished ranking => ranking with { Version = 0, Cause = [], PublishedAt = default },
            AlertEvent alert => $"{alert.Colour.ToWireName()} {alert.SilencedBy}",
            var other => other,
        };
        return says is string text ? text : System.Text.Json.JsonSerializer.Serialize(says, says.GetType(), WireFormat.Options);
    }
}

internal static class ResultVersionContracts
{
    /// <summary>The total, the ranking or the alert event.</summary>
    public static object Contract(this ResultVersion version) => version.Id.Kind == ResultKinds.Total
        ? PublicationReader.ParseTotal(version) : PublicationReader.Deserialize(version.Publication);

    public static T Contract<T>(this ResultVersion version) => Assert.IsType<T>(version.Contract());
}
