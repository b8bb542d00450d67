using XilinIngest.Aggregator.Cube;
using XilinIngest.Aggregator.Releases;

namespace XilinIngest.Aggregator.ReadModel;

/// <summary>
/// The model from which totals, overview, report, rankings, series, children and alerts are read. A step replaces the snapshot after its
/// results were committed. Readers take the snapshot once and need no lock. Where the unit tree is split, the cube of each partition
/// replaces the results of the nodes that it owns, and the snapshot has those of all.
/// </summary>
internal sealed class PublishedModel
{
    private readonly Lock _lock = new();
    private readonly MergedParts _parts = new();
    private PublishedSnapshot? _current;
    private IndicatorCube? _cube;

    /// <summary>Null while the stored results are loading.</summary>
    public PublishedSnapshot? Snapshot => Volatile.Read(ref _current);

    /// <exception cref="InvalidOperationException">The stored results are still loading.</exception>
    public PublishedSnapshot Current => Snapshot ?? throw new InvalidOperationException("The published results are still loading.");

    /// <summary>Whether the snapshot was made from this cube, or has its part from it.</summary>
    public bool IsOf(IndicatorCube cube)
    {
        lock (_lock)
        {
            return cube.Scope is null ? cube == _cube : _parts.IsOf(cube);
        }
    }

    /// <summary>Sets the stored results.</summary>
    /// <param name="cube">The stored cube.</param>
    /// <param name="loaded">The results.</param>
    /// <param name="waits">Whether newer ones wait for sums of other partitions.</param>
    public void Load(IndicatorCube cube, PublishedSnapshot loaded, bool waits = false)
    {
        lock (_lock)
        {
            Replace(cube, cube.Scope is null ? loaded : _parts.Load(Snapshot, cube, loaded, waits));
        }
    }

    /// <summary>Adds the results of a committed step. The caller holds the cube's lock.</summary>
    /// <param name="cube">The cube of the step. It is a new one after a change of the catalogue or a replacement of the ledger.</param>
    /// <param name="results">The new results.</param>
    /// <param name="changes">The changed reports.</param>
    /// <param name="through">The ledger row up to which the results are computed; null: they wait for sums of other partitions, and what is
    /// read is up to the row and the months of before.</param>
    /// <param name="releases">All releases.</param>
    public void Apply(IndicatorCube cube, StepResults results, CubeChanges changes, long? through, ReleasedMonths releases)
    {
        lock (_lock)
        {
            var before = Current;
            var next = before with
            {
                Totals = before.Totals.With(results.Totals),
                Rankings = before.Rankings.With(results.Rankings),
                Alerts = before.Alerts
                    .RemoveRange(results.Alerts.Where(alert => alert.Value is null).Select(alert => alert.Key))
                    .SetItems(results.Alerts.Where(alert => alert.Value is not null)!),
            };
            Replace(cube, cube.Scope is not null ? _parts.Apply(next, cube, changes, through, releases) : next with
            {
                Catalogue = cube.Catalogue,
                Nodes = cube.Nodes.Tree,
                Expected = cube.Nodes.Tree.Expected,
                Horizons = SnapshotReader.HorizonsOf(cube),
                Through = through ?? before.Through,
                Releases = releases,
                ReportedYears = cube == _cube
                    ? before.ReportedYears.SetItems(SnapshotReader.ChangedYears(cube, changes))
                    : SnapshotReader.ReportedYearsOf(cube),
            });
        }
    }

    private void Replace(IndicatorCube cube, PublishedSnapshot next)
    {
        _cube = cube;
        Volatile.Write(ref _current, next);
    }
}
