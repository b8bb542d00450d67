using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Submissions.Timeliness;

/// <summary>A unit's report of a month as its accepted submissions arrive: what has a figure, and since when it is complete.</summary>
/// <param name="due">The indicators due of the unit in the month.</param>
public sealed class MonthReport(IReadOnlyList<Indicator> due)
{
    private readonly EffectiveMonth _figures = new();

    /// <summary>When the report was complete for the first time; null: it never was. A later revision does not make it late.</summary>
    public DateTimeOffset? CompletedAt { get; private set; }

    /// <summary>Whether every indicator due has a figure now: a figure that was taken back is missing again.</summary>
    public bool IsComplete => due.All(indicator => _figures[indicator.Code].HasValue);

    /// <summary>Applies the next accepted submission, in the ledger's order.</summary>
    /// <param name="submission">The submission.</param>
    /// <param name="source">Its place in the order of revisions.</param>
    /// <param name="receivedAt">When the service received it.</param>
    public void Apply(Submission submission, Provenance source, DateTimeOffset receivedAt)
    {
        foreach (var value in submission.Values)
        {
            _figures.Apply(value.Indicator.Code, value.Figures, value.StoredFields, source);
        }

        CompletedAt ??= IsComplete ? receivedAt : null;
    }

    /// <summary>Whether the report was on time.</summary>
    /// <param name="deadline">The end of the time for reporting, which still belongs to it; null: the month is not in the calendar.</param>
    /// <param name="now">The present time.</param>
    public ReportTiming Judge(DateTimeOffset? deadline, DateTimeOffset now) => deadline switch
    {
        null => ReportTiming.NotDue,
        _ when due.Count == 0 => ReportTiming.NotDue,
        { } end when IsComplete => CompletedAt <= end ? ReportTiming.OnTime : ReportTiming.Late,
        { } end => now > end ? ReportTiming.Missing : ReportTiming.Open,
    };
}
