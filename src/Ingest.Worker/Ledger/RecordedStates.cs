using XilinIngest.Indicators;

namespace XilinIngest.Worker.Ledger;

/// <summary>What the accepted requests among the rows decided: which months are closed, which reports are approved or returned.</summary>
internal sealed class RecordedStates
{
    public MonthStates Months { get; } = new();

    public ReviewStates Reviews { get; } = new();

    /// <summary>Takes over an accepted request. A row that was altered is passed over; the check of its hash reports it.</summary>
    public void Apply(LedgerEntry row)
    {
        if (row.ToMonthChange() is { } change)
        {
            Months.Apply(change);
        }
        else if (row.ToReview() is { } review)
        {
            Reviews.Apply(review);
        }
    }
}

/// <summary>
/// The states by the rows that were read. Rows that other workers added since are read after them, if the ledger still has the last row
/// that was read. Not safe for concurrent use.
/// </summary>
internal sealed class RecordedStatesCache
{
    private RecordedStates? _states;
    private long _through;
    private string? _hash;

    /// <param name="last">The newest row of the ledger.</param>
    /// <param name="readLeafHash">Reads the leaf hash of a row.</param>
    /// <param name="readAfter">Reads the accepted requests after a row, in order.</param>
    public RecordedStates Refresh(long last, Func<long, string?> readLeafHash, Func<long, IEnumerable<LedgerEntry>> readAfter)
    {
        if (_states is null || _through > last || (_through > 0 && readLeafHash(_through) != _hash))
        {
            (_states, _through, _hash) = (new RecordedStates(), 0, null);
        }

        if (_through < last)
        {
            foreach (var row in readAfter(_through))
            {
                _states.Apply(row);
            }

            SetThrough(last, readLeafHash(last));
        }

        return _states;
    }

    /// <summary>States through which row they hold; they include the requests up to it.</summary>
    public void SetThrough(long sequence, string? leafHash) => (_through, _hash) = (sequence, leafHash);

    public void Clear() => (_states, _through, _hash) = (null, 0, null);
}
