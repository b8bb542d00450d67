using XilinIngest.Contracts;

namespace XilinIngest.Aggregator.Publishing;

/// <summary>The decision on a pack.</summary>
internal enum PackDecision
{
    /// <summary>Its rows are or may be new: apply them.</summary>
    Apply,

    /// <summary>Its rows are in the cube, or it is unknown whether they belong to this ledger. The latter are requested again.</summary>
    Skip,

    /// <summary>It is from another ledger than the one that the cube was computed from.</summary>
    ForeignLedger,
}

/// <summary>
/// Decides whether packs continue the ledger that the cube was computed from. Those of a ledger restored from an older backup do not: it
/// lacks rows of the cube, or has other rows with their numbers. The follower is in doubt at the start, and when a pack repeats rows
/// without saying where its ledger ends. It then applies only what follows the newest row, and the rest of the ledger is requested.
/// </summary>
/// <param name="through">The newest row in the cube.</param>
/// <param name="hash">The leaf hash of that row, if known.</param>
/// <param name="toTheEnd">Whether it is complete only after the ledger has reported its end.</param>
internal sealed class LedgerFollower(long through, string? hash, bool toTheEnd = false)
{
    private readonly AppliedRows _rows = new(through, hash);
    private bool _awaitsEnd = toTheEnd;
    private long _newestSeen;

    public long Through => _rows.Through;

    public string? Hash => _rows.Hash;

    /// <summary>The current progress.</summary>
    public LedgerProgress State => new(Through, Math.Max(Through, Math.Max(_newestSeen, _rows.NewestSeen)), Gap, MissingRows, IsInDoubt);

    /// <summary>The known rows that have not arrived; null: none.</summary>
    public (long From, long To)? Gap => _rows.Gap ?? (Through < _newestSeen ? (Through + 1, _newestSeen) : null);

    /// <summary>Whether it is unknown if the ledger is the same.</summary>
    public bool IsInDoubt { get; private set; } = true;

    /// <summary>Whether every known row has arrived.</summary>
    public bool IsCaughtUp => !IsInDoubt && !_awaitsEnd && Through >= _newestSeen;

    /// <summary>The rows to request, without an end up to the newest; null: none.</summary>
    public (long From, long? To)? MissingRows => !IsCaughtUp ? (Through + 1, null) : Gap is { } gap ? (gap.From, gap.To) : null;

    public PackDecision Decide(SubmissionsAccepted pack)
    {
        var covers = pack.ToSequence >= pack.FromSequence;
        if (covers && pack.LastLeafHash is null)
        {
            // The worker sends no hashes, so the numbers decide.
            IsInDoubt = false;
            return _rows.Add(pack.FromSequence, pack.ToSequence) ? PackDecision.Apply : PackDecision.ForeignLedger;
        }

        if (pack.FromSequence == Through + 1 && pack.ToSequence >= Through)
        {
            return DecideNext(pack, covers);
        }

        if (!covers)
        {
            // The request was for rows after one that the cube has, but the ledger ends before that row.
            return pack.ToSequence < Math.Min(pack.FromSequence - 1, Through) ? PackDecision.ForeignLedger : SkipUnseen(pack, isEnd: true);
        }

        if (pack.ToSequence <= Through)
        {
            if (pack.ToSequence == Through && Hash is not null)
            {
                return pack.LastLeafHash == Hash ? PackDecision.Skip : PackDecision.ForeignLedger;
            }

            return DecideKnown(pack);
        }

        return IsCaughtUp ? Add(pack) : SkipUnseen(pack, isEnd: false);
    }

    // Rows that were submitted again, or rows to which another ledger gave these numbers.
    private PackDecision DecideKnown(SubmissionsAccepted pack)
    {
        if (pack.NewestSequence == Through && Hash is not null)
        {
            return pack.NewestLeafHash == Hash ? PackDecision.Skip : PackDecision.ForeignLedger;
        }

        // Rows that are still to arrive are checked on arrival. Otherwise the ledger is asked.
        IsInDoubt |= pack.NewestSequence is null || pack.NewestSequence < Through || Hash is null;
        return PackDecision.Skip;
    }

    private PackDecision DecideNext(SubmissionsAccepted pack, bool covers)
    {
        if (!_rows.Continues(pack.PreviousLeafHash))
        {
            return PackDecision.ForeignLedger;
        }

        if (pack.PreviousLeafHash is null && Hash is not null)
        {
            // A row was sent again before its first arrival. Its pack does not name its predecessor.
            IsInDoubt = true;
            return SkipUnseen(pack, isEnd: false);
        }

        IsInDoubt = false;
        if (covers)
        {
            return Add(pack);
        }

        // The ledger ends here, whatever other packs said.
        _rows.SetHashIfUnknown(pack.PreviousLeafHash);
        (_newestSeen, _awaitsEnd) = (Through, false);
        return PackDecision.Skip;
    }

    private PackDecision SkipUnseen(SubmissionsAccepted pack, bool isEnd)
    {
        if (!IsCaughtUp && pack.ToSequence > Through)
        {
            _newestSeen = Math.Max(_newestSeen, pack.ToSequence);
            _awaitsEnd &= !isEnd;
        }

        return PackDecision.Skip;
    }

    private PackDecision Add(SubmissionsAccepted pack) =>
        _rows.Add(pack.FromSequence, pack.ToSequence, pack.PreviousLeafHash, pack.LastLeafHash)
            ? PackDecision.Apply : PackDecision.ForeignLedger;
}

/// <summary>The position in a ledger.</summary>
/// <param name="Through">Every row up to this one has arrived.</param>
/// <param name="Newest">The newest known row.</param>
/// <param name="Gap">The known rows that have not arrived; null: none.</param>
/// <param name="MissingRows">The rows to request, without an end up to the newest; null: none.</param>
/// <param name="IsInDoubt">Whether it is unknown if the ledger is the same.</param>
internal sealed record LedgerProgress(
    long Through, long Newest, (long From, long To)? Gap, (long From, long? To)? MissingRows, bool IsInDoubt)
{
    /// <summary>The number of known rows that have not arrived, or wait behind such rows.</summary>
    public long Lag => Newest - Through;
}
