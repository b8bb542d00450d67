using XilinIngest.Aggregator.Api;
using XilinIngest.Hosting.Access;
using XilinIngest.Indicators;
using XilinIngest.Submissions.Accepted;

namespace XilinIngest.Aggregator.Lineage;

/// <summary>The returns of reports that a number lacks figures by.</summary>
internal static class ReturnedReports
{
    /// <summary>
    /// The returns that count of a unit's reports, in the months that the number would be made of if they had not been returned.
    /// </summary>
    public static IEnumerable<ReportReview> In(Cube.IndicatorCube cube, Unit reporter, Indicator indicator, Period period)
    {
        if (cube.FiguresOf(reporter, period.Year)?.Returned is null && cube.FiguresOf(reporter, period.Year - 1)?.Returned is null)
        {
            return [];
        }

        var months = new ReportedMonths(
            indicator, reporter, period, StoredFigures(cube, reporter, indicator, period.Year),
            StoredFigures(cube, reporter, indicator, period.Year - 1));
        return indicator.Kind.SourceMonthsOf(months).Concat(indicator.Kind.BaseMonthsOf(months))
            .SelectMany(month => RowsOf(cube, reporter, indicator, month))
            .Where(cube.Reviews.Returned.Contains).Distinct().Select(row => cube.Reviews.NewestOf(row)!);
    }

    /// <summary>The review as a caller may read it.</summary>
    public static CausingReview Describe(ReportReview review, Catalogue catalogue, Caller caller)
    {
        var isDetailed = catalogue.Units.TryFind(review.Unit, out var unit)
            && ResultVisibility.MaySeeReviewsOf(caller, catalogue, unit, review.Period);
        var accepted = AcceptedReviewFacts.Create(review);
        return new(review.Sequence, review.Row, accepted.Unit, accepted.Period, accepted.Decision, review.At,
            isDetailed ? review.By : null, isDetailed ? review.Reason : null);
    }

    private static IEnumerable<long> RowsOf(Cube.IndicatorCube cube, Unit reporter, Indicator indicator, Period month) =>
        cube.FiguresOf(reporter, month.Year)?.ProvenanceOf(indicator.Order, month.Month).All.Select(set => set.Provenance.Sequence) ?? [];

    // With the figures of returned rows.
    private static Figures[] StoredFigures(Cube.IndicatorCube cube, Unit reporter, Indicator indicator, int year) =>
        cube.FiguresOf(reporter, year) is { } reported
            ? [.. Enumerable.Range(1, 12).Select(month => reported.StoredValue(indicator, month).Counted())] : new Figures[12];
}
