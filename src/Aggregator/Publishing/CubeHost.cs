using System.Data.Common;
using Microsoft.Extensions.Logging;
using XilinIngest.Aggregator.Cube;
using XilinIngest.Aggregator.ReadModel;
using XilinIngest.Aggregator.Releases;
using XilinIngest.Aggregator.RollUps;
using XilinIngest.CatalogueFiles;
using XilinIngest.Contracts;
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
                TakeFollowed(cube);
            }
            else
            {
                Invalidation.InvalidateAll(cube);
            }

            _cube = cube;
            Model.Load(cube, loaded);
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

    /// <summary>Applies packs, stores what they change and the new versions, and replaces the published model.</summary>
    public IReadOnlyList<OutgoingResult> Step(IReadOnlyList<SubmissionsAccepted> packs, out long lastPublication)
    {
        var outcome = Step(packs, [], RollUpSending.Sums);
        lastPublication = outcome.LastPublication;
        return outcome.Results;
    }

    /// <summary>The same with what the cubes of other partitions have sent.</summary>
    /// <param name="packs">The packs, in any order.</param>
    /// <param name="rollUps">The messages of other partitions, in the order of their arrival.</param>
    /// <param name="sending">What the other partitions are told.</param>
    public StepOutcome Step(IReadOnlyList<SubmissionsAccepted> packs, IReadOnlyList<RollUpBody> rollUps, RollUpSending sending)
    {
        lock (_lock)
        {
            var (published, now) = (_published!, clock.GetUtcNow());
            _ledger.Apply(_cube!, packs, AppliedThrough);
            if (_ledger.Rebuilding is not null)
            {
                if (_ledger.TryComplete(published, AppliedThrough, now) is not { } rebuilt)
                {
                    return new([], published.LastId, []);
                }

                StartExchange(rebuilt, _exchange?.Export() ?? StoredRollUps.None, isStored: false);
                _requests.Replace(_cube!, rebuilt);
                (_cube, _mustReplaceStored) = (rebuilt, true);
            }

            var cube = _cube!;
            _closed = Invalidation.InvalidateNewlyClosed(cube, _closed, now);
            foreach (var body in rollUps)
            {
                _exchange?.Take(body);
            }

            if (_exchange is { FormerEpoch: { } former } outdated)
            {
                logger.LogWarning(
                    "Other partitions have newer sums of {Partition} than its cube ever sent: its store was lost or is an older one. It "
                    + "sends all again, as newer than those.", PartitionPath);
                StartExchange(cube, outdated.Export(), isStored: false, above: former);
            }

            var waits = _exchange is { IsWaiting: true };
            var changes = waits ? cube.TakeToStore() : cube.TakeChanges();
            _requests.Add(changes, AppliedThrough);
            var results = new ResultBuilder(cube, published, now).Build(changes);
            results.Messages.AddRange(_requests.Publish(cube, published, _ledger.Through, now));
            var released = packs.Count == 0 && !waits ? BuildReleases(cube, published, now) : [];
            if (SaveStep(cube, changes, published.TakeNew(), released, _exchange?.TakeChanges() ?? StoredRollUps.None) || !Model.IsOf(cube))
            {
                _releases = _releases.With(released.Select(each => each.Release));
                Model.Apply(cube, results, changes, _ledger.Through, _releases);
            }

            // Set last: a reader that sees the row here finds its results in the model.
            AppliedThrough = _ledger.Through;
            ShowExchange();

            // What is sent is stored: a process that takes over tells nothing older.
            IReadOnlyList<RollUpBody> outgoing = _exchange is null || sending == RollUpSending.Nothing ? []
                : _exchange.TakeOutgoing(AppliedThrough, sending == RollUpSending.SumsAndPositions ? MonthsOf(cube) : null);
            return new(results.Messages, published.LastId, outgoing) { HasToSend = _exchange is { HasToSend: true } };
        }
    }

    // The messages of a cube count from 1, so each has an epoch of its own. All is asked for again: with another catalogue, units and
    // indicators may be known that were not when it was sent. One that follows sends nothing, and must not raise the epoch.
    private void StartExchange(IndicatorCube cube, StoredRollUps known, bool isStored, bool follows = false, long above = 0)
    {
        _exchange = cube.Scope is null ? null : new RollUpExchange(cube, follows ? 0 : store.RenewEpoch(above));
        if (_exchange is { } exchange)
        {
            _mustReplaceRollUps = !exchange.Restore(known) || !isStored;
            exchange.AskAll();
            ShowExchange();
        }
    }

    private PartitionMonths MonthsOf(IndicatorCube cube) => new(
        _ledger.Progress is { IsInDoubt: false, Lag: 0 },
        [.. _closed.Where(period => cube.UnapprovedReports(period).Count > 0).Select(period => period.Number).Order()],
        _closed.Select(period => (period.Number, Count: cube.Months.HistoryOf(period).Count)).Where(month => month.Count > 0)
            .OrderBy(month => month.Number).ToDictionary(month => month.Number, month => month.Count),
        _closed.Select(period => (period.Number, Row: cube.Reviews.LastThrough(period) ?? 0)).Where(month => month.Row > 0)
            .OrderBy(month => month.Number).ToDictionary(month => month.Number, month => month.Row));

    private void ShowExchange()
    {
        if (_exchange is { } exchange)
        {
            Volatile.Write(ref _missingPartitions, [.. exchange.Missing.Select(each => each.Path)]);
            Volatile.Write(ref _others, exchange.Senders);
        }
    }

    private static IndicatorNumbers LoadNumbers(DbConnection connection, Catalogue catalogue)
    {
        using var transaction = Database.BeginWrite(connection);
        var numbers = IndicatorNumbers.Load(connection, transaction, catalogue.Indicators.Select(indicator => indicator.Code));
        transaction.Commit();
        return numbers;
    }

    // In a step without rows, when none is known to be missing: in the middle of a replay a month is not yet what it was at its closing.
    // The checkpoint over them comes with the last rows of a commit and with the end of a replay.
    private IReadOnlyList<NewRelease> BuildReleases(IndicatorCube cube, PublishedResults published, DateTimeOffset now) =>
        _ledger.Progress is { IsInDoubt: false, Lag: 0 } && (_ledger.Hash is null || _ledger.Checkpoint is not null)
            ? ReleaseBuilder.Build(
                cube, published, _releases, _closed, (_ledger.Through, _ledger.Hash, _ledger.Checkpoint), now, _exchange)
            : [];

    // False: there was nothing to store.
    private bool SaveStep(
        IndicatorCube cube, CubeChanges changes, NewPublications added, IReadOnlyList<NewRelease> released, StoredRollUps rollUps)
    {
        if (changes.IsEmpty && rollUps.IsEmpty && added.Publications.Count == 0 && released.Count == 0 && _ledger.Through == AppliedThrough
            && _ledger.Hash == _storedHash && !_mustReplaceStored && !_mustReplaceRollUps)
        {
            return false;
        }

        var revision = _revision.Next(replacesAll: !isFollowed || _mustReplaceStored || _mustReplaceRollUps);
        var revisionOfRows = isFollowed ? revision.Number : CubeRevision.OfNone;
        _connection.Use(connection =>
        {
            using var transaction = Database.BeginWrite(connection);
            if (_mustReplaceStored)
            {
                CubeStore.ClearEffective(connection, transaction);
            }

            CubeStore.WriteEffective(connection, transaction, changes.MonthsToStore.Select(changed =>
                (cube.Catalogue.Units.All[changed.Unit].Code.Value, changed.Period,
                    EffectiveMonthCodec.Encode(cube.EffectiveMonthOf(changed.Unit, changed.Period), _numbers!))), revisionOfRows);
            CubeStore.WriteMonths(connection, transaction, _mustReplaceStored ? cube.Months.All : changes.MonthChanges, revisionOfRows);
            CubeStore.WriteReviews(connection, transaction, _mustReplaceStored ? cube.Reviews.All : changes.Reviews, revisionOfRows);
            CubeStore.WritePublications(connection, transaction, added);
            CubeStore.WriteReleases(connection, transaction, released);
            if (_mustReplaceRollUps)
            {
                CubeStore.ClearRollUps(connection, transaction);
            }

            CubeStore.WriteRollUps(connection, transaction, _mustReplaceRollUps ? _exchange!.Export() : rollUps, revisionOfRows);
            store.WriteApplied(connection, transaction, _ledger.Through, _ledger.Hash, revision);
            transaction.Commit();
            store.EnsureCommittedInPlace();
        });
        (_storedHash, _mustReplaceStored, _mustReplaceRollUps, _revision) = (_ledger.Hash, false, false, revision);
        return true;
    }

    public void Dispose() => _connection.Dispose();
}

/// <summary>What a step has stored and is to be sent.</summary>
/// <param name="Results">The new results.</param>
/// <param name="LastPublication">The id of the newest publication.</param>
/// <param name="RollUps">The messages for other partitions.</param>
internal sealed record StepOutcome(
    IReadOnlyList<OutgoingResult> Results, long LastPublication, IReadOnlyList<RollUpBody> RollUps)
{
    /// <summary>Whether sums for other partitions wait for a later step.</summary>
    public bool HasToSend { get; init; }
}

/// <summary>What a step tells other partitions.</summary>
internal enum RollUpSending
{
    /// <summary>Nothing: what changes waits for a later step, and goes out once.</summary>
    Nothing,

    Sums,

    /// <summary>Also the positions, which are true once all sums are sent.</summary>
    SumsAndPositions,
}

/// <summary>A step holds the cube and does not end.</summary>
internal sealed class CubeBusyException() : Exception("A step of the cube does not end.");
