using Microsoft.Extensions.Logging;
using XilinIngest.Aggregator.Cube;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Submissions.Accepted;

namespace XilinIngest.Aggregator.Publishing;

/// <summary>
/// Applies packs that continue the ledger. If the ledger is another one, builds a new cube beside the current one. Nothing of the new cube
/// is stored or published before it is complete, so a kill changes nothing.
/// </summary>
internal sealed class LedgerApplier(CubeStore store, Partition? partition, ILogger logger)
{
    private LedgerFollower _ledger = new(0, null);
    private Checkpoint? _checkpoint;
    private LedgerProgress _progress = new LedgerFollower(0, null).State;

    /// <summary>The newest row in the cube.</summary>
    public long Through => _ledger.Through;

    /// <summary>The leaf hash of that row, if known.</summary>
    public string? Hash => _ledger.Hash;

    /// <summary>The signed checkpoint over the rows up to that one; null: none has arrived.</summary>
    public Checkpoint? Checkpoint => _checkpoint is { } newest && newest.TreeSize == Through ? newest : null;

    /// <summary>The position in the ledger after the last step. It can be read without the cube's lock.</summary>
    public LedgerProgress Progress => Volatile.Read(ref _progress);

    /// <summary>The cube that is being rebuilt; null: there is none.</summary>
    public IndicatorCube? Rebuilding { get; private set; }

    /// <summary>The replacement of the ledger since the start; null: it was not replaced.</summary>
    public LedgerReplacement? Replacement { get; private set; }

    /// <summary>Follows the ledger from the stored position.</summary>
    public void Reset(CubePosition position)
    {
        (_ledger, Rebuilding, _checkpoint) = (new LedgerFollower(position.AppliedThrough, position.AppliedHash), null, null);
        Volatile.Write(ref _progress, _ledger.State);
    }

    /// <param name="cube">The cube in use.</param>
    /// <param name="packs">The packs, in any order.</param>
    /// <param name="storedThrough">The row through which the cube is stored.</param>
    /// <returns>Whether they have so many submissions that the month ahead is left out.</returns>
    public bool Apply(IndicatorCube cube, IReadOnlyList<SubmissionsAccepted> packs, long storedThrough)
    {
        var areMany = (Rebuilding ?? cube).LeaveOutAheadOf(packs.Sum(pack => pack.Submissions.Count));
        foreach (var pack in packs.OrderBy(pack => pack.FromSequence))
        {
            Apply(cube, pack, storedThrough);
        }

        Volatile.Write(ref _progress, _ledger.State);
        return areMany;
    }

    /// <summary>Starts to rebuild the cube from row 1.</summary>
    public void StartRebuild(Catalogue catalogue, long storedThrough)
    {
        Rebuilding = IndicatorCube.Create(catalogue, partition);
        (_ledger, _checkpoint) = (new LedgerFollower(0, null, toTheEnd: true), null);
        Volatile.Write(ref _progress, _ledger.State);
        Replacement = new LedgerReplacement(storedThrough, IsRebuilt: false, null);
    }

    /// <summary>The rebuilt cube once it is complete; null: it is not yet.</summary>
    public IndicatorCube? TryComplete(PublishedResults published, long storedThrough, DateTimeOffset now)
    {
        if (Rebuilding is not { } next || !_ledger.IsCaughtUp)
        {
            return null;
        }

        Replacement = new LedgerReplacement(storedThrough, IsRebuilt: true, store.CreateBackup(now, storedThrough));

        // Results of months without a row are withdrawn. The replacement of the ledger has no row that could be their cause.
        published.PublishedMonths.ToList().ForEach(next.ExtendHorizon);
        var effective = next.TakeChanges().MonthsToStore;
        Invalidation.InvalidateAll(next);
        next.Changes.MonthsToStore.UnionWith(effective);
        Rebuilding = null;
        logger.LogCritical(
            "The results were rebuilt from the ledger through row {Row}. Differing results are published as new versions. The former "
            + "cube: {Copy}.",
            _ledger.Through, Replacement.BackupPath ?? "see the database's backups; the former versions stay in the database");
        return next;
    }

    private void Apply(IndicatorCube cube, SubmissionsAccepted pack, long storedThrough)
    {
        var decision = _ledger.Decide(pack);
        if (decision != PackDecision.ForeignLedger && pack.Checkpoint is { } signed && !(_checkpoint?.TreeSize > signed.TreeSize))
        {
            _checkpoint = signed;
        }

        switch (decision)
        {
            case PackDecision.Apply:
                foreach (var submission in pack.Submissions)
                {
                    (Rebuilding ?? cube).Apply(submission);
                }

                foreach (var change in pack.MonthChanges ?? [])
                {
                    (Rebuilding ?? cube).Apply(AcceptedMonthFacts.ChangeOf(change));
                }

                foreach (var review in pack.Reviews ?? [])
                {
                    (Rebuilding ?? cube).Apply(AcceptedReviewFacts.ReviewOf(review));
                }

                break;
            case PackDecision.ForeignLedger:
                logger.LogCritical(
                    "The ledger is not the one that the results were made from: rows up to {Row} are missing in it or differ. Was it "
                    + "restored from an older backup? The results are being rebuilt from it.",
                    storedThrough);
                StartRebuild(cube.Catalogue, storedThrough);
                break;
        }
    }
}

/// <summary>The ledger is not the one that the results were computed from.</summary>
/// <param name="PreviousThrough">The row through which the results were computed from the former ledger.</param>
/// <param name="IsRebuilt">Whether the results have been rebuilt.</param>
/// <param name="BackupPath">The file with the former cube; null: there is none yet, or the cube is on a server.</param>
internal sealed record LedgerReplacement(long PreviousThrough, bool IsRebuilt, string? BackupPath);
