using XilinIngest.Indicators;

namespace XilinIngest.Submissions.Checking;

/// <summary>The reports before and after a month, of a kind that keeps its latest value over months without a report.</summary>
internal static class NeighbouringReports
{
    // The length of the history that is loaded for a submission.
    private const int Months = 12;

    /// <summary>The nearest report; without figures if there is no report within a year, or if the kind keeps no value.</summary>
    /// <param name="indicator">The indicator.</param>
    /// <param name="period">The month.</param>
    /// <param name="step">−1: before the month; 1: after it.</param>
    /// <param name="history">The effective months of the unit.</param>
    public static Figures Find(Indicator indicator, Period period, int step, IReadOnlyDictionary<Period, MonthFigures> history)
    {
        for (var distance = 1; indicator.Kind.KeepsLatest && distance <= Months; distance++)
        {
            if (history.TryGetValue(period.AddMonths(step * distance), out var month)
                && month[indicator.Code] is { Value: not null } found)
            {
                return found;
            }
        }

        return default;
    }
}
