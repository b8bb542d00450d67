using XilinIngest.Aggregator.Cube;
using XilinIngest.Aggregator.ReadModel;
using XilinIngest.Storage;

namespace XilinIngest.Aggregator.Publishing;

/// <summary>A cube that another process works on: its steps are applied from its store, and nothing is stored or published.</summary>
internal sealed partial class CubeHost
{
    // Null: this process works on the cube, or nothing was read yet, or what was read could not be applied.
    private FollowedPosition? _followed;

    // Whether a month was reported for the first time, and its results wait for sums of other partitions.
    private bool _hasNewMonths;

    /// <summary>
    /// Reads what another process has stored since the last time. All of it is read the first time, with another catalogue, and where the
    /// store does not continue what was read.
    /// </summary>
    /// <returns>Whether there was anything.</returns>
    public bool Follow()
    {
        if (_followed is not { } known || _cube?.Catalogue != catalogues.Current)
        {
            Load(follows: true);
            return true;
        }

        var position = store.ReadPosition();
        if (known.IsAt(position))
        {
            return false;
        }

        if (known.HasRowsOf(position))
        {
            // The results are sent by now.
            _followed = known with { Position = position };
        }
        else if (store.ReadChanges(known) is { } changes)
        {
            Apply(changes);
        }
        else
        {
            Load(follows: true);
        }

        return true;
    }

    private void Apply(FollowedChanges changes)
    {
        lock (_lock)
        {
            // A cube to which they were applied in part is loaded again.
            _followed = null;
            var (cube, position, now) = (_cube!, changes.Now.Position, clock.GetUtcNow());
            var horizons = SnapshotReader.HorizonsOf(cube);
            foreach (var (unit, period, data) in changes.Effective)
            {
                cube.Replace(CubeLoader.UnitOf(cube.Catalogue, unit), period, EffectiveMonthCodec.Decode(data, _numbers!));
            }

            foreach (var change in changes.Months)
            {
                cube.Apply(change);
            }

            foreach (var review in changes.Reviews)
            {
                cube.Apply(review);
            }

            if (_exchange is { } exchange && !changes.RollUps.IsEmpty)
            {
                exchange.Restore(changes.RollUps);
                exchange.AskAll();
                ShowExchange();
            }

            _closed = Invalidation.InvalidateNewlyClosed(cube, _closed, now);
            var waits = _exchange is { IsWaiting: true };
            var taken = TakeFollowed(cube, waits);
            _releases = changes.Releases ?? _releases;
            _hasNewMonths |= !SnapshotReader.HorizonsOf(cube).SequenceEqual(horizons);
            var results = FollowedResults.Read(cube, taken, changes.Publications, _hasNewMonths && !waits, now);
            Model.Apply(cube, results, taken, waits ? null : position.AppliedThrough, _releases);
            _hasNewMonths &= waits;
            _ledger.Reset(position);
            AppliedThrough = position.AppliedThrough;
            _followed = changes.Now;
        }
    }

    // What was changed is published and sent by the process that works on the cube: once it has what it waits for.
    private static CubeChanges TakeFollowed(IndicatorCube cube, bool waits)
    {
        cube.TakeToSend();
        return waits ? cube.TakeToStore() : cube.TakeChanges();
    }
}
