using System.Diagnostics;
using Microsoft.Extensions.Logging;
using XilinIngest.Aggregator.Cube;
using XilinIngest.Aggregator.Observability;
using XilinIngest.Aggregator.RollUps;
using XilinIngest.Contracts;
using XilinIngest.Hosting.Observability;
using XilinIngest.Messaging;
using XilinIngest.Storage;

namespace XilinIngest.Aggregator.Publishing;

/// <summary>
/// The steps of the aggregator, without threads and timers: what it loads, applies, publishes, marks and requests, and in which order. What
/// is only in memory may be lost: the ledger has it, and the aggregator requests what the cube lacks.
/// </summary>
internal sealed class AggregatorSteps(
    CubeHost host, CubeStore store, ResultPublisher results, (QueueOpener Opener, IReadOnlyList<IBusQueue> All) queues,
    AggregatorProgress progress, TimeProvider clock, ILogger<AggregatorSteps> logger)
{
    // A step without anything that arrived.
    private static readonly TimeSpan MaxIdle = TimeSpan.FromSeconds(1);

    private readonly ReplayScheduler _requests = new(clock);
    private readonly RollUpPace _rollUpPace = new(clock);
    private readonly AggregatorQueues _queues = new(queues, store, progress, clock, logger);

    // The results of the last step, while they are sent: the next step is computed meanwhile.
    private (Task Sending, long Through, ActivityContext Trace)? _outgoing;
    private bool _mustReload;
    private bool _hasTakenOver;
    private long _heldAt;

    /// <summary>The newest failure of a step, shown in health; null once a step succeeded again.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>How long the next step may wait for something to arrive.</summary>
    public TimeSpan MaxWait => _rollUpPace.Wait ?? MaxIdle;

    /// <summary>Completes when the results of the last step are sent; null: they are, and are marked as published.</summary>
    public Task? Sending => _outgoing?.Sending;

    /// <summary>
    /// Loads the cube. A fault of the disk does not stop the intake in the same process: loading is retried by the next step, and health
    /// shows the fault.
    /// </summary>
    public async Task StartAsync(CancellationToken stoppingToken)
    {
        try
        {
            await ReloadAsync(stoppingToken);
        }
        catch (Exception exception) when (StorageFault.FromProbeException(exception, store.Name) is not null)
        {
            RecordFailure(exception);
        }
    }

    /// <summary>Applies packs, publishes what they change, and requests missing rows.</summary>
    /// <param name="packs">The packs that have arrived, in any order.</param>
    /// <param name="stoppingToken">Ends the wait for the broker.</param>
    /// <returns>The number of submissions in the packs.</returns>
    public Task<int> StepAsync(IReadOnlyList<SubmissionsAccepted> packs, CancellationToken stoppingToken) =>
        StepAsync(packs, [], stoppingToken);

    /// <summary>The same with what the cubes of other partitions have sent.</summary>
    public async Task<int> StepAsync(
        IReadOnlyList<SubmissionsAccepted> packs, IReadOnlyList<RollUpBody> rollUps, CancellationToken stoppingToken)
    {
        if (packs.Count > 0)
        {
            progress.RecordLedgerMessage();
        }

        if (_mustReload)
        {
            await ReloadAsync(stoppingToken);
        }

        progress.Begin(AggregatorActivity.Applying);
        EnsureHeld(hasArrivals: rollUps.Count > 0, mayWrite: packs.Count > 0);

        if (await _queues.OpenEndedAsync(stoppingToken))
        {
            _requests.Reset();
        }

        await _queues.LookAfterNeighboursAsync(host.Neighbours, rollUps, stoppingToken);
        host.ApplyCatalogue();
        var started = clock.GetTimestamp();
        var outcome = host.Step(packs, rollUps, _rollUpPace.Next());
        if (packs.Count + rollUps.Count + outcome.Results.Count > 0)
        {
            AggregatorTelemetry.RecordStep(outcome, clock.GetElapsedTime(started), PartitionTags.Of(host.PartitionPath));
        }

        _rollUpPace.Record(outcome.RollUps.Any(body => body.Sums is not null), outcome.HasToSend);

        // The versions of a result are sent in their order, so those of the step before must have been confirmed.
        await CompletePublishingAsync();
        if (outcome.LastPublication != results.PublishedThrough || outcome.RollUps.Count > 0)
        {
            _outgoing = (
                results.SendAsync(outcome, stoppingToken), outcome.LastPublication, Activity.Current?.Context ?? default);
        }

        if (!host.LedgerProgress.IsInDoubt)
        {
            // After a failure the ledger first replays what failed: until that succeeds, the fault remains.
            Fault = null;
        }

        progress.RecordStep();
        await RequestMissingRowsAsync(stoppingToken);
        return packs.Sum(pack => pack.Submissions.Count);
    }

    /// <summary>Waits until the results of the last step are sent, and stores that they are.</summary>
    public async Task CompletePublishingAsync()
    {
        if (_outgoing is not { } outgoing)
        {
            return;
        }

        if (!outgoing.Sending.IsCompleted)
        {
            progress.Begin(AggregatorActivity.Publishing);
        }

        // If it fails, the results are read from the store and published again.
        _outgoing = null;
        await outgoing.Sending;
        if (outgoing.Through != results.PublishedThrough)
        {
            results.MarkPublished(outgoing.Through, outgoing.Trace);
        }
    }

    /// <summary>A step failed. Memory may be ahead of the disk: the next step loads the disk again and requests what came since.</summary>
    public void RecordFailure(Exception exception)
    {
        var before = Fault;
        (Fault, _mustReload) = (exception, true);

        // A full disk stays full for a while: it is logged once and without a stack.
        if (StorageFault.FromProbeException(exception, store.Name) is not { } fault)
        {
            AggregatorTelemetry.RecordFailure(PartitionTags.Of(host.PartitionPath));
            logger.LogError(exception, "A step of the cube failed; it is loaded again from its store.");
        }
        else
        {
            StorageTelemetry.RecordFault("cube");
            if (StorageFault.FromProbeException(before, store.Name) != fault)
            {
                logger.LogError("{Reason} {Remedy} The cube is loaded again from its store.", fault.ReasonEn, fault.RemedyEn);
            }
        }
    }

    /// <summary>Takes no further packs and sums: this process no longer works on the cube.</summary>
    public Task CloseQueuesAsync() => _queues.CloseAsync();

    // A step that writes checks the lease itself, but writes no heartbeat. Sums of others come several times a second, and need not change
    // anything: with them it is checked as often as without.
    private void EnsureHeld(bool hasArrivals, bool mayWrite)
    {
        var isRecent = hasArrivals && clock.GetElapsedTime(_heldAt) < MaxIdle;
        if (store.IsHeartbeatDue || !(mayWrite || isRecent))
        {
            store.EnsureHeld();
            _heldAt = clock.GetTimestamp();
        }
    }

    // At the start and after a failure: loads the disk, publishes what may not have been published, requests what came since. Meanwhile
    // the queues are closed: a process that cannot reach its store must not take the packs of the one that takes the cube over.
    private async Task ReloadAsync(CancellationToken stoppingToken)
    {
        await _queues.CloseAsync();
        await CompletePublishingAsync();
        progress.Begin(AggregatorActivity.Loading);
        if (_hasTakenOver)
        {
            store.EnsureHeld();
        }
        else
        {
            store.TakeOver();
            _hasTakenOver = true;
        }

        await results.RepublishAsync(host.Load().PublishedThrough, stoppingToken);
        _mustReload = false;
        _rollUpPace.Reset();
        _requests.Reset();
        _queues.ForgetNeighbours();
        await _queues.OpenAsync(stoppingToken);
        await RequestMissingRowsAsync(stoppingToken);
    }

    private async Task RequestMissingRowsAsync(CancellationToken stoppingToken)
    {
        if (_requests.Next(host.LedgerProgress, progress.LedgerIdleTime) is not { } missing)
        {
            return;
        }

        if (missing.To is { } to)
        {
            logger.LogWarning("Ledger rows {From} to {To} are missing; requested a replay.", missing.From, to);
        }

        if (_requests.IsRepeated)
        {
            await _queues.ReopenAsync(stoppingToken);
        }

        await results.RequestAsync(
            new ReplayAccepted { FromSequence = missing.From, ToSequence = missing.To, Partition = host.PartitionPath }, stoppingToken);
    }
}
