using Microsoft.Extensions.Logging;
using XilinIngest.Aggregator.Cube;
using XilinIngest.Aggregator.ReadModel;
using XilinIngest.Aggregator.Releases;
using XilinIngest.Aggregator.RollUps;
using XilinIngest.Contracts;
using XilinIngest.Storage;

namespace XilinIngest.Aggregator.Publishing;

/// <summary>A step: packs and sums are applied, new versions made, all of it stored in one transaction, and then shown.</summary>
internal sealed partial class CubeHost
{
    // The sums of the month ahead are made again after so long without a submission, or without many at once: a few come all day.
    private static readonly TimeSpan AheadPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AheadPauseWithFew = TimeSpan.FromSeconds(10);

    private long _anyAt;
    private long _manyAt;

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
            var areMany = _ledger.Apply(_cube!, packs, AppliedThrough);
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

            SumAheadInPauses(cube, packs.Any(pack => pack.Submissions.Count > 0), areMany);
            var waits = _exchange is { IsWaiting: true };
            var changes = waits ? cube.TakeToStore() : cube.TakeChanges();
            _requests.Add(changes, AppliedThrough);
            var results = new ResultBuilder(cube, published, now).Build(changes);
            results.Messages.AddRange(_requests.Publish(cube, published, _ledger.Through, now));
            var released = packs.Count == 0 && !waits ? BuildReleases(cube, published, now) : [];
            if (SaveStep(cube, changes, published.TakeNew(), released, _exchange?.TakeChanges() ?? StoredRollUps.None) || !Model.IsOf(cube))
            {
                _releases = _releases.With(released.Select(each => each.Release));
                Model.Apply(cube, results, changes, waits ? null : _ledger.Through, _releases);
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

    private void SumAheadInPauses(IndicatorCube cube, bool areAny, bool areMany)
    {
        _anyAt = areAny ? clock.GetTimestamp() : _anyAt;
        _manyAt = areMany ? clock.GetTimestamp() : _manyAt;
        if (clock.GetElapsedTime(_anyAt) >= AheadPause || clock.GetElapsedTime(_manyAt) >= AheadPauseWithFew)
        {
            cube.SumAhead();
        }
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
