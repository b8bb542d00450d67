using XilinIngest.Contracts;

namespace XilinIngest.Aggregator.Publishing;

/// <summary>What is to be done with a pack.</summary>
internal enum PackDecision
{
    /// <summary>Its rows are new, or may be: apply them.</summary>
    Apply,

    /// <summary>Its rows are in the cube, or cannot be known to belong to this ledger yet; they are asked for again.</summary>
    Skip,

    /// <summary>It comes from another ledger than the one the cube was made from.</summary>
    ForeignLedger,
}

/// <summary>
/// Decides whether packs continue the ledger that the cube was made from. The packs of a ledger that was restored from an older
/// backup do not: that ledger lacks rows that the cube has, or has others with their numbers. At the start, and when a pack repeats
/// rows without saying where its ledger ends, the follower is in doubt: it takes only what follows the newest row, and the rest of
/// the ledger is requested.
/// </summary>
/// <param name="through">The newest row the cube has.</param>
/// <param name="hash">Its leaf hash, where that is known.</param>
/// <param name="toTheEnd">Whether it is whole only once the ledger has said where it ends.</param>
internal sealed class LedgerFollower(long through, string? hash, bool toTheEnd = false)
{
    private readonly AppliedRows _rows = new(through, hash);
    private bool _awaitsEnd = toTheEnd;
    private long _newestSeen;

    public long Through => _rows.Through;

    public string? Hash => _rows.Hash;

    /// <summary>All of it at this moment.</summary>
    public LedgerProgress State => new(Through, Math.Max(Through, Math.Max(_newestSeen, _rows.NewestSeen)), Gap, MissingRows, IsInDoubt);

    /// <summary>The rows that are known to be and have not come; null: none.</summary>
    public (long From, long To)? Gap => _rows.Gap ?? (Through < _newestSeen ? (Through + 1, _newestSeen) : null);

    /// <summary>Not yet known to be the same ledger.</summary>
    public bool IsInDoubt { get; private set; } = true;

    /// <summary>Every row that was heard of is in.</summary>
    public bool IsCaughtUp => !IsInDoubt && !_awaitsEnd && Through >= _newestSeen;

    /// <summary>The rows to ask for, to the end where that is null; null: none.</summary>
    public (long From, long? To)? MissingRows => !IsCaughtUp ? (Through + 1, null) : Gap is { } gap ? (gap.From, gap.To) : null;

    public PackDecision Decide(SubmissionsAccepted pack)
    {
        var covers = pack.ToSequence >= pack.FromSequence;
        if (covers && pack.LastLeafHash is null)
        {
            // From a worker that does not say hashes: the numbers must do.
            IsInDoubt = false;
            return _rows.Add(pack.FromSequence, pack.ToSequence) ? PackDecision.Apply : PackDecision.ForeignLedger;
        }

        if (pack.FromSequence == Through + 1 && pack.ToSequence >= Through)
        {
            return DecideNext(pack, covers);
        }

        if (!covers)
        {
            // Asked for what comes after a row that the cube has, the ledger ends before that row.
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

        // Rows that are still to come are checked when they come. Otherwise the ledger is asked.
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
            // A row that was sent again before it came at all: it does not say what it follows on.
            IsInDoubt = true;
            return SkipUnseen(pack, isEnd: false);
        }

        IsInDoubt = false;
        if (covers)
        {
            return Add(pack);
        }

        // The ledger ends here, whatever was heard of other rows.
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

/// <summary>How far a ledger has been followed.</summary>
/// <param name="Through">Every row up to here has come.</param>
/// <param name="Newest">The newest row that was heard of.</param>
/// <param name="Gap">The rows that are known to be and have not come; null: none.</param>
/// <param name="MissingRows">The rows to ask for, to the end where that is null; null: none.</param>
/// <param name="IsInDoubt">Not yet known to be the same ledger.</param>
internal sealed record LedgerProgress(
    long Through, long Newest, (long From, long To)? Gap, (long From, long? To)? MissingRows, bool IsInDoubt)
{
    /// <summary>Rows that were heard of and have not come, or wait behind such.</summary>
    public long Lag => Newest - Through;
}
