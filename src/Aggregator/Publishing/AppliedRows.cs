namespace XilinIngest.Aggregator.Publishing;

/// <summary>Which ledger rows have been applied: all up to a mark, and ranges beyond it while a gap waits for its replay.</summary>
internal sealed class AppliedRows(long through)
{
    private readonly SortedDictionary<long, long> _beyond = [];

    /// <summary>Every row up to here has been applied.</summary>
    public long Through { get; private set; } = through;

    /// <summary>The rows that are missing before what has come already; null: none.</summary>
    public (long From, long To)? Gap => _beyond.Count == 0 ? null : (Through + 1, _beyond.First().Key - 1);

    public void Add(long from, long to)
    {
        if (to > Through)
        {
            _beyond[from] = Math.Max(to, _beyond.GetValueOrDefault(from));
        }

        while (_beyond.Count > 0 && _beyond.First() is var (start, end) && start <= Through + 1)
        {
            Through = Math.Max(Through, end);
            _beyond.Remove(start);
        }
    }
}
