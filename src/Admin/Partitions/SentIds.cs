using XilinIngest.Indicators;
using XilinIngest.Submissions.Reading;
using XilinIngest.Worker.Ledger;

namespace XilinIngest.Admin.Partitions;

/// <summary>
/// The ids under which rows were sent that have another one, because a row of the same ledger had theirs. In a new ledger the id may be
/// free; the row then has it, so that the same message is found when it is sent again.
/// </summary>
internal sealed class SentIds
{
    private readonly Dictionary<(int Source, long Sequence), Guid> _ids = [];

    private SentIds()
    {
    }

    /// <summary>Reads all rows of the present ledgers.</summary>
    public static SentIds Find(IReadOnlyList<LedgerStore> sources, Catalogue catalogue)
    {
        var (found, reports) = (new SentIds(), new Dictionary<(int Source, long Sequence), ReportOrder>());
        foreach (var (source, row) in ReadAll(sources))
        {
            if (row.SubmissionId == SubmissionIds.OfContent(row.Body.Span) && Read(row, catalogue) is var submission
                && submission.Id != Guid.Empty && submission.Id != row.SubmissionId)
            {
                found._ids[(source, row.Sequence)] = submission.Id;
                if (IsOrdered(row))
                {
                    reports[(source, row.Sequence)] = ReportOrder.Of(row, submission.SubmittedAt);
                }
            }
        }

        found.ForgetTied(sources, catalogue, reports);
        return found;
    }

    /// <summary>The id under which a row was sent; null: it has that id.</summary>
    public Guid? Of(int source, LedgerEntry row) => _ids.TryGetValue((source, row.Sequence), out var id) ? id : null;

    // Of two reports with the same revision and time the greater id wins, so these keep the ids that decided.
    private void ForgetTied(
        IReadOnlyList<LedgerStore> sources, Catalogue catalogue, Dictionary<(int Source, long Sequence), ReportOrder> reports)
    {
        if (reports.Count == 0)
        {
            return;
        }

        var months = reports.Values.Select(order => order with { SubmittedAt = default }).ToHashSet();
        var tied = ReadAll(sources).Where(each => IsOrdered(each.Row) && months.Contains(ReportOrder.Of(each.Row, default)))
            .Select(each => ReportOrder.Of(each.Row, Read(each.Row, catalogue).SubmittedAt))
            .GroupBy(order => order).Where(same => same.Count() > 1).Select(same => same.Key).ToHashSet();
        foreach (var (row, _) in reports.Where(report => tied.Contains(report.Value)))
        {
            _ids.Remove(row);
        }
    }

    private static bool IsOrdered(LedgerEntry row) => row.Verdict != StoredVerdicts.Refused && row.Revision > 0;

    private static Submissions.Submission Read(LedgerEntry row, Catalogue catalogue) => SubmissionReader.Read(row.Body, catalogue).All[0];

    private static IEnumerable<(int Source, LedgerEntry Row)> ReadAll(IReadOnlyList<LedgerStore> sources)
    {
        foreach (var (source, store) in sources.Index())
        {
            using var connection = store.Open();
            foreach (var row in LedgerStore.ReadFrom(connection, 1, long.MaxValue))
            {
                yield return (source, row);
            }
        }
    }

    private sealed record ReportOrder(string Unit, string Period, int Revision, DateTimeOffset? SubmittedAt)
    {
        public static ReportOrder Of(LedgerEntry row, DateTimeOffset? submittedAt) => new(row.Unit, row.Period, row.Revision, submittedAt);
    }
}
