using XilinIngest.Indicators;
using XilinIngest.Submissions.Checking;

namespace XilinIngest.Worker.Ledger;

/// <summary>
/// The effective months of the units that this worker has seen, and the newest leaf hash. They are valid while the ledger's head is the one
/// that this worker committed: another worker's commit, or a restored backup, has another head.
/// </summary>
/// <param name="maxBytes">About the memory that it takes at most.</param>
internal sealed class LedgerCache(long maxBytes = LedgerCache.DefaultBytes)
{
    // A street of two thousand units that report twenty indicators takes 32 megabytes for thirteen months.
    private const long DefaultBytes = 40 * 1024 * 1024;

    // What the ledgers of several partitions may take together, unless there are so many that each has the least.
    private const long BytesOfAll = 4 * DefaultBytes;
    private const long LeastBytes = 4 * 1024 * 1024;

    private readonly Dictionary<string, UnitMonths> _units = new(StringComparer.Ordinal);
    private readonly Queue<string> _oldestFirst = [];
    private byte[] _head = [];
    private long _bytes;

    /// <summary>The cache of one of several ledgers, which share the memory.</summary>
    public static LedgerCache OneOf(int ledgers) =>
        new(ledgers == 1 ? DefaultBytes : Math.Clamp(BytesOfAll / ledgers, LeastBytes, DefaultBytes));

    /// <summary>Effective months to decode into.</summary>
    public EffectiveMonthPool Pool { get; } = new();

    /// <summary>The buffers of the decisions.</summary>
    public DecisionBuffers DecisionBuffers { get; } = new();

    /// <summary>The leaf hash of the newest row in hexadecimal; null: it is not known.</summary>
    public string? NewestLeafHash { get; private set; }

    /// <summary>The months and reviews by the rows that were read.</summary>
    public RecordedStatesCache States { get; init; } = new();

    // Null: other rows may have been added since the states were read.
    private RecordedStates? CurrentStates { get; set; }

    /// <summary>
    /// The months and reviews by the rows so far. A failed batch clears the cache, and with it what the batch changed.
    /// </summary>
    /// <inheritdoc cref="RecordedStatesCache.Refresh"/>
    public RecordedStates LoadStates(long last, Func<long, string?> readLeafHash, Func<long, IEnumerable<LedgerEntry>> readAfter) =>
        CurrentStates ??= States.Refresh(last, readLeafHash, readAfter);

    /// <summary>Forgets everything if the ledger's head is not the one of the last commit.</summary>
    public void ValidateWith(ReadOnlySpan<byte> head)
    {
        if (!head.SequenceEqual(_head))
        {
            ClearUnits();
        }
    }

    /// <summary>Keeps what the commit leaves.</summary>
    /// <param name="head">The bytes of the head.</param>
    /// <param name="newest">The newest row.</param>
    /// <param name="newestLeafHash">Its leaf hash in hexadecimal.</param>
    public void SetCommitted(byte[] head, long newest, string newestLeafHash)
    {
        (_head, NewestLeafHash) = (head, newestLeafHash);
        States.SetThrough(newest, newestLeafHash);
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        ClearUnits();
        States.Clear();
    }

    private void ClearUnits()
    {
        _units.Clear();
        _oldestFirst.Clear();
        (_head, NewestLeafHash, CurrentStates, _bytes) = ([], null, null, 0);
    }

    /// <summary>The months of a unit; null: not all of the range are known.</summary>
    public UnitMonths? Find(string unit, Period from, Period to) =>
        _units.TryGetValue(unit, out var months) && months.Covers(from, to) ? months : null;

    /// <summary>Keeps the months of units at the end of a batch, and forgets the units that were kept first.</summary>
    public void Keep(IEnumerable<KeyValuePair<string, UnitMonths>> units)
    {
        foreach (var (unit, months) in units)
        {
            months.ForgetDecoded(Pool);
            if (_units.TryGetValue(unit, out var before))
            {
                _bytes -= before.KeptBytes;
            }
            else
            {
                _oldestFirst.Enqueue(unit);
            }

            _units[unit] = months;
            _bytes += months.KeptBytes = months.Bytes;
        }

        while (_bytes > maxBytes && _oldestFirst.TryDequeue(out var oldest))
        {
            _bytes -= _units.Remove(oldest, out var removed) ? removed.KeptBytes : 0;
        }
    }
}
