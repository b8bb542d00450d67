using Microsoft.Extensions.Hosting;
using XilinIngest.Aggregator.Partitions;

namespace XilinIngest.Aggregator.Publishing;

/// <summary>
/// Runs the cubes of all partitions in this process. It waits for the lease of each, one after the other, so that of two processes that
/// start at once one gets all. Where one cube ends by a fault, all end, and so does the process.
/// </summary>
internal sealed class AggregatorService(ResultPartitions partitions) : BackgroundService
{
    /// <summary>The newest failure of a step, shown in health; null once a step of each partition succeeded again.</summary>
    public Exception? Fault => partitions.All.Select(each => each.Fault).FirstOrDefault(fault => fault is not null);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        var (running, acquired) = (new List<Task>(), Task.CompletedTask);
        foreach (var each in partitions.All)
        {
            acquired = AcquireAfterAsync(acquired, each, ends.Token);
            running.Add(RunAsync(acquired, each, ends.Token));
        }

        var first = await Task.WhenAny(running);
        await ends.CancelAsync();
        await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await first;
    }

    private static async Task AcquireAfterAsync(Task before, PartitionResults partition, CancellationToken stoppingToken)
    {
        await before;
        await partition.Lease.AcquireAsync(stoppingToken);
    }

    private static async Task RunAsync(Task acquired, PartitionResults partition, CancellationToken stoppingToken)
    {
        await acquired;
        await partition.RunAsync(stoppingToken);
    }
}
