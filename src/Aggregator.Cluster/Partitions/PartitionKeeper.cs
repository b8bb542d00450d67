using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using XilinIngest.Aggregator.Cluster.Placement;

namespace XilinIngest.Aggregator.Cluster.Partitions;

/// <summary>
/// Keeps every partition running: each silo pings all of them every second, so that one whose silo has died starts elsewhere. A partition
/// that belongs to another silo, which has come meanwhile, is moved there, one at a time.
/// </summary>
internal sealed class PartitionKeeper(
    IGrainFactory grains, PartitionRunners runners, PartitionKeys keys, ISiloStatusOracle silos, IClusterManifestProvider manifests,
    ILogger<PartitionKeeper> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(5);

    // A silo that has just come may go at once; the results of a partition that moves stand still for a second.
    private static readonly TimeSpan SteadyTime = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan MoveInterval = TimeSpan.FromSeconds(2);

    private string _members = "";
    private long _membersSince;
    private long _movedAt;

    /// <summary>Ends the partitions of this silo while the bus still carries messages. Others start them.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Task.WhenAll(runners.All.Select(runner => runner.StopAsync(StopTimeout)));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // One that does not answer must not hold up the others.
        await Task.WhenAll(keys.All.Select(key => PingAsync(key, stoppingToken)).Append(MoveAsync(stoppingToken)));
    }

    private async Task PingAsync(string key, CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, TimeProvider.System);
        var isAnswering = true;
        do
        {
            try
            {
                await grains.GetGrain<IPartitionGrain>(key).PingAsync().WaitAsync(stoppingToken);
                isAnswering = true;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                if (isAnswering)
                {
                    logger.LogWarning("Partition {Partition} does not answer: {Reason} It is pinged again.", key, exception.Message);
                }

                isAnswering = false;
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task MoveAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, TimeProvider.System);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (FindMisplaced() is { } key)
            {
                _movedAt = TimeProvider.System.GetTimestamp();
                logger.LogInformation("Partition {Partition} moves to the silo that it belongs to.", key);
                await grains.GetGrain<IPartitionGrain>(key).LeaveAsync().WaitAsync(StopTimeout, TimeProvider.System, stoppingToken)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private string? FindMisplaced()
    {
        // As the engine's placement sees them: those that have told what they can run.
        var known = manifests.Current.Silos;
        var active = silos.GetActiveSilos().Where(known.ContainsKey).Select(SiloNames.Of).Order(StringComparer.Ordinal).ToList();
        var members = string.Join(' ', active);
        if (members != _members)
        {
            (_members, _membersSince) = (members, TimeProvider.System.GetTimestamp());
        }

        var clock = TimeProvider.System;
        if (active.Count == 0 || clock.GetElapsedTime(_membersSince) < SteadyTime || clock.GetElapsedTime(_movedAt) < MoveInterval)
        {
            return null;
        }

        var (assigned, own) = (PartitionPlacement.Assign(keys.All, active), SiloNames.Of(silos.SiloAddress));
        return keys.All.FirstOrDefault(key => assigned[key] != own && runners.Find(PartitionKeys.PathOf(key)).IsRunning);
    }
}
