using XilinIngest.Indicators;

namespace XilinIngest.Submissions.Months;

/// <summary>Finds the units that have not reported a month, as the list of the missing (催报) counts them.</summary>
public static class MissingReports
{
    /// <param name="catalogue">Says what is due from whom.</param>
    /// <param name="period">The month.</param>
    /// <param name="reported">The effective figures of the month by the units' codes.</param>
    /// <returns>The units, in catalogue order.</returns>
    public static List<Unit> Find(Catalogue catalogue, Period period, IReadOnlyDictionary<string, MonthFigures> reported) =>
        [.. catalogue.Units.All.Where(unit => unit.SpanIn(period) is not null && catalogue.Indicators.Any(indicator =>
            Contribution.IsDue(indicator, unit, period)
            && !(reported.TryGetValue(unit.Code.Value, out var figures) && figures[indicator.Code].HasValue)))];
}
