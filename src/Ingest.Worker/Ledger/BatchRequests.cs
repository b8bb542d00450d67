using System.Data.Common;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Storage;
using XilinIngest.Submissions;
using XilinIngest.Submissions.Accepted;
using XilinIngest.Submissions.Checking;
using XilinIngest.Submissions.Months;
using XilinIngest.Submissions.Reviews;

namespace XilinIngest.Worker.Ledger;

/// <summary>
/// The months and the reviews as the rows before a batch have decided them, and what the batch's own requests change.
/// </summary>
/// <param name="connection">The ledger.</param>
/// <param name="transaction">The transaction of the batch.</param>
/// <param name="partition">The part of the unit tree that the ledger has.</param>
/// <param name="catalogue">The catalogue in force.</param>
/// <param name="numbers">The indicators' numbers.</param>
/// <param name="cache">What is known of the rows before.</param>
/// <param name="last">The newest row before the batch.</param>
internal sealed class BatchRequests(
    DbConnection connection, DbTransaction transaction, Partition partition, Catalogue catalogue, IndicatorNumbers numbers,
    LedgerCache cache, long last)
{
    private readonly List<MonthStateChange> _changes = [];
    private readonly List<ReportReview> _reviews = [];
    private readonly RecordedStates _states = cache.LoadStates(
        last, sequence => LedgerStore.ReadLeafHash(connection, sequence, transaction),
        after => LedgerStore.ReadRequests(connection, after, transaction));

    /// <summary>The returned rows, whose figures do not count.</summary>
    public IReadOnlySet<long> Returned => _states.Reviews.Returned;

    /// <summary>The finding that the month of a submission takes it no more; null: it does.</summary>
    public Finding? FindClosing(Submission submission, DateTimeOffset now) =>
        WindowChecks.Find(submission, WindowOf(submission), _states.Months, now);

    /// <summary>The verdict on a request to close or to reopen a month.</summary>
    /// <param name="submission">The request.</param>
    /// <param name="now">The time of the batch.</param>
    /// <param name="changed">The figures that the batch has changed so far, by the units' codes.</param>
    /// <param name="elsewhere">The units of other partitions that have not reported; null: there are none.</param>
    /// <param name="reused">The finding that its id belongs to another message; null if it does not.</param>
    public Decision DecideMonth(
        Submission submission, DateTimeOffset now, Func<Period, IEnumerable<(string Unit, MonthFigures Figures)>> changed,
        IReadOnlyList<Unit>? elsewhere, Finding? reused) => MonthDecision.Decide(
            submission, WindowOf(submission), _states.Months, now,
            () => Merge(FindMissing(submission.Period!.Value, changed), elsewhere), reused);

    /// <summary>The verdict on a review.</summary>
    /// <param name="submission">The request.</param>
    /// <param name="now">The time of the batch.</param>
    /// <param name="month">The effective month of the unit.</param>
    /// <param name="added">The rows that the batch has added so far.</param>
    /// <param name="reused">The finding that its id belongs to another message; null if it does not.</param>
    public Decision DecideReview(
        Submission submission, DateTimeOffset now, EffectiveMonth month, IReadOnlyList<LedgerEntry> added, Finding? reused) =>
        ReviewDecider.Decide(submission, catalogue, _states.Months.WindowOf(WindowOf(submission))?.Locks,
            sequence => FindRow(sequence, added), month, _states.Reviews, now, reused);

    /// <summary>Takes over an accepted request, read as every later reader reads it.</summary>
    public void Add(LedgerEntry entry)
    {
        _states.Apply(entry);
        if (entry.ToMonthChange() is { } change)
        {
            _changes.Add(change);
        }
        else
        {
            _reviews.Add(entry.ToReview()!);
        }
    }

    /// <summary>The changes of months among rows of the batch; null: there are none.</summary>
    public IReadOnlyList<AcceptedMonthChange>? ChangesAmong(LedgerEntry[] rows) => AcceptedPackFactory.NullIfEmpty(
        [.. _changes.Where(change => IsAmong(change.Sequence, rows)).Select(AcceptedMonthFacts.Create)]);

    /// <summary>The reviews among rows of the batch; null: there are none.</summary>
    public IReadOnlyList<AcceptedReview>? ReviewsAmong(LedgerEntry[] rows) => AcceptedPackFactory.NullIfEmpty(
        [.. _reviews.Where(review => IsAmong(review.Sequence, rows)).Select(AcceptedReviewFacts.Create)]);

    private static bool IsAmong(long sequence, LedgerEntry[] rows) => sequence >= rows[0].Sequence && sequence <= rows[^1].Sequence;

    private CalendarWindow? WindowOf(Submission submission) => submission.Period is { } period ? catalogue.WindowOf(period) : null;

    private ReportedRow? FindRow(long sequence, IReadOnlyList<LedgerEntry> added)
    {
        var row = sequence > last
            ? added.FirstOrDefault(entry => entry.Sequence == sequence)
            : LedgerStore.ReadFrom(connection, sequence, sequence, transaction).SingleOrDefault();
        return row is null
            ? null
            : new(sequence, row.Unit, row.Period, row is { Verdict: StoredVerdicts.Accepted, IsRequest: false });
    }

    // In the order of the catalogue, whichever ledgers have the units.
    private static List<Unit> Merge(List<Unit> own, IReadOnlyList<Unit>? elsewhere) =>
        elsewhere is { Count: > 0 } others ? [.. own.Concat(others).OrderBy(unit => unit.Index)] : own;

    /// <summary>The units of the partition that have not reported everything due for a month.</summary>
    /// <param name="period">The month.</param>
    /// <param name="changed">The figures that the batch has changed so far, by the units' codes.</param>
    public List<Unit> FindMissing(Period period, Func<Period, IEnumerable<(string Unit, MonthFigures Figures)>> changed)
    {
        var reported = new Dictionary<string, MonthFigures>(StringComparer.Ordinal);
        foreach (var (unit, data) in LedgerStore.ReadEffectiveMonths(connection, transaction, period))
        {
            var month = cache.Pool.Rent();
            EffectiveMonthCodec.Decode(data, numbers, month);
            reported[unit] = new MonthFigures(month, Returned);
            cache.Pool.Return(month);
        }

        foreach (var (unit, figures) in changed(period))
        {
            reported[unit] = figures;
        }

        var missing = MissingReports.Find(catalogue, period, reported);
        return partition.IsWholeTree ? missing : missing.FindAll(unit => catalogue.Partitions.HomeOf(unit) == partition);
    }
}
