using Microsoft.Extensions.Logging;
using XilinIngest.Aggregator.Cube;
using XilinIngest.Contracts;
using XilinIngest.Messaging;
using XilinIngest.Storage;

namespace XilinIngest.Aggregator.Publishing;

/// <summary>
/// The steps of the aggregator, without threads and timers: what it loads, applies, publishes, marks and requests, and in which order. What
/// is only in memory may be lost: the ledger has it, and the aggregator requests what the cube lacks.
/// </summary>
internal sealed class AggregatorSteps(
    CubeHost host, CubeStore store, ResultPublisher results, QueueOpener queues, AggregatorProgress progress, TimeProvider clock,
    ILogger<AggregatorSteps> logger)
{
    private readonly ReplayScheduler _requests = new(clock);

    // The results of the last step, while they are sent: the next step is computed meanwhile.
    private (Task Sending, long Through)? _outgoing;
    private bool _mustReload;
    private bool _hasTakenOver;

    /// <summary>The newest failure of a step, shown in health; null once a step succeeded again.</summary>
    public Exception? Fault { get; private set; }

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
    public async Task<int> StepAsync(IReadOnlyList<SubmissionsAccepted> packs, CancellationToken stoppingToken)
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
        if (packs.Count == 0 || store.IsHeartbeatDue)
        {
            // A step that writes checks the lease itself, but writes no heartbeat.
            store.EnsureHeld();
        }

        if (!queues.IsOpen(AggregatorRegistration.AcceptedQueue))
        {
            logger.LogWarning("The broker ended the reading of the packs: the queue was deleted or taken over. It is opened again.");
            await OpenQueueAsync(stoppingToken);
            _requests.Reset();
        }

        host.ApplyCatalogue();
        var messages = host.Step(packs, out var lastPublication);

        // The versions of a result are sent in their order, so those of the step before must have been confirmed.
        await CompletePublishingAsync();
        if (lastPublication != results.PublishedThrough)
        {
            _outgoing = (results.SendAsync(messages, stoppingToken), lastPublication);
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
        results.MarkPublished(outgoing.Through);
    }

    /// <summary>A step failed. Memory may be ahead of the disk: the next step loads the disk again and requests what came since.</summary>
    public void RecordFailure(Exception exception)
    {
        var before = Fault;
        (Fault, _mustReload) = (exception, true);

        // A full disk stays full for a while: it is logged once and without a stack.
        if (StorageFault.FromProbeException(exception, store.Name) is not { } fault)
        {
            logger.LogError(exception, "A step of the cube failed; it is loaded again from its store.");
        }
        else if (StorageFault.FromProbeException(before, store.Name) != fault)
        {
            logger.LogError("{Reason} {Remedy} The cube is loaded again from its store.", fault.ReasonEn, fault.RemedyEn);
        }
    }

    /// <summary>Takes no further packs: this process no longer works on the cube.</summary>
    public Task CloseQueueAsync() => queues.CloseAsync(AggregatorRegistration.AcceptedQueue);

    // At the start and after a failure: loads the disk, publishes what may not have been published, requests what came since. Meanwhile
    // the queue is closed: a process that cannot reach its store must not take the packs of the one that takes the cube over.
    private async Task ReloadAsync(CancellationToken stoppingToken)
    {
        await CloseQueueAsync();
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
        _requests.Reset();
        await OpenQueueAsync(stoppingToken);
        await RequestMissingRowsAsync(stoppingToken);
    }

    // The opening deletes a queue that another process reads, so this one first makes sure that the cube is its own.
    private async Task OpenQueueAsync(CancellationToken stoppingToken)
    {
        if (queues.IsOpen(AggregatorRegistration.AcceptedQueue))
        {
            return;
        }

        store.EnsureHeld();
        progress.Begin(AggregatorActivity.Opening);
        await queues.OpenAsync(AggregatorRegistration.AcceptedQueue, stoppingToken);
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
            // Another process may have taken the queue by mistake, or the broker may have ended the reading without a word.
            await CloseQueueAsync();
            await OpenQueueAsync(stoppingToken);
        }

        await results.RequestAsync(new ReplayAccepted { FromSequence = missing.From, ToSequence = missing.To }, stoppingToken);
    }
}
