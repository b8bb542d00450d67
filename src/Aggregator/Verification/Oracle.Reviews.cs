using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Verification;

/// <summary>Which figures are approved, by the reviews alone.</summary>
internal sealed partial class Oracle
{
    // n and m of "n of m approved", over the units from which the indicator is due and whose reports are reviewed.
    private (int Approved, int ToApprove)? ApprovalsOf(Unit node, Indicator indicator, Period period, List<WorksheetLine> lines)
    {
        var all = _toApprove.GetValueOrDefault(new(node, indicator, period));
        return all == 0
            ? null
            : (lines.Count(line => line is { IsClosed: false, IsComplete: true } && WorksheetLine.IsDue(line.Unit, indicator, period)
                && IsReviewed(line.Unit, period) && IsApproved(line.Unit, indicator, period)), all);
    }

    private IReadOnlyList<Unit> UnapprovedUnits(Period period) => [.. _catalogue.Units.All.Where(unit => unit.SpanIn(period) is not null
        && IsReviewed(unit, period) && !_catalogue.Indicators.All(indicator => IsApproved(unit, indicator, period)))];

    private bool IsReviewed(Unit unit, Period period) => _catalogue.ReviewerOf(unit, period) is not null;

    // Every row that set or took back a figure of the year up to the month, where that month is reviewed.
    private bool IsApproved(Unit unit, Indicator indicator, Period period) => Enumerable.Range(1, period.Month)
        .Select(month => new Period(period.Year, month))
        .Where(month => IsReviewed(unit, month))
        .SelectMany(month => _values.RowsOf(unit, indicator, month))
        .All(_approved.Contains);
}
