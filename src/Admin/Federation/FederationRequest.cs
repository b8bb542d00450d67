using XilinIngest.Indicators;

namespace XilinIngest.Admin.Federation;

/// <summary>What a run does.</summary>
/// <param name="Source">The name of the lower installation in the submissions.</param>
/// <param name="Unit">The unit, by its code in both catalogues.</param>
/// <param name="Periods">The first and the last month; null: from January of last year on.</param>
/// <param name="TakesProvisional">Whether totals are reported while reports below are missing.</param>
/// <param name="IsDryRun">Whether it only says what would be sent.</param>
/// <param name="Reason">Why closed months are corrected; null: the rows that changed the totals are named.</param>
/// <param name="Explanation">The answer to the questions that the upper installation asks; null: such a month is not sent.</param>
internal sealed record FederationRequest(
    string Source, string Unit, (Period First, Period Last)? Periods, bool TakesProvisional, bool IsDryRun, string? Reason,
    string? Explanation)
{
    public IEnumerable<Period> MonthsAt(DateTimeOffset now)
    {
        var present = Period.Containing(now);
        var (first, last) = Periods ?? (new Period(present.Year - 1, 1), present);
        for (var month = first; month <= last; month = month.AddMonths(1))
        {
            yield return month;
        }
    }
}
