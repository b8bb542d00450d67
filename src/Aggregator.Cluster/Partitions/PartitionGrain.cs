using XilinIngest.Aggregator.Cluster.Placement;

namespace XilinIngest.Aggregator.Cluster.Partitions;

/// <summary>Runs the loop of a partition while it is active. It computes nothing itself, so a long step holds up no call.</summary>
[RendezvousPlacement]
internal sealed class PartitionGrain(PartitionRunners runners) : Grain, IPartitionGrain, IDisposable
{
    // A step that hangs must not hold up the end of the silo; the epoch keeps it from writing.
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(3);

    private readonly CancellationTokenSource _ending = new();
    private Task _run = Task.CompletedTask;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _run = runners.Find(PartitionKeys.PathOf(this.GetPrimaryKeyString())).RunAsync(_ending.Token);
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _ending.CancelAsync();
        await _run.WaitAsync(StopTimeout, TimeProvider.System, CancellationToken.None)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    public Task PingAsync()
    {
        // Another silo has taken the partition over, or the loop failed: the next ping starts it again where it belongs.
        if (_run.IsCompleted)
        {
            DeactivateOnIdle();
        }

        return Task.CompletedTask;
    }

    public Task LeaveAsync()
    {
        // The next caller would start it again here, if its silo remembers where the partition was; this takes callers along.
        MigrateOnIdle();
        return Task.CompletedTask;
    }

    public void Dispose() => _ending.Dispose();
}
