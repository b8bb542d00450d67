using XilinIngest.Aggregator.Completeness;
using XilinIngest.Aggregator.Publishing;
using XilinIngest.Indicators;
using XilinIngest.Notifier.Reminders;

namespace XilinIngest.Standalone;

/// <summary>Who has reported a month, from the cube in the same process.</summary>
internal sealed class CubeMonthCompleteness(CubeHost host) : IMonthCompleteness
{
    public Task<MonthCompleteness?> ReadAsync(string unit, string period, CancellationToken cancellationToken) =>
        Task.Run(() => Read(unit, period), cancellationToken);

    private MonthCompleteness? Read(string unit, string period)
    {
        // Rows of the ledger that the cube lacks may be the report that is said to be missing. Those on their way do not count: where
        // submissions never cease, no one would be reminded.
        if (!host.IsLoaded || host.LedgerProgress is { IsInDoubt: true } or { Gap: not null })
        {
            throw new CompletenessUnknownException("The results do not have every submission yet.");
        }

        try
        {
            return host.Read((cube, now) => cube.Catalogue.Units.TryFind(unit, out var found) && Period.TryParse(period, out var month)
                ? CompletenessQuery.ForMonth(cube, found, month, now) : null);
        }
        catch (CubeBusyException)
        {
            throw new CompletenessUnknownException("The results are busy.");
        }
    }
}
