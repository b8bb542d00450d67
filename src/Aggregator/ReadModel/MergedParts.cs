using System.Collections.Immutable;
using XilinIngest.Aggregator.Cube;
using XilinIngest.Aggregator.Releases;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.ReadModel;

/// <summary>
/// Merges what the cubes of partitions publish into one snapshot: the nodes and the expected counts of the whole tree, and of each cube the
/// results of the nodes that it owns.
/// </summary>
internal sealed class MergedParts
{
    private readonly Dictionary<Partition, Part> _parts = [];
    private Catalogue? _former;

    public bool IsOf(IndicatorCube cube) => _parts.TryGetValue(cube.Scope!.Own, out var part) && part.Cube == cube;

    /// <summary>The stored results of one partition, with those of the others.</summary>
    public PublishedSnapshot Load(PublishedSnapshot? before, IndicatorCube cube, PublishedSnapshot loaded, bool waits)
    {
        var own = cube.Scope!.Own;
        _parts[own] = waits && _parts.TryGetValue(own, out var known)
            ? known with { Cube = cube, Releases = loaded.Releases } : new(cube, loaded.Horizons, loaded.Through, loaded.Releases);
        var next = WithCatalogue(before ?? Empty(cube), cube);
        var reported = IsCurrent(next, cube) ? SnapshotReader.ReportedYearsOf(cube) : [];
        return Merge(next with
        {
            Totals = next.Totals.Replace(unit => IsOwned(cube, unit), loaded.Totals),
            Rankings = next.Rankings.Replace(unit => IsOwned(cube, unit), loaded.Rankings),
            Alerts = next.Alerts.RemoveRange(next.Alerts.Keys.Where(alert => IsOwned(cube, alert.Unit))).SetItems(loaded.Alerts),
            ReportedYears = WithoutOwn(next, cube).SetItems(reported),
        });
    }

    /// <summary>A step of one partition, whose results are in the snapshot; without a row, they wait for sums of others.</summary>
    public PublishedSnapshot Apply(
        PublishedSnapshot withResults, IndicatorCube cube, CubeChanges changes, long? through, ReleasedMonths releases)
    {
        var (own, isSame) = (cube.Scope!.Own, IsOf(cube));
        _parts[own] = through is { } row
            ? new(cube, SnapshotReader.HorizonsOf(cube), row, releases) : _parts[own] with { Cube = cube, Releases = releases };
        var next = WithCatalogue(withResults, cube);
        return Merge(!IsCurrent(next, cube) ? next : next with
        {
            ReportedYears = isSame
                ? next.ReportedYears.SetItems(SnapshotReader.ChangedYears(cube, changes))
                : WithoutOwn(next, cube).SetItems(SnapshotReader.ReportedYearsOf(cube)),
        });
    }

    private static PublishedSnapshot Empty(IndicatorCube cube) => ForCatalogue(new()
    {
        Catalogue = cube.Catalogue,
        Nodes = cube.Nodes.Tree,
        Expected = cube.Nodes.Tree.Expected,
        Horizons = [],
        Through = 0,
        Totals = PublishedTable<PublishedTotal>.Empty,
        Rankings = PublishedTable<PublishedRanking>.Empty,
        Alerts = ImmutableDictionary<AlertId, Contracts.Responses.CurrentAlert>.Empty,
        ReportedYears = ImmutableDictionary<(int Unit, int Year), UnitYear>.Empty,
    }, cube.Catalogue);

    private static PublishedSnapshot ForCatalogue(PublishedSnapshot snapshot, Catalogue catalogue)
    {
        var tree = NodesOfTree.Of(catalogue);
        return snapshot with { Catalogue = catalogue, Nodes = tree, Expected = tree.Expected };
    }

    private static bool IsCurrent(PublishedSnapshot snapshot, IndicatorCube cube) => snapshot.Catalogue == cube.Catalogue;

    private static bool IsOwned(IndicatorCube cube, string code) =>
        cube.Catalogue.Units.TryFind(code, out var unit) && cube.Scope!.Owns(unit);

    private static ImmutableDictionary<(int Unit, int Year), UnitYear> WithoutOwn(PublishedSnapshot snapshot, IndicatorCube cube) =>
        snapshot.ReportedYears.RemoveRange(snapshot.ReportedYears.Keys.Where(
            key => IsOwned(cube, snapshot.Catalogue.Units.All[key.Unit].Code.Value)));

    // The first cube with another catalogue brings it into force. The reported years of the others are by the numbers of the former one,
    // and come back with their next step, which is within a second.
    private PublishedSnapshot WithCatalogue(PublishedSnapshot snapshot, IndicatorCube cube)
    {
        if (snapshot.Catalogue == cube.Catalogue || cube.Catalogue == _former)
        {
            return snapshot;
        }

        _former = snapshot.Catalogue;
        return ForCatalogue(snapshot with { ReportedYears = snapshot.ReportedYears.Clear() }, cube.Catalogue);
    }

    private PublishedSnapshot Merge(PublishedSnapshot snapshot)
    {
        var through = _parts.ToImmutableSortedDictionary(part => part.Key.Path, part => part.Value.Through, StringComparer.Ordinal);
        return snapshot with
        {
            Horizons =
            [
                .. _parts.Values.SelectMany(part => part.Horizons).GroupBy(last => last.Year).OrderBy(last => last.Key)
                    .Select(last => last.Max()),
            ],
            Through = through.Values.Sum(),
            ThroughOf = through,
            Releases = MergedReleases.Of(
                snapshot.Releases, snapshot.Catalogue,
                _parts.ToDictionary(part => part.Key.Path, part => part.Value.Releases)),
        };
    }

    private sealed record Part(IndicatorCube Cube, ImmutableArray<Period> Horizons, long Through, ReleasedMonths Releases);
}
