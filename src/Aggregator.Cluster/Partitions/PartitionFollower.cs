using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace XilinIngest.Aggregator.Cluster.Partitions;

/// <summary>Follows the results of the partitions that run on other silos, so that this one answers for all.</summary>
internal sealed class PartitionFollower(PartitionRunners runners, ILogger<PartitionFollower> logger) : BackgroundService
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    // The first time the whole cube is read. Following takes at most a fifth of a processor for each partition.
    private const int PausesPerRead = 4;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(runners.All.Select(runner => Task.Run(() => FollowAsync(runner, stoppingToken), stoppingToken)));

    private async Task FollowAsync(PartitionRunner runner, CancellationToken stoppingToken)
    {
        var isReachable = true;
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = PollInterval;
            try
            {
                var started = TimeProvider.System.GetTimestamp();
                if (await runner.FollowAsync(stoppingToken))
                {
                    var rest = TimeProvider.System.GetElapsedTime(started) * PausesPerRead;
                    pause = rest > pause ? rest : pause;
                }

                isReachable = true;
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                if (isReachable)
                {
                    logger.LogWarning("The results of partition {Partition} cannot be followed: {Reason} It is tried again.", runner.Path,
                        exception.Message);
                }

                (isReachable, pause) = (false, RetryDelay);
            }

            await Task.Delay(pause, TimeProvider.System, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
