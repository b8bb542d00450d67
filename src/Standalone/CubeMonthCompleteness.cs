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
            return Period.TryParse(period, out var month) ? partitions.Completeness(unit, month) : null;
        }
        catch (CubeBusyException)
        {
            throw new CompletenessUnknownException("The results are busy.");
        }
    }
}
