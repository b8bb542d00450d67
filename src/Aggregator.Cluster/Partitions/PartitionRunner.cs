using Microsoft.Extensions.Logging;
using XilinIngest.Aggregator.Cube;
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
    private (long Epoch, long Through, long Published, object? Catalogue)? _loaded;

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

    /// <summary>Loads what another silo has stored since the last time. Does nothing where the partition runs here.</summary>
    /// <param name="catalogue">The current catalogue.</param>
    /// <param name="cancellationToken">Ends the wait for a run that ends.</param>
    /// <returns>Whether there was anything to load.</returns>
    public async Task<bool> FollowAsync(object catalogue, CancellationToken cancellationToken)
    {
        if (IsRunning || ReadPosition(catalogue) is var position && position == _loaded)
        {
            return false;
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (IsRunning)
            {
                return false;
            }

            partition.Host.Follow();
            (_loaded, partition.IsFollowed) = (position, true);
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

    private (long, long, long, object?) ReadPosition(object catalogue)
    {
        using var connection = partition.Store.OpenInteractive();
        var position = CubeStore.ReadPosition(connection);
        return (position.Epoch, position.AppliedThrough, position.PublishedThrough, catalogue);
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
            _loaded = null;
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
