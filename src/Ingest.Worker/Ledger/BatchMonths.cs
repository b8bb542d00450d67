using System.Data.Common;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Storage;
using XilinIngest.Submissions;
using XilinIngest.Submissions.Accepted;
using XilinIngest.Submissions.Checking;
using XilinIngest.Submissions.Months;

namespace XilinIngest.Worker.Ledger;

/// <summary>The months as the rows before a batch have closed or reopened them, and what the batch's own rows change.</summary>
internal sealed class BatchMonths(
    DbConnection connection, DbTransaction transaction, Catalogue catalogue, IndicatorNumbers numbers, LedgerCache cache)
{
    private readonly List<MonthStateChange> _changes = [];
    private readonly MonthStates _months = cache.LoadMonths(() => LedgerStore.ReadMonthChanges(connection, transaction));

    /// <summary>The finding that the month of a submission takes it no more; null: it does.</summary>
    public Finding? FindClosing(Submission submission, DateTimeOffset now) =>
        WindowChecks.Find(submission, WindowOf(submission), _months, now);

    /// <summary>The verdict on a request to close or to reopen a month.</summary>
    /// <param name="submission">The request.</param>
    /// <param name="now">The time of the batch.</param>
    /// <param name="changed">The figures that the batch has changed so far, by the units' codes.</param>
    /// <param name="reused">The finding that its id belongs to another message; null if it does not.</param>
    public Decision Decide(
        Submission submission, DateTimeOffset now, Func<Period, IEnumerable<(string Unit, MonthFigures Figures)>> changed,
        Finding? reused) =>
        MonthDecision.Decide(submission, WindowOf(submission), _months, now, () => FindMissing(submission.Period!.Value, changed), reused);

    /// <summary>Takes over an accepted row, read as every later reader reads it.</summary>
    public void Add(LedgerEntry entry)
    {
        var change = entry.ToMonthChange()!;
        _changes.Add(change);
        _months.Apply(change);
    }

    /// <summary>The changes of months among rows of the batch; null: there are none.</summary>
    public IReadOnlyList<AcceptedMonthChange>? ChangesAmong(LedgerEntry[] rows) => AcceptedPackFactory.NullIfEmpty(
        [.. _changes.Where(change => change.Sequence >= rows[0].Sequence && change.Sequence <= rows[^1].Sequence)
            .Select(AcceptedMonthFacts.Create)]);

    private CalendarWindow? WindowOf(Submission submission) => submission.Period is { } period ? catalogue.WindowOf(period) : null;

    private List<Unit> FindMissing(Period period, Func<Period, IEnumerable<(string Unit, MonthFigures Figures)>> changed)
    {
        var reported = new Dictionary<string, MonthFigures>(StringComparer.Ordinal);
        foreach (var (unit, data) in LedgerStore.ReadEffectiveMonths(connection, transaction, period))
        {
            var month = cache.Pool.Rent();
            EffectiveMonthCodec.Decode(data, numbers, month);
            reported[unit] = new MonthFigures(month);
            cache.Pool.Return(month);
        }

        foreach (var (unit, figures) in changed(period))
        {
            reported[unit] = figures;
        }

        return MissingReports.Find(catalogue, period, reported);
    }
}
