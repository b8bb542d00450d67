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
    private Cube.Cube? _cube;
    private Said? _said;
    private FollowedLedger _ledger = new(0, null);
    private string? _storedHash;
    private Cube.Cube? _next;
    private bool _isAnew;
    private IndicatorNumbers? _numbers;
    private HashSet<Period> _locked = [];
    private FollowedState _followed = new FollowedLedger(0, null).State;

    /// <summary>Every ledger row up to here is in the cube and on disk.</summary>
    public long AppliedThrough { get; private set; }

    /// <summary>How far the ledger has been followed, as of the last step: it is read without waiting for a step that hangs.</summary>
    public FollowedState Followed => Volatile.Read(ref _followed);

    /// <summary>That the ledger turned out to be another, since the start; null: it did not.</summary>
    public LedgerReplaced? Replaced { get; private set; }

    /// <summary>Asks the cube something. What it returns must not hold on to the cube.</summary>
    /// <exception cref="CubeBusyException">A step has held the cube for too long.</exception>
    public T Read<T>(Func<Cube.Cube, DateTimeOffset, T> question) =>
        Locked(() => question(_cube ?? throw new InvalidOperationException("The cube is still loading."), clock.GetUtcNow()));

    /// <exception cref="CubeBusyException">A step has held the cube for too long.</exception>
    public long VersionOf(string kind, string unit, string indicator, long period) => Locked(() => _said!.VersionOf(kind, unit, indicator, period));

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
            _ledger = new FollowedLedger(position.AppliedThrough, position.AppliedHash);
            (_storedHash, _next, _isAnew) = (position.AppliedHash, null, false);
            AppliedThrough = position.AppliedThrough;
            _said = new Said(CubeStore.ReadSaid(connection), CubeStore.ReadLastVintage(connection));
            _locked = ToBeSaid.LockedMonths(catalogue, clock.GetUtcNow());
            ToBeSaid.MarkAll(cube);
            Volatile.Write(ref _followed, _ledger.State);
            _cube = cube;
            return position;
        }
    }

    /// <summary>Takes over a changed catalogue: the same values under other parents, targets and rules.</summary>
    public void Rebuild()
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

            var cube = new Cube.Cube(catalogue);
            foreach (var (unit, period, month) in before.Standing())
            {
                cube.Restore(CubeLoader.UnitOf(catalogue, unit.Code), period, month);
            }

            cube.Recompute();
            ToBeSaid.MarkAll(cube);
            _cube = cube;
            logger.LogInformation("The catalogue changed; the cube was rebuilt.");
            if (_next is not null)
            {
                BeginAnew();
            }
        }
    }

    /// <summary>Applies packs and stores what they change and what is to be said of it.</summary>
    public IReadOnlyList<object> Step(IReadOnlyList<SubmissionsAccepted> packs, out long lastVintage)
    {
        lock (_lock)
        {
            var (said, now) = (_said!, clock.GetUtcNow());
            foreach (var pack in packs.OrderBy(pack => pack.FromSequence))
            {
                Take(pack);
            }

            Volatile.Write(ref _followed, _ledger.State);
            if (_next is not null && !TakeOver(_next, said, now))
            {
                lastVintage = said.LastId;
                return [];
            }

            var cube = _cube!;
            _locked = ToBeSaid.MarkNewlyLocked(cube, _locked, now);
            var changes = cube.TakeChanges();
            var messages = new ResultBuilder(cube, said, now).Build(changes);
            Store(changes, said, now);
            lastVintage = said.LastId;
            return messages;
        }
    }

    // A step whose database hangs holds the cube for as long: who asks is told so and does not wait with it.
    private T Locked<T>(Func<T> read)
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

    private void Take(SubmissionsAccepted pack)
    {
        switch (_ledger.Take(pack))
        {
            case Following.Apply:
                var cube = _next ?? _cube!;
                foreach (var submission in pack.Submissions)
                {
                    cube.Apply(submission);
                }

                break;
            case Following.Foreign:
                logger.LogCritical(
                    "The ledger is not the one that the results were made from: it lacks, or has others in place of, rows up to {Row}. Was it restored from an older backup? The results are made anew from what it has.",
                    AppliedThrough);
                BeginAnew();
                break;
        }
    }

    // Beside the one that is asked, and nothing of it is stored or said before it is whole: a kill leaves all as it was, to be found again.
    private void BeginAnew()
    {
        _next = new Cube.Cube(catalogues.Current);
        _ledger = new FollowedLedger(0, null, toTheEnd: true);
        Volatile.Write(ref _followed, _ledger.State);
        Replaced = new LedgerReplaced(AppliedThrough, IsMadeAnew: false, null);
    }

    private bool TakeOver(Cube.Cube next, Said said, DateTimeOffset now)
    {
        if (!_ledger.IsWhole)
        {
            return false;
        }

        Replaced = new LedgerReplaced(AppliedThrough, IsMadeAnew: true, store.KeepCopy(now, AppliedThrough));

        // What was said of months that no row speaks of any more is to be taken back; that the ledger is another has no row for a cause.
        said.Months.ToList().ForEach(next.Reach);
        var standing = next.TakeChanges().Standing;
        ToBeSaid.MarkAll(next);
        next.Changes.Standing.UnionWith(standing);
        (_cube, _next, _isAnew) = (next, null, true);
        logger.LogCritical(
            "The results were made anew from the ledger through row {Row}; what differs is published as new versions. The cube as it was: {Copy}.",
            _ledger.Through, Replaced.Copy ?? "see the database's backups; the versions said until now stay in it");
        return true;
    }

    private void Store(Changes changes, Said said, DateTimeOffset now)
    {
        var vintages = said.TakeNew();
        if (changes.IsEmpty && vintages.Count == 0 && _ledger.Through == AppliedThrough && _ledger.Hash == _storedHash && !_isAnew)
        {
            return;
        }

        var publishedAt = now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);
        using var connection = store.Open();
        using var transaction = Database.BeginWrite(connection);
        if (_isAnew)
        {
            CubeStore.ClearStanding(connection, transaction);
        }

        CubeStore.WriteStanding(connection, transaction, changes.Standing.Select(changed =>
            (_cube!.Catalogue.Units.All[changed.Unit].Code.Value, changed.Period, StandingCodec.Encode(_cube.StandingOf(changed.Unit, changed.Period), _numbers!))));
        CubeStore.WriteVintages(connection, transaction, [.. vintages.Select(vintage => vintage with { PublishedAt = publishedAt })]);
        store.WriteApplied(connection, transaction, _ledger.Through, _ledger.Hash);
        transaction.Commit();
        store.EnsureCommittedInPlace();
        (AppliedThrough, _storedHash, _isAnew) = (_ledger.Through, _ledger.Hash, false);
    }
}

/// <summary>The ledger turned out not to be the one that the results were made from.</summary>
/// <param name="WasThrough">The row through which the results were made from the other one.</param>
/// <param name="IsMadeAnew">Whether the results have been made anew since.</param>
/// <param name="Copy">The file that keeps the cube as it was; null: not yet, or it is on a server.</param>
internal sealed record LedgerReplaced(long WasThrough, bool IsMadeAnew, string? Copy);

/// <summary>A step holds the cube and does not end.</summary>
internal sealed class CubeBusyException() : Exception("A step of the cube does not end.");
