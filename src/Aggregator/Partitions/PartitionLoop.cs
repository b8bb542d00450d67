using XilinIngest.Aggregator.Cube;
using XilinIngest.Aggregator.Observability;
using XilinIngest.Aggregator.Publishing;
using XilinIngest.Storage;

namespace XilinIngest.Aggregator.Partitions;

/// <summary>
/// Collects packs, steps the cube and publishes the results. A burst becomes one step: a thousand submissions make one new version of a
/// ranking, not a thousand. What a step does is in <see cref="AggregatorSteps"/>; this is its loop, with its pauses.
/// </summary>
internal sealed class PartitionLoop(
    CubeLease lease, AggregatorSteps steps, AggregatorProgress progress, PartitionArrivals arrivals,
    MemoryCompaction compaction)
{
    // A message of sums takes a step about as long as so many submissions.
    private const int SubmissionsPerRollUp = 25;

    private int _rollUps;

    public async Task RunAsync(CancellationToken stoppingToken)
    {
        try
        {
            await steps.StartAsync(stoppingToken);
            await RunStepsAsync(stoppingToken);
        }
        finally
        {
            await CloseQueuesAsync();

            // What the broker has confirmed is marked, so that the next start does not send it again. The lease may be another's by now:
            // then the mark is refused, and what is under way has a version that the readers know.
            if (steps.Sending is { IsCompletedSuccessfully: true })
            {
                await steps.CompletePublishingAsync();
            }
        }
    }

    // What waits for its place would hold the closing up. The ledger has it, and other partitions send it again.
    private async Task CloseQueuesAsync()
    {
        var closing = steps.CloseQueuesAsync();
        while (!closing.IsCompleted)
        {
            arrivals.Take();
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
            await untilRecovered.ExecuteAsync(async token => submissions = await StepAsync(token), stoppingToken);
            compaction.RunIfIdle(submissions);
            pause = StepPause.After(
                TimeProvider.System.GetElapsedTime(started), submissions + _rollUps * SubmissionsPerRollUp);
        }
    }

    private async Task WaitForPacksAsync(TimeSpan pause, CancellationToken stoppingToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        timeout.CancelAfter(steps.MaxWait);
        try
        {
            await arrivals.WaitAsync(timeout.Token);
            await Task.Delay(pause, TimeProvider.System, stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // Nothing has arrived for as long as a step may wait, or the service stops; the loop checks which.
        }
    }

    private async Task<int> StepAsync(CancellationToken stoppingToken)
    {
        var (packs, rollUps, traces) = arrivals.Take();
        _rollUps = rollUps.Count;
        using var activity = AggregatorTelemetry.StartStep(traces)?.SetTag("xilin.packs", packs.Count);
        return await steps.StepAsync(packs, rollUps, stoppingToken);
    }
}
