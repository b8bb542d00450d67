using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using XilinIngest.Aggregator.Cube;
using XilinIngest.Contracts;
using XilinIngest.Storage;

namespace XilinIngest.Aggregator.Publishing;

/// <summary>
/// Collects packs, steps the cube and publishes the results. A burst becomes one step: a thousand submissions make one new version of a
/// ranking, not a thousand. What a step does is in <see cref="AggregatorSteps"/>; this is its loop, with its pauses.
/// </summary>
internal sealed class AggregatorService(CubeLease lease, AggregatorSteps steps, AggregatorProgress progress) : BackgroundService
{
    private const int MaxQueuedPacks = 256;
    private static readonly TimeSpan IdleStepInterval = TimeSpan.FromSeconds(1);

    private readonly Channel<SubmissionsAccepted> _packs =
        Channel.CreateBounded<SubmissionsAccepted>(new BoundedChannelOptions(MaxQueuedPacks) { SingleReader = true });

    private readonly MemoryCompaction _compaction = new(TimeProvider.System);

    /// <inheritdoc cref="AggregatorSteps.Fault"/>
    public Exception? Fault => steps.Fault;

    /// <summary>Queues a pack for the next step; waits while the queue is full.</summary>
    public ValueTask EnqueueAsync(SubmissionsAccepted pack, CancellationToken cancellationToken) =>
        _packs.Writer.WriteAsync(pack, cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Loading may take seconds and must not block the thread that starts the host.
        await Task.Yield();
        await lease.AcquireAsync(stoppingToken);
        try
        {
            await steps.StartAsync(stoppingToken);
            await RunStepsAsync(stoppingToken);
        }
        finally
        {
            await CloseQueueAsync();

            // What the broker has confirmed is marked, so that the next start does not send it again. The lease may be another's by now:
            // then the mark is refused, and what is under way has a version that the readers know.
            if (steps.Sending is { IsCompletedSuccessfully: true })
            {
                await steps.CompletePublishingAsync();
            }
        }
    }

    // Packs that wait for their place would hold the closing up. The ledger has them.
    private async Task CloseQueueAsync()
    {
        var closing = steps.CloseQueueAsync();
        while (!closing.IsCompleted)
        {
            TakePacks();
            await Task.WhenAny(closing, Task.Delay(StepPause.Min, TimeProvider.System));
        }

        await closing;
    }

    private async Task RunStepsAsync(CancellationToken stoppingToken)
    {
        var pause = StepPause.Min;
        var untilRecovered = RetryPolicies.RetryUntilRecovered(steps.RecordFailure, exception => exception is LeaseLostException);
        while (!stoppingToken.IsCancellationRequested)
        {
            lease.WriteHeartbeat();
            var ready = WaitForPacksAsync(pause, stoppingToken);
            if (steps.Sending is { } sending && await Task.WhenAny(ready, sending) == sending)
            {
                await untilRecovered.ExecuteAsync(async _ => await steps.CompletePublishingAsync(), stoppingToken);
            }

            if (steps.Sending is null)
            {
                progress.Begin(AggregatorActivity.Waiting);
            }

            await ready;
            stoppingToken.ThrowIfCancellationRequested();
            var started = TimeProvider.System.GetTimestamp();
            var submissions = 0;
            await untilRecovered.ExecuteAsync(async token => submissions = await steps.StepAsync(TakePacks(), token), stoppingToken);
            _compaction.RunIfIdle(submissions);
            pause = StepPause.After(TimeProvider.System.GetElapsedTime(started), submissions);
        }
    }

    private async Task WaitForPacksAsync(TimeSpan pause, CancellationToken stoppingToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        timeout.CancelAfter(IdleStepInterval);
        try
        {
            await _packs.Reader.WaitToReadAsync(timeout.Token);
            await Task.Delay(pause, TimeProvider.System, stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // The idle interval has passed, or the service stops; the loop checks which.
        }
    }

    private List<SubmissionsAccepted> TakePacks()
    {
        var taken = new List<SubmissionsAccepted>();
        while (taken.Count < MaxQueuedPacks && _packs.Reader.TryRead(out var next))
        {
            taken.Add(next);
        }

        return taken;
    }
}
