using XilinIngest.Indicators;

namespace XilinIngest.Admin.Federation;

/// <summary>What a run does.</summary>
/// <param name="Source">The name of the lower installation in the submissions.</param>
/// <param name="Unit">The unit, by its code in both catalogues.</param>
/// <param name="First">The first month.</param>
/// <param name="Last">The last month.</param>
/// <param name="TakesProvisional">Whether totals are reported while reports below are missing.</param>
/// <param name="IsDryRun">Whether it only says what would be sent.</param>
/// <param name="Reason">Why closed months are corrected; null: the rows that changed the totals are named.</param>
/// <param name="Explanation">The answer to the questions that the upper installation asks; null: such a month is not sent.</param>
internal sealed record FederationRequest(
    string Source, string Unit, Period First, Period Last, bool TakesProvisional, bool IsDryRun, string? Reason, string? Explanation)
{
    public IEnumerable<Period> Months
    {
        get
        {
            for (var month = First; month <= Last; month = month.AddMonths(1))
            {
                yield return month;
            }
        }
    }
}
