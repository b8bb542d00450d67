namespace XilinIngest.Indicators;

/// <summary>
/// Which rows of the ledger are approved or returned. Reviews may be applied in any order, any number of times. Not safe for concurrent
/// use.
/// </summary>
public sealed class ReviewStates
{
    private readonly Dictionary<long, SortedDictionary<long, ReportReview>> _byRow = [];
    private readonly Dictionary<long, ReportReview> _bySequence = [];
    private readonly HashSet<long> _returned = [];
    private readonly Dictionary<(UnitCode Unit, Period Period), SortedSet<long>> _rowsOfReports = [];
    private readonly Dictionary<Period, long> _newestOfMonths = [];

    /// <summary>All reviews.</summary>
    public IReadOnlyCollection<ReportReview> All => _bySequence.Values;

    /// <summary>The review in a row of the ledger; null: the row is no review.</summary>
    public ReportReview? Find(long sequence) => _bySequence.GetValueOrDefault(sequence);

    /// <summary>The rows that are returned: what they set does not count.</summary>
    public IReadOnlySet<long> Returned => _returned;

    /// <summary>Takes over a review.</summary>
    /// <returns>Whether it is the newest of its row, and was not known.</returns>
    public bool Apply(ReportReview review)
    {
        if (!_byRow.TryGetValue(review.Row, out var row))
        {
            _byRow[review.Row] = row = [];
        }

        _newestOfMonths[review.Period] = Math.Max(review.Sequence, _newestOfMonths.GetValueOrDefault(review.Period));
        _bySequence.TryAdd(review.Sequence, review);
        if (!row.TryAdd(review.Sequence, review) || row.Values.Last() != review)
        {
            return false;
        }

        if (review.Action == ReviewAction.Return)
        {
            _returned.Add(review.Row);
        }
        else
        {
            _returned.Remove(review.Row);
        }

        if (!_rowsOfReports.TryGetValue((review.Unit, review.Period), out var rows))
        {
            _rowsOfReports[(review.Unit, review.Period)] = rows = [];
        }

        rows.Add(review.Row);
        return true;
    }

    /// <summary>The review that counts; null: the row is not reviewed.</summary>
    public ReportReview? NewestOf(long row) => _byRow.TryGetValue(row, out var reviews) ? reviews.Values.Last() : null;

    /// <summary>The reviews of a row, oldest first.</summary>
    public IReadOnlyList<ReportReview> HistoryOf(long row) => _byRow.TryGetValue(row, out var reviews) ? [.. reviews.Values] : [];

    public bool IsApproved(long row) => NewestOf(row)?.Action == ReviewAction.Approve;

    /// <summary>The row of the last review of any report of a month or of those before it in its year; null: there is none.</summary>
    public long? LastThrough(Period period)
    {
        long? last = null;
        for (var month = new Period(period.Year, 1); month <= period; month = month.AddMonths(1))
        {
            last = _newestOfMonths.TryGetValue(month, out var newest) && !(last > newest) ? newest : last;
        }

        return last;
    }

    /// <summary>The reviews that count of the rows of a unit and month, by row.</summary>
    public IReadOnlyList<ReportReview> NewestOf(UnitCode unit, Period period) =>
        _rowsOfReports.TryGetValue((unit, period), out var rows) ? [.. rows.Select(row => NewestOf(row)!)] : [];
}
