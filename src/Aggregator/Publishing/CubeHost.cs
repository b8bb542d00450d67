using Microsoft.Extensions.Logging;
using XilinIngest.Aggregator.Cube;
using XilinIngest.CatalogueFiles;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Storage;

namespace XilinIngest.Aggregator.Publishing;

/// <summary>
/// The cube with its store and what was last said: one lock around them. A step applies packs, computes what is to be
/// said, and stores both in one transaction; what it returns may then be published.
/// </summary>
internal sealed class CubeHost(CubeStore store, CatalogueSource catalogues, TimeProvider clock, ILogger<CubeHost> logger)
{
    private static readonly TimeSpan ReadTimeout = TimeSpan.FromSeconds(8);

    private readonly Lock _lock = new();
    private Cube.IndicatorCube? _cube;
    private PublishedResults? _published;
    private LedgerFollower _ledger = new(0, null);
    private string? _storedHash;
    private Cube.IndicatorCube? _rebuilding;
    private bool _isRebuilt;
    private IndicatorNumbers? _numbers;
    private HashSet<Period> _locked = [];
    private LedgerProgress _followed = new LedgerFollower(0, null).State;

    /// <summary>Every ledger row up to here is in the cube and on disk.</summary>
    public long AppliedThrough { get; private set; }

    /// <summary>How far the ledger has been followed, as of the last step: it is read without waiting for a step that hangs.</summary>
    public LedgerProgress LedgerProgress => Volatile.Read(ref _followed);

    /// <summary>That the ledger turned out to be another, since the start; null: it did not.</summary>
    public LedgerReplacement? LedgerReplacement { get; private set; }

    /// <summary>Asks the cube something. What it returns must not hold on to the cube.</summary>
    /// <exception cref="CubeBusyException">A step has held the cube for too long.</exception>
    public T Read<T>(Func<Cube.IndicatorCube, DateTimeOffset, T> query) =>
        WithLock(() => query(_cube ?? throw new InvalidOperationException("The cube is still loading."), clock.GetUtcNow()));

    /// <exception cref="CubeBusyException">A step has held the cube for too long.</exception>
    public long VersionOf(string kind, string unit, string indicator, long period) => WithLock(() => _published!.VersionOf(kind, unit, indicator, period));

    public bool IsLoaded => Volatile.Read(ref _cube) is not null;

    /// <summary>Reads the store. What the catalogue or the calendar changed meanwhile is to be said by the first step.</summary>
    /// <returns>How far publication had come.</returns>
    public CubePosition Load()
    {
        lock (_lock)
        {
            using var connection = store.Open();
            var catalogue = catalogues.Current;
            using (var transaction = Database.BeginWrite(connection))
            {
                _numbers = IndicatorNumbers.Load(connection, transaction, catalogue.Indicators.Select(indicator => indicator.Code));
                transaction.Commit();
            }

            var cube = CubeLoader.Load(connection, catalogue, _numbers);
            var position = CubeStore.ReadPosition(connection);
            _ledger = new LedgerFollower(position.AppliedThrough, position.AppliedHash);
            (_storedHash, _rebuilding, _isRebuilt) = (position.AppliedHash, null, false);
            AppliedThrough = position.AppliedThrough;
            _published = new PublishedResults(CubeStore.ReadPublishedResults(connection), CubeStore.ReadLastVintage(connection));
            _locked = Invalidation.LockedMonths(catalogue, clock.GetUtcNow());
            Invalidation.InvalidateAll(cube);
            Volatile.Write(ref _followed, _ledger.State);
            _cube = cube;
            return position;
        }
    }

    /// <summary>Takes over a changed catalogue: the same values under other parents, targets and rules.</summary>
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
            using (var transaction = Database.BeginWrite(connection))
            {
                _numbers = IndicatorNumbers.Load(connection, transaction, catalogue.Indicators.Select(indicator => indicator.Code));
                transaction.Commit();
            }

            var cube = new Cube.IndicatorCube(catalogue);
            foreach (var (unit, period, month) in before.EffectiveMonths())
            {
                cube.Restore(CubeLoader.UnitOf(catalogue, unit.Code), period, month);
            }

            cube.Recompute();
            Invalidation.InvalidateAll(cube);
            _cube = cube;
            logger.LogInformation("The catalogue changed; the cube was rebuilt.");
            if (_rebuilding is not null)
            {
                StartRebuild();
            }
        }
    }

    /// <summary>Applies packs and stores what they change and what is to be said of it.</summary>
    public IReadOnlyList<object> Step(IReadOnlyList<SubmissionsAccepted> packs, out long lastVintage)
    {
        lock (_lock)
        {
            var (published, now) = (_published!, clock.GetUtcNow());
            foreach (var pack in packs.OrderBy(pack => pack.FromSequence))
            {
                ApplyPack(pack);
            }

            Volatile.Write(ref _followed, _ledger.State);
            if (_rebuilding is not null && !TrySwitchToRebuilt(_rebuilding, published, now))
            {
                lastVintage = published.LastId;
                return [];
            }

            var cube = _cube!;
            _locked = Invalidation.InvalidateNewlyLocked(cube, _locked, now);
            var changes = cube.TakeChanges();
            var messages = new ResultBuilder(cube, published, now).Build(changes);
            SaveStep(changes, published, now);
            lastVintage = published.LastId;
            return messages;
        }
    }

    // A step whose database hangs holds the cube for as long: who asks is told so and does not wait with it.
    private T WithLock<T>(Func<T> read)
    {
        if (!_lock.TryEnter(ReadTimeout))
        {
            throw new CubeBusyException();
        }

        try
        {
            return read();
        }
        finally
        {
            _lock.Exit();
        }
    }

    private void ApplyPack(SubmissionsAccepted pack)
    {
        switch (_ledger.Decide(pack))
        {
            case PackDecision.Apply:
                var cube = _rebuilding ?? _cube!;
                foreach (var submission in pack.Submissions)
                {
                    cube.Apply(submission);
                }

                break;
            case PackDecision.ForeignLedger:
                logger.LogCritical(
                    "The ledger is not the one that the results were made from: it lacks, or has others in place of, rows up to {Row}. Was it restored from an older backup? The results are made anew from what it has.",
                    AppliedThrough);
                StartRebuild();
                break;
        }
    }

    // Beside the one that is asked, and nothing of it is stored or said before it is whole: a kill leaves all as it was, to be found again.
    private void StartRebuild()
    {
        _rebuilding = new Cube.IndicatorCube(catalogues.Current);
        _ledger = new LedgerFollower(0, null, toTheEnd: true);
        Volatile.Write(ref _followed, _ledger.State);
        LedgerReplacement = new LedgerReplacement(AppliedThrough, IsRebuilt: false, null);
    }

    private bool TrySwitchToRebuilt(Cube.IndicatorCube next, PublishedResults published, DateTimeOffset now)
    {
        if (!_ledger.IsCaughtUp)
        {
            return false;
        }

        LedgerReplacement = new LedgerReplacement(AppliedThrough, IsRebuilt: true, store.CreateBackup(now, AppliedThrough));

        // What was said of months that no row speaks of any more is to be taken back; that the ledger is another has no row for a cause.
        published.PublishedMonths.ToList().ForEach(next.ExtendHorizon);
        var effective = next.TakeChanges().MonthsToStore;
        Invalidation.InvalidateAll(next);
        next.Changes.MonthsToStore.UnionWith(effective);
        (_cube, _rebuilding, _isRebuilt) = (next, null, true);
        logger.LogCritical(
            "The results were made anew from the ledger through row {Row}; what differs is published as new versions. The cube as it was: {Copy}.",
            _ledger.Through, LedgerReplacement.BackupPath ?? "see the database's backups; the versions said until now stay in it");
        return true;
    }

    private void SaveStep(CubeChanges changes, PublishedResults published, DateTimeOffset now)
    {
        var vintages = published.TakeNewVintages();
        if (changes.IsEmpty && vintages.Count == 0 && _ledger.Through == AppliedThrough && _ledger.Hash == _storedHash && !_isRebuilt)
        {
            return;
        }

        var publishedAt = now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);
        using var connection = store.Open();
        using var transaction = Database.BeginWrite(connection);
        if (_isRebuilt)
        {
            CubeStore.ClearEffective(connection, transaction);
        }

        CubeStore.WriteEffective(connection, transaction, changes.MonthsToStore.Select(changed =>
            (_cube!.Catalogue.Units.All[changed.Unit].Code.Value, changed.Period, EffectiveMonthCodec.Encode(_cube.EffectiveMonthOf(changed.Unit, changed.Period), _numbers!))));
        CubeStore.WriteVintages(connection, transaction, [.. vintages.Select(vintage => vintage with { PublishedAt = publishedAt })]);
        store.WriteApplied(connection, transaction, _ledger.Through, _ledger.Hash);
        transaction.Commit();
        store.EnsureCommittedInPlace();
        (AppliedThrough, _storedHash, _isRebuilt) = (_ledger.Through, _ledger.Hash, false);
    }
}

/// <summary>The ledger turned out not to be the one that the results were made from.</summary>
/// <param name="PreviousThrough">The row through which the results were made from the other one.</param>
/// <param name="IsRebuilt">Whether the results have been made anew since.</param>
/// <param name="BackupPath">The file that keeps the cube as it was; null: not yet, or it is on a server.</param>
internal sealed record LedgerReplacement(long PreviousThrough, bool IsRebuilt, string? BackupPath);

/// <summary>A step holds the cube and does not end.</summary>
internal sealed class CubeBusyException() : Exception("A step of the cube does not end.");
