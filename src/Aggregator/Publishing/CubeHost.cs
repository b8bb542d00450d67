using System.Data.Common;
using Microsoft.Extensions.Logging;
using XilinIngest.Aggregator.Cube;
using XilinIngest.Aggregator.ReadModel;
using XilinIngest.Aggregator.Releases;
using XilinIngest.Aggregator.RollUps;
using XilinIngest.CatalogueFiles;
using XilinIngest.Indicators;
using XilinIngest.Storage;

namespace XilinIngest.Aggregator.Publishing;

/// <summary>
/// The cube with its store and its published results under one lock. A step applies packs, creates the new versions, stores both in one
/// transaction and then replaces the published model. The returned results may then be published on the bus.
/// </summary>
internal sealed partial class CubeHost(
    CubeStore store, CatalogueSource catalogues, TimeProvider clock, ILogger<CubeHost> logger, PublishedModel? model = null,
    Partition? partition = null, bool isFollowed = false) : IDisposable
{
    private static readonly TimeSpan ReadTimeout = TimeSpan.FromSeconds(8);

    private readonly Lock _lock = new();
    private readonly KeptConnection _connection = store.Keep();
    private readonly LedgerApplier _ledger = new(store, partition, logger);
    private readonly RequestEvents _requests = new();
    private IndicatorCube? _cube;

    // Null: the cube has the whole tree.
    private RollUpExchange? _exchange;
    private PublishedResults? _published;
    private IndicatorNumbers? _numbers;
    private HashSet<Period> _closed = [];
    private ReleasedMonths _releases = ReleasedMonths.None;
    private string? _storedHash;
    private CubeRevision _revision;
    private bool _mustReplaceStored;
    private bool _mustReplaceRollUps;
    private bool _isLoaded;
    private IReadOnlyList<string> _missingPartitions = [];
    private IReadOnlyList<RollUpSender> _others = [];

    /// <summary>The published results, which are read without the lock.</summary>
    public PublishedModel Model { get; } = model ?? new PublishedModel();

    /// <summary>The path of its partition, as messages name it; null: the whole tree.</summary>
    public string? PartitionPath => partition is { IsWholeTree: false } ? partition.Path : null;

    /// <summary>The releases of months that are on disk.</summary>
    public ReleasedMonths Releases => Volatile.Read(ref _releases);

    /// <summary>Every ledger row up to this one is in the cube and on disk.</summary>
    public long AppliedThrough { get; private set; }

    /// <inheritdoc cref="LedgerApplier.Progress"/>
    public LedgerProgress LedgerProgress => _ledger.Progress;

    /// <summary>
    /// Whether rows of the ledger may be missing, so that a report that is said to be missing may be among them. Rows on their way do not
    /// count: where submissions never cease, it would always be so.
    /// </summary>
    public bool MayLackRows => !IsLoaded || LedgerProgress is { IsInDoubt: true } or { Gap: not null };

    /// <summary>
    /// The partitions of which sums are missing, or may be: results wait for those that have sent none. Empty with the whole tree.
    /// </summary>
    public IReadOnlyList<string> MissingPartitions => Volatile.Read(ref _missingPartitions);

    /// <summary>The paths of the partitions around this one.</summary>
    public IReadOnlyList<string> Neighbours => [.. (_cube?.Scope?.Neighbours ?? []).Select(each => each.Path)];

    /// <summary>What is known of the other partitions, as it is on disk.</summary>
    public IReadOnlyList<RollUpSender> Others => Volatile.Read(ref _others);

    /// <summary>Whether the sums of the other partitions are those of given rows of their ledgers, and of no other rows.</summary>
    /// <param name="lastOf">The row of a partition's ledger, by its path.</param>
    public bool IsSettled(Func<string, long> lastOf) => MissingPartitions.Count == 0 && Others.All(other => other.HasWholes &&
        other.Through == lastOf(other.From) && other.Includes.All(each => each.Value == lastOf(each.Key)));

    /// <inheritdoc cref="LedgerApplier.Replacement"/>
    public LedgerReplacement? LedgerReplacement => _ledger.Replacement;

    public bool IsLoaded => Volatile.Read(ref _isLoaded);

    /// <summary>Queries the cube for what is not in the published model. The result must not reference the cube.</summary>
    /// <exception cref="CubeBusyException">A step has held the cube for too long.</exception>
    public T Read<T>(Func<IndicatorCube, DateTimeOffset, T> query)
    {
        // A step whose database hangs holds the lock. The caller gets an error instead of waiting with it.
        if (!_lock.TryEnter(ReadTimeout))
        {
            throw new CubeBusyException();
        }

        try
        {
            return query(_cube ?? throw new InvalidOperationException("The cube is still loading."), clock.GetUtcNow());
        }
        finally
        {
            _lock.Exit();
        }
    }

    /// <summary>Loads the store. The first step publishes what the catalogue or the calendar changed meanwhile.</summary>
    /// <returns>The position of the publication.</returns>
    public CubePosition Load() => Load(follows: false);

    private CubePosition Load(bool follows)
    {
        lock (_lock)
        {
            using var connection = store.Open();
            var (catalogue, now) = (catalogues.Current, clock.GetUtcNow());
            _followed = null;
            _numbers = follows ? IndicatorNumbers.Load(connection, transaction: null, []) : LoadNumbers(connection, catalogue);
            var known = CubeStore.ReadFollowed(connection);
            var position = known.Position;
            var (cube, newest) = CubeLoader.LoadWithResults(store, connection, catalogue, _numbers, partition);
            _ledger.Reset(position);
            _requests.Clear();
            (_storedHash, _mustReplaceStored) = (position.AppliedHash, false);
            _revision = new(position.Revision, position.ReplacedRevision);
            AppliedThrough = position.AppliedThrough;
            _published = follows ? null : new PublishedResults(newest, known.Publication.Id, PartitionPath);
            StartExchange(cube, CubeStore.ReadRollUps(connection), isStored: true, follows);
            _closed = Invalidation.ClosedMonths(cube, now);
            _releases = CubeStore.ReadReleases(connection);
            var loaded = SnapshotReader.Read(cube, newest, AppliedThrough, now) with { Releases = _releases };
            if (follows)
            {
                cube.LeaveOutAhead();
                TakeFollowed(cube, waits: false);
                _hasNewMonths = false;
            }
            else
            {
                Invalidation.InvalidateAll(cube);
            }

            _cube = cube;
            Model.Load(cube, loaded, _exchange is { IsWaiting: true });
            Volatile.Write(ref _isLoaded, true);
            _followed = follows ? known : null;
            return position;
        }
    }

    /// <summary>Applies a changed catalogue: the same values with other parents, targets and rules.</summary>
    public void ApplyCatalogue()
    {
        lock (_lock)
        {
            var (before, catalogue) = (_cube!, catalogues.Current);
            if (before.Catalogue == catalogue)
            {
                return;
            }

            using var connection = store.Open();
            _numbers = LoadNumbers(connection, catalogue);
            var cube = IndicatorCube.Create(catalogue, partition, before.Months, before.Reviews);
            foreach (var (unit, period, month) in before.EffectiveMonths())
            {
                cube.Restore(CubeLoader.UnitOf(catalogue, unit.Code), period, month);
            }

            cube.Recompute();
            StartExchange(cube, _exchange?.Export() ?? StoredRollUps.None, isStored: false);
            Invalidation.InvalidateAll(cube);
            _cube = cube;
            logger.LogInformation("The catalogue changed; the cube was rebuilt.");
            if (_ledger.Rebuilding is not null)
            {
                _ledger.StartRebuild(catalogue, AppliedThrough);
            }
        }
    }

    private static IndicatorNumbers LoadNumbers(DbConnection connection, Catalogue catalogue)
    {
        using var transaction = Database.BeginWrite(connection);
        var numbers = IndicatorNumbers.Load(connection, transaction, catalogue.Indicators.Select(indicator => indicator.Code));
        transaction.Commit();
        return numbers;
    }

    public void Dispose() => _connection.Dispose();
}

/// <summary>A step holds the cube and does not end.</summary>
internal sealed class CubeBusyException() : Exception("A step of the cube does not end.");
