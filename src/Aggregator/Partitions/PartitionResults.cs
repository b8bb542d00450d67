using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using XilinIngest.Aggregator.Cube;
using XilinIngest.Aggregator.Observability;
using XilinIngest.Aggregator.Publishing;
using XilinIngest.Aggregator.ReadModel;
using XilinIngest.Aggregator.RollUps;
using XilinIngest.CatalogueFiles;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Messaging;
using XilinIngest.Storage;

namespace XilinIngest.Aggregator.Partitions;

/// <summary>
/// The cube of one partition with all that its results need. Its host runs it: a background loop of this process, which holds the lease, or
/// an engine that places it, where the epoch in the store alone decides who writes.
/// </summary>
internal sealed class PartitionResults : IDisposable
{
    private readonly PartitionArrivals _arrivals = new();
    private readonly MemoryCompaction _compaction;
    private readonly Func<AggregatorSteps> _createSteps;
    private AggregatorSteps? _steps;
    private int _runs;

    public PartitionResults(
        Partition partition, Database database, bool isFollowed, PublishedModel model, CatalogueSource catalogues,
        MessagePublisher publisher, QueueOpener queues, ResultFeed feed, MemoryCompaction compaction, IMeterFactory meters,
        TimeProvider clock, ILoggerFactory loggers)
    {
        (Partition, _compaction) = (partition, compaction);
        Lease = new CubeLease(database, loggers.CreateLogger<CubeStore>());
        Store = new CubeStore(database);
        Host = new CubeHost(Store, catalogues, clock, loggers.CreateLogger<CubeHost>(), model, partition, isFollowed);
        Progress = new AggregatorProgress(Host, meters, TimeProvider.System, partition);
        AggregatorTelemetry.Observe(this, meters);
        _createSteps = () => new AggregatorSteps(
            Host, Store,
            new ResultPublisher(Store, publisher, catalogues, feed, Progress, loggers.CreateLogger<ResultPublisher>()),
            (queues, PartitionQueues.AllOf(partition)), Progress, TimeProvider.System, loggers.CreateLogger<AggregatorSteps>());
    }

    public Partition Partition { get; }

    /// <summary>The lease of a process that is no member of an engine.</summary>
    public CubeLease Lease { get; }

    public CubeStore Store { get; }

    public CubeHost Host { get; }

    public AggregatorProgress Progress { get; }

    /// <inheritdoc cref="AggregatorSteps.Fault"/>
    public Exception? Fault => Volatile.Read(ref _steps)?.Fault;

    /// <summary>Whether this process works on the cube: it runs, or may.</summary>
    public bool IsActive => Lease.IsHeld || IsRunning;

    /// <summary>Whether another process works on the cube, and this one reads what it stores.</summary>
    public bool IsFollowed { get; set; }

    /// <summary>Whether this process answers for the partition.</summary>
    public bool MayAnswer => IsActive || IsFollowed;

    /// <summary>Whether its loop runs here.</summary>
    public bool IsRunning => Volatile.Read(ref _runs) > 0;

    /// <summary>Queues a pack for the next step; waits while the queue is full.</summary>
    public ValueTask EnqueueAsync(SubmissionsAccepted pack, CancellationToken cancellationToken) =>
        _arrivals.AddAsync(pack, cancellationToken);

    /// <summary>Queues sums of another partition for the next step; waits while the queue is full.</summary>
    public ValueTask EnqueueAsync(RollUpBody body, CancellationToken cancellationToken) => _arrivals.AddAsync(body, cancellationToken);

    /// <summary>
    /// Takes the cube over, loads it, opens its queues and steps until it is cancelled or another process has taken it over. It may be
    /// called again after it has ended, not before.
    /// </summary>
    /// <exception cref="LeaseLostException">Another process has taken the cube over.</exception>
    public async Task RunAsync(CancellationToken stoppingToken)
    {
        if (Interlocked.Increment(ref _runs) > 1)
        {
            Interlocked.Decrement(ref _runs);
            throw new InvalidOperationException($"The cube of {Partition} runs already.");
        }

        try
        {
            // Loading may take seconds and must not block the thread that starts the host.
            await Task.Yield();
            var steps = _createSteps();
            Volatile.Write(ref _steps, steps);
            await new PartitionLoop(Lease, steps, Progress, _arrivals, _compaction).RunAsync(stoppingToken);
        }
        finally
        {
            Interlocked.Decrement(ref _runs);
        }
    }

    public void Dispose()
    {
        Host.Dispose();
        Lease.Dispose();
    }
}
