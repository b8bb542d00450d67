using XilinIngest.Aggregator.Completeness;
using XilinIngest.Aggregator.Partitions;
using XilinIngest.Aggregator.Publishing;
using XilinIngest.Indicators;
using XilinIngest.Notifier.Reminders;

namespace XilinIngest.Standalone;

/// <summary>Who has reported a month, from the cube in the same process.</summary>
internal sealed class CubeMonthCompleteness(ResultPartitions partitions) : IMonthCompleteness
{
    public Task<MonthCompleteness?> ReadAsync(string unit, string period, CancellationToken cancellationToken) =>
        Task.Run(() => Read(unit, period), cancellationToken);

    private MonthCompleteness? Read(string unit, string period)
    {
        if (partitions.MayLackRows)
        {
            throw CompletenessUnknownException.MayLackReports;
        }

        try
        {
            return partitions.HomeOf(unit).Host.Read((cube, now) => cube.Catalogue.Units.TryFind(unit, out var found) && Period.TryParse(period, out var month)
                ? CompletenessQuery.ForMonth(cube, found, month, now) : null);
        }
        catch (CubeBusyException)
        {
            throw new CompletenessUnknownException("The results are busy.");
        }
    }
}
