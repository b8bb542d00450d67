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
    private readonly Lock _lock = new();
    private Cube.Cube? _cube;
    private Said? _said;
    private AppliedRows _applied = new(0);
    private IndicatorNumbers? _numbers;
    private HashSet<Period> _locked = [];

    /// <summary>Every ledger row up to here is in the cube and on disk.</summary>
    public long AppliedThrough { get; private set; }

    public (long From, long To)? Gap
    {
        get
        {
            lock (_lock)
            {
                return _applied.Gap;
            }
        }
    }

    /// <summary>Asks the cube something. What it returns must not hold on to the cube.</summary>
    public T Read<T>(Func<Cube.Cube, DateTimeOffset, T> question)
    {
        lock (_lock)
        {
            return question(_cube ?? throw new InvalidOperationException("The cube is still loading."), clock.GetUtcNow());
        }
    }

    public long VersionOf(string kind, string unit, string indicator, long period)
    {
        lock (_lock)
        {
            return _said!.VersionOf(kind, unit, indicator, period);
        }
    }

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

            var cube = new Cube.Cube(catalogue);
            foreach (var (unit, period, data) in CubeStore.ReadStanding(connection))
            {
                cube.Restore(UnitOf(catalogue, new UnitCode(unit)), period, StandingCodec.Decode(data, _numbers));
            }

            cube.Recompute();
            var position = CubeStore.ReadPosition(connection);
            _applied = new AppliedRows(position.AppliedThrough);
            AppliedThrough = position.AppliedThrough;
            _said = new Said(CubeStore.ReadSaid(connection), CubeStore.ReadLastVintage(connection));
            _locked = LockedMonths(catalogue, clock.GetUtcNow());
            MarkAll(cube);
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
                cube.Restore(UnitOf(catalogue, unit.Code), period, month);
            }

            cube.Recompute();
            MarkAll(cube);
            _cube = cube;
            logger.LogInformation("The catalogue changed; the cube was rebuilt.");
        }
    }

    /// <summary>Applies packs and stores what they change and what is to be said of it.</summary>
    public IReadOnlyList<object> Step(IReadOnlyList<SubmissionsAccepted> packs, out long lastVintage)
    {
        lock (_lock)
        {
            var (cube, said, now) = (_cube!, _said!, clock.GetUtcNow());
            foreach (var pack in packs)
            {
                foreach (var submission in pack.Submissions)
                {
                    cube.Apply(submission);
                }

                _applied.Add(pack.FromSequence, pack.ToSequence);
            }

            MarkNewlyLocked(cube, now);
            var changes = cube.TakeChanges();
            var messages = new ResultBuilder(cube, said, now).Build(changes);
            Store(changes, said, now);
            lastVintage = said.LastId;
            return messages;
        }
    }

    private void Store(Changes changes, Said said, DateTimeOffset now)
    {
        var vintages = said.TakeNew();
        if (changes.IsEmpty && vintages.Count == 0 && _applied.Through == AppliedThrough)
        {
            return;
        }

        var publishedAt = now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);
        using var connection = store.Open();
        using var transaction = Database.BeginWrite(connection);
        CubeStore.WriteStanding(connection, transaction, changes.Standing.Select(changed =>
            (_cube!.Catalogue.Units.All[changed.Unit].Code.Value, changed.Period, StandingCodec.Encode(_cube.StandingOf(changed.Unit, changed.Period), _numbers!))));
        CubeStore.WriteVintages(connection, transaction, [.. vintages.Select(vintage => vintage with { PublishedAt = publishedAt })]);
        CubeStore.WriteApplied(connection, transaction, _applied.Through);
        transaction.Commit();
        AppliedThrough = _applied.Through;
    }

    /// <exception cref="InvalidOperationException">The unit has figures and is in the catalogue no more.</exception>
    public static Unit UnitOf(Catalogue catalogue, UnitCode code) => catalogue.Units.TryFind(code, out var unit)
        ? unit
        : throw new InvalidOperationException($"Unit {code} has figures and is not in units.csv: put its row back, and set valid_to where it has ended.");

    private void MarkNewlyLocked(Cube.Cube cube, DateTimeOffset now)
    {
        var locked = LockedMonths(cube.Catalogue, now);
        foreach (var period in locked.Except(_locked).Where(period => cube.HorizonOf(period.Year) >= period.Month))
        {
            Mark(cube, period.Year, period.Month);
        }

        _locked = locked;
    }

    private static HashSet<Period> LockedMonths(Catalogue catalogue, DateTimeOffset now) =>
        [.. catalogue.Calendar.Where(window => now > window.Locks).Select(window => window.Period)];

    private static void MarkAll(Cube.Cube cube)
    {
        cube.Changes.Everything = true;
        foreach (var year in cube.Years)
        {
            Mark(cube, year, 1);
        }
    }

    private static void Mark(Cube.Cube cube, int year, int month)
    {
        for (var node = 0; node < cube.Nodes.Nodes.Count; node++)
        {
            foreach (var indicator in cube.Catalogue.Indicators)
            {
                var change = cube.Changes.Of(node, indicator.Order, year);
                change.FromMonth = Math.Min(change.FromMonth, month);
            }
        }
    }
}
