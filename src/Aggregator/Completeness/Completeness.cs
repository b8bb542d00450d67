using XilinIngest.Indicators;

namespace XilinIngest.Aggregator.Completeness;

internal static class CompletenessQuery
{
    public static MonthCompleteness ForMonth(Cube.IndicatorCube cube, Unit unit, Period period, DateTimeOffset now)
    {
        var window = cube.Catalogue.WindowOf(period);
        var late = window is not null && now > window.Deadline;
        var (reported, expected) = (0, 0);
        var missing = new List<MissingReport>();
        var (units, returned) = (new List<string>(), new List<string>());
        var (approved, toApprove) = (0, 0);
        foreach (var reporter in cube.Catalogue.Units.All.Where(u => u.SpanIn(period) is not null && cube.HasReportsOf(u)
            && (u == unit || cube.Catalogue.Units.AncestorsOf(u, period).Contains(unit))))
        {
            var due = cube.Catalogue.Indicators.Where(indicator => Contribution.IsDue(indicator, reporter, period)).ToList();
            if (due.Count == 0)
            {
                continue;
            }

            expected++;
            units.Add(reporter.Code.Value);
            var months = cube.FiguresOf(reporter, period.Year);
            var absent = due.Where(indicator => months?.FiguresOf(indicator.Order, period.Month).HasValue != true)
                .Select(indicator => indicator.Code.Value).ToList();
            var isReviewed = cube.Catalogue.ReviewerOf(reporter, period) is not null;
            toApprove += isReviewed ? 1 : 0;
            if (absent.Count == 0)
            {
                reported++;
                approved += isReviewed && ReviewsQuery.RowsOf(cube, reporter, period).All(cube.Reviews.IsApproved) ? 1 : 0;
            }
            else
            {
                missing.Add(new MissingReport(reporter.Code.Value, reporter.NameZh, reporter.NameEn, late, absent));
                if (ReviewsQuery.RowsOf(cube, reporter, period).Any(cube.Reviews.Returned.Contains))
                {
                    returned.Add(reporter.Code.Value);
                }
            }
        }

        return new MonthCompleteness(unit.Code.Value, period.ToString(), window?.Deadline, reported, expected, missing, units)
        {
            Approved = approved,
            ToApprove = toApprove,
            Returned = returned,
            State = window is null ? null : MonthsQuery.StateOf(cube.Months, window, now),
        };
    }
}
