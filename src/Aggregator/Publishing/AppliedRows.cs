namespace XilinIngest.Aggregator.Publishing;

/// <summary>
/// The ledger rows that have been applied: all up to a mark, and ranges beyond it while a gap waits for its replay. Rows are identified by
/// their leaf hashes, because a ledger restored from an older backup assigns its numbers again.
/// </summary>
internal sealed class AppliedRows(long through, string? hash = null)
{
    private readonly SortedDictionary<long, RowRange> _beyond = [];

    /// <summary>Every row up to here has been applied.</summary>
    public long Through { get; private set; } = through;

    /// <summary>The leaf hash of the row <see cref="Through"/>; null: it is unknown.</summary>
    public string? Hash { get; private set; } = hash;

    /// <summary>The missing rows before the rows that have arrived; null: none.</summary>
    public (long From, long To)? Gap => _beyond.Count == 0 ? null : (Through + 1, _beyond.First().Key - 1);

    /// <summary>The newest row that has arrived, even if rows before it are missing.</summary>
    public long NewestSeen => _beyond.Count == 0 ? Through : Math.Max(Through, _beyond.Values.Max(range => range.To));

    /// <param name="from">The first row.</param>
    /// <param name="to">The last row.</param>
    /// <param name="previous">The leaf hash of the row before them, if known.</param>
    /// <param name="last">The leaf hash of the last row.</param>
    /// <returns>False: the rows do not follow the applied ones.</returns>
    public bool Add(long from, long to, string? previous = null, string? last = null)
    {
        if (to > Through && (!_beyond.TryGetValue(from, out var known) || to > known.To))
        {
            _beyond[from] = new RowRange(to, previous, last);
        }

        while (_beyond.Count > 0 && _beyond.First() is var (start, range) && start <= Through + 1)
        {
            if (start == Through + 1 && !Continues(range.Previous))
            {
                return false;
            }

            (Through, Hash) = range.To > Through ? (range.To, range.Last) : (Through, Hash);
            _beyond.Remove(start);
        }

        return true;
    }

    /// <summary>Whether rows whose predecessor has this leaf hash can follow the mark.</summary>
    public bool Continues(string? previous) => previous is null || Hash is null || previous == Hash;

    /// <summary>Sets the leaf hash of the row <see cref="Through"/> if it was unknown.</summary>
    public void SetHashIfUnknown(string? hash) => Hash ??= hash;

    private readonly record struct RowRange(long To, string? Previous, string? Last);
}
