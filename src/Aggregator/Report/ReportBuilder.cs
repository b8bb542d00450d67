using XilinIngest.Aggregator.ReadModel;
using XilinIngest.Contracts;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Report;

/// <summary>
/// Builds the report from published figures. Every text with a number comes from the catalogue and the published results.
/// </summary>
internal static class ReportBuilder
{
    private const int TopCount = 3;

    /// <summary>The report up to a month, or up to the last reported one; null: nothing is reported.</summary>
    public static AnnualReport? Build(PublishedSnapshot published, Unit unit, int year, int? month)
    {
        var horizon = published.HorizonOf(year);
        var last = month ?? horizon;
        if (last < 1 || last > horizon || !published.HasTotals(unit))
        {
            return null;
        }

        var period = new Period(year, last);
        var rows = Rows(published, unit, period);
        var top = rows.Zip(published.Catalogue.Indicators)
            .Where(pair => pair.Second.RankBy == RankBy.Growth && IsInTop(pair.First))
            .Select(pair => pair.Second)
            .ToList();
        var among = published.Catalogue.Units.ParentOf(unit, period)?.Kind;
        var due = rows.Zip(published.Catalogue.Indicators)
            .Where(pair => pair.First is not { YearToDate: null, Expected: 0 }
                || ReportRowBuilder.IsExempt(published, unit, pair.Second, period))
            .Select(pair => pair.First)
            .ToList();
        return new AnnualReport(
            unit.Code.Value, period.ToString(), ReportParagraph.Zh(due, top, among, period), ReportParagraph.En(due, top, among, period),
            rows, [.. top.Select(indicator => indicator.Code.Value)])
        {
            IsFinal = ReportParagraph.IsFinal(rows),
        };
    }

    /// <summary>A row for each indicator, in catalogue order.</summary>
    public static List<ReportRow> Rows(PublishedSnapshot published, Unit unit, Period period) =>
        [.. published.Catalogue.Indicators.Select(indicator => ReportRowBuilder.Build(published, unit, indicator, period))];

    /// <summary>Whether a row is in the top three. A provisional ranking does not count, nor does one with too few units.</summary>
    public static bool IsInTop(ReportRow row) =>
        row is { Rank: <= TopCount, Ranked: > TopCount, RankingState: not ResultState.Provisional };
}
