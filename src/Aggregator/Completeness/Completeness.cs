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
        var units = new List<string>();
        foreach (var reporter in cube.Catalogue.Units.All.Where(u => u.SpanIn(period) is not null
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
            if (absent.Count == 0)
            {
                reported++;
            }
            else
            {
                missing.Add(new MissingReport(reporter.Code.Value, reporter.NameZh, reporter.NameEn, late, absent));
            }
        }

        return new MonthCompleteness(unit.Code.Value, period.ToString(), window?.Deadline, reported, expected, missing, units);
    }
}
