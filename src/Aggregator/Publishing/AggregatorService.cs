using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using XilinIngest.Aggregator.Cube;
using XilinIngest.Contracts;
using XilinIngest.Messaging;
using XilinIngest.Storage;

namespace XilinIngest.Aggregator.Publishing;

/// <summary>
/// Collects packs, steps the cube and publishes the results. A burst becomes one step: a thousand submissions make one new version of a
/// ranking, not a thousand. What is only in memory may be lost: the ledger has it, and the aggregator requests what the cube lacks.
/// </summary>
internal sealed class AggregatorService(
    CubeHost host,
    CubeStore store,
    CubeLease lease,
    ResultPublisher results,
    QueueOpener queues,
    AggregatorProgress progress,
    ILogger<AggregatorService> logger) : BackgroundService
{
    private const int MaxQueuedPacks = 256;
    private static readonly TimeSpan IdleStepInterval = TimeSpan.FromSeconds(1);

    private readonly Channel<SubmissionsAccepted> _packs =
        Channel.CreateBounded<SubmissionsAccepted>(new BoundedChannelOptions(MaxQueuedPacks) { SingleReader = true });

    private readonly ReplayScheduler _requests = new(TimeProvider.System);
    private readonly MemoryCompaction _compaction = new(TimeProvider.System);

    // The results of the last step, while they are sent: the next step is computed meanwhile.
    private (Task Sending, long Through)? _outgoing;
    private bool _mustReload;
    private bool _hasTakenOver;

    /// <summary>The newest failure of a step, shown in health; null once a step succeeded again.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>Queues a pack for the next step; waits while the queue is full.</summary>
    public ValueTask EnqueueAsync(SubmissionsAccepted pack, CancellationToken cancellationToken) =>
        _packs.Writer.WriteAsync(pack, cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Loading may take seconds and must not block the thread that starts the host.
        await Task.Yield();
        await lease.AcquireAsync(stoppingToken);
        await InitialLoadAsync(stoppingToken);
        try
        {
            await RunStepsAsync(stoppingToken);
        }
        finally
        {
            // What the broker has confirmed is marked, so that the next start does not send it again. The lease may be another's by now:
            // then the mark is refused, and what is under way has a version that the readers know.
            if (_outgoing is { Sending.IsCompletedSuccessfully: true })
            {
                await CompletePublishingAsync();
            }
        }
    }

    private async Task RunStepsAsync(CancellationToken stoppingToken)
    {
        var pause = StepPause.Min;
        var steps = RetryPolicies.RetryUntilRecovered(OnStepFailed, exception => exception is LeaseLostException);
        while (!stoppingToken.IsCancellationRequested)
        {
            lease.WriteHeartbeat();
            var ready = WaitForPacksAsync(pause, stoppingToken);
            if (_outgoing is { Sending: var sending } && await Task.WhenAny(ready, sending) == sending)
            {
                await steps.ExecuteAsync(async _ => await CompletePublishingAsync(), stoppingToken);
            }

            if (_outgoing is null)
            {
                progress.Begin(AggregatorActivity.Waiting);
            }

            await ready;
            stoppingToken.ThrowIfCancellationRequested();
            var started = TimeProvider.System.GetTimestamp();
            var submissions = 0;
            await steps.ExecuteAsync(async token => submissions = await StepAsync(token), stoppingToken);

            pause = StepPause.After(TimeProvider.System.GetElapsedTime(started), submissions);
        }
    }

    // A fault of the disk does not stop the intake in the same process: loading is retried, and health shows the fault.
    private async Task InitialLoadAsync(CancellationToken stoppingToken)
    {
        try
        {
            await ReloadAsync(stoppingToken);
        }
        catch (Exception exception) when (StorageFault.FromProbeException(exception, store.Name) is not null)
        {
            OnStepFailed(exception);
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

    /// <returns>The number of submissions in the step.</returns>
    private async Task<int> StepAsync(CancellationToken stoppingToken)
    {
        var taken = new List<SubmissionsAccepted>();
        while (taken.Count < MaxQueuedPacks && _packs.Reader.TryRead(out var next))
        {
            taken.Add(next);
        }

        if (taken.Count > 0)
        {
            progress.RecordLedgerMessage();
        }

        if (_mustReload)
        {
            await ReloadAsync(stoppingToken);
        }

        progress.Begin(AggregatorActivity.Applying);
        if (taken.Count == 0 || store.IsHeartbeatDue)
        {
            // A step that writes checks the lease itself, but writes no heartbeat.
            store.EnsureHeld();
        }

        host.ApplyCatalogue();
        var messages = host.Step(taken, out var lastPublication);

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
        var submissions = taken.Sum(pack => pack.Submissions.Count);
        _compaction.RunIfIdle(submissions);
        return submissions;
    }

    // Waits until the results of the last step are published, and stores that they are.
    private async Task CompletePublishingAsync()
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

    // Memory may be ahead of the disk: load the disk again and request what came since.
    private void OnStepFailed(Exception exception)
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

    // At the start and after a failure: loads the disk, publishes what may not have been published, requests what came since.
    private async Task ReloadAsync(CancellationToken stoppingToken)
    {
        await CompletePublishingAsync();
        progress.Begin(AggregatorActivity.Loading);
        if (!_hasTakenOver)
        {
            store.TakeOver();
            _hasTakenOver = true;
        }

        await results.RepublishAsync(host.Load().PublishedThrough, stoppingToken);
        _mustReload = false;
        _requests.Reset();
        progress.Begin(AggregatorActivity.Opening);
        await queues.OpenAsync(AggregatorRegistration.AcceptedQueue, stoppingToken);
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

        await results.RequestAsync(new ReplayAccepted { FromSequence = missing.From, ToSequence = missing.To }, stoppingToken);
    }
}
