using XilinIngest.Aggregator.Partitions;
using XilinIngest.Notifier.Events;

namespace XilinIngest.Standalone;

/// <summary>The published alerts, from the cube's database in the same process.</summary>
internal sealed class CubeAlertHistory(ResultPartitions partitions) : IAlertHistory
{
    public Task<IReadOnlyList<PublishedAlert>> ReadFromAsync(long publication, int limit, CancellationToken cancellationToken) =>
        Task.Run<IReadOnlyList<PublishedAlert>>(
            () => [.. partitions.ReadAlertEventsFrom(publication, limit).Select(row => new PublishedAlert(row.Id, row.Json))],
            cancellationToken);
}
