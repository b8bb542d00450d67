using Microsoft.Extensions.Logging;
using XilinIngest.Aggregator.Partitions;
using XilinIngest.Aggregator.Publishing;
using XilinIngest.Storage;

namespace XilinIngest.Aggregator.Cluster.Partitions;

/// <summary>
/// A partition in this process: it runs here, or its results are followed in its cube's database. One run or load comes after the other.
/// </summary>
internal sealed class PartitionRunner(PartitionResults partition, ResultFeed feed, ILogger<PartitionRunner> logger) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly CancellationTokenSource _stopping = new();
    private Task _run = Task.CompletedTask;

    public string Path => partition.Partition.Path;

    /// <summary>Whether its loop runs here.</summary>
    public bool IsRunning => !_run.IsCompleted;

    /// <summary>Runs the partition until it is cancelled, fails, or another silo has taken it over. Never fails itself.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => _run = Task.Run(() => RunOnceAsync(cancellationToken), cancellationToken);

    /// <summary>Ends the run, before the bus is stopped. There is no other one.</summary>
    public async Task StopAsync(TimeSpan timeout)
    {
        await _stopping.CancelAsync();
        await _run.WaitAsync(timeout, TimeProvider.System).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Reads what another silo has stored since the last time. Does nothing where the partition runs here.</summary>
    /// <returns>Whether there was anything.</returns>
    public async Task<bool> FollowAsync(CancellationToken cancellationToken)
    {
        if (IsRunning)
        {
            return false;
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (IsRunning || !partition.Host.Follow())
            {
                return false;
            }

            partition.IsFollowed = true;
            feed.Notify();
            return true;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose()
    {
        _turn.Dispose();
        _stopping.Dispose();
    }

    private async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stopping.Token);
        try
        {
            await _turn.WaitAsync(ending.Token);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        try
        {
            logger.LogInformation("Partition {Partition} starts here.", Name);
            await partition.RunAsync(ending.Token);
            logger.LogInformation("Partition {Partition} ends here.", Name);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            logger.LogInformation("Partition {Partition} ends here.", Name);
        }
        catch (LeaseLostException)
        {
            logger.LogWarning("Partition {Partition} was taken over by another silo.", Name);
        }
        catch (Exception exception)
        {
            logger.LogError(exception, "Partition {Partition} failed and is started again.", Name);
        }
        finally
        {
            _turn.Release();
        }
    }

    private string Name => Path.Length == 0 ? "(whole tree)" : Path;
}

/// <summary>The partitions in this process.</summary>
internal sealed class PartitionRunners(IEnumerable<PartitionRunner> all) : IDisposable
{
    private readonly Dictionary<string, PartitionRunner> _byPath = all.ToDictionary(each => each.Path, StringComparer.Ordinal);

    public IReadOnlyCollection<PartitionRunner> All => _byPath.Values;

    public PartitionRunner Find(string path) => _byPath[path];

    public void Dispose()
    {
        foreach (var each in All)
        {
            each.Dispose();
        }
    }
}
