using XilinIngest.Hosting.Access;
using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Completeness;

/// <summary>Builds the list of the reports of a month that are reviewed, with their states.</summary>
internal static class ReviewsQuery
{
    /// <param name="cube">The cube.</param>
    /// <param name="unit">The unit at and below which the reports are.</param>
    /// <param name="period">The month.</param>
    /// <param name="caller">The caller: who reviewed and why is for those who report, review or read all.</param>
    /// <param name="now">The time.</param>
    public static MonthReviews ForMonth(Cube.IndicatorCube cube, Unit unit, Period period, Caller caller, DateTimeOffset now)
    {
        var tree = cube.Catalogue.Units;
        var reports = new List<ReviewedReport>();
        foreach (var reporter in tree.All.Where(each => each.SpanIn(period) is not null
            && (each == unit || tree.AncestorsOf(each, period).Contains(unit))))
        {
            if (cube.Catalogue.ReviewerOf(reporter, period) is { } reviewer && RowsOf(cube, reporter, period) is { Count: > 0 } rows)
            {
                var isDetailed = Api.ResultVisibility.MaySeeReviewsOf(caller, cube.Catalogue, reporter, period);
                reports.Add(Describe(cube, reporter, period, reviewer, rows, isDetailed));
            }
        }

        var counts = CompletenessQuery.ForMonth(cube, unit, period, now);
        return new(unit.Code.Value, period.ToString(), counts.Approved, counts.ToApprove, reports);
    }

    /// <summary>The report of one unit and month; null: it is not reviewed, or has nothing.</summary>
    public static ReviewedReport? ForReport(Cube.IndicatorCube cube, Unit unit, Period period) =>
        cube.Catalogue.ReviewerOf(unit, period) is { } reviewer && RowsOf(cube, unit, period) is { Count: > 0 } rows
            ? Describe(cube, unit, period, reviewer, rows, isDetailed: true) : null;

    /// <summary>The rows that hold a figure of a unit and month, or took one back; oldest first.</summary>
    public static IReadOnlyList<long> RowsOf(Cube.IndicatorCube cube, Unit unit, Period period) =>
        [.. ProvenancesOf(cube, unit, period).Select(source => source.Sequence).Distinct().Order()];

    private static IEnumerable<Provenance> ProvenancesOf(Cube.IndicatorCube cube, Unit unit, Period period) =>
        cube.FiguresOf(unit, period.Year) is { } year
            ? cube.Catalogue.Indicators.SelectMany(indicator => year.ProvenanceOf(indicator.Order, period.Month).All)
                .Select(set => set.Provenance)
            : [];

    private static ReviewedReport Describe(
        Cube.IndicatorCube cube, Unit unit, Period period, Unit reviewer, IReadOnlyList<long> rows, bool isDetailed)
    {
        var revisions = ProvenancesOf(cube, unit, period).DistinctBy(source => source.Sequence)
            .ToDictionary(source => source.Sequence, source => source.Key.Revision);
        List<ReviewedRow> described = [.. rows.Select(row => Describe(cube.Reviews.NewestOf(row), row, revisions[row], isDetailed))];
        var state = described.Exists(row => row.State == ReviewStateName.Returned) ? ReviewStateName.Returned
            : described.Exists(row => row.State == ReviewStateName.Waiting) ? ReviewStateName.Waiting : ReviewStateName.Approved;
        return new(unit.Code.Value, unit.NameZh, unit.NameEn, reviewer.Code.Value, state, described);
    }

    private static ReviewedRow Describe(ReportReview? review, long row, int revision, bool isDetailed) => new(
        row, revision,
        review switch
        {
            null => ReviewStateName.Waiting,
            { Action: ReviewAction.Approve } => ReviewStateName.Approved,
            _ => ReviewStateName.Returned,
        },
        review is null || !isDetailed ? null : new(review.Sequence, review.At, review.By, review.Reason));
}
