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
    private static readonly TimeSpan MinPause = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan MaxPause = TimeSpan.FromMilliseconds(700);
    private static readonly TimeSpan LongStep = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan IdleStepInterval = TimeSpan.FromSeconds(1);

    private readonly Channel<SubmissionsAccepted> _packs =
        Channel.CreateBounded<SubmissionsAccepted>(new BoundedChannelOptions(MaxQueuedPacks) { SingleReader = true });

    private readonly ReplayScheduler _requests = new(TimeProvider.System);
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
        var pause = MinPause;
        var steps = RetryPolicies.RetryUntilRecovered(OnStepFailed, exception => exception is CubeLeaseLostException);
        while (!stoppingToken.IsCancellationRequested)
        {
            progress.Begin(AggregatorActivity.Waiting);
            lease.WriteHeartbeat();
            var came = await WaitForPacksAsync(stoppingToken);
            if (came)
            {
                await Task.Delay(pause, TimeProvider.System, stoppingToken);
            }

            stoppingToken.ThrowIfCancellationRequested();
            var started = TimeProvider.System.GetTimestamp();
            await steps.ExecuteAsync(async token => await StepAsync(token), stoppingToken);

            pause = PauseAfter(TimeProvider.System.GetElapsedTime(started));
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

    // Batching grows with the load: a short step is followed by hardly any pause, a long one by a pause as long as itself.
    private static TimeSpan PauseAfter(TimeSpan step)
    {
        var pause = step * Math.Min(1, step / LongStep);
        return pause < MinPause ? MinPause : pause > MaxPause ? MaxPause : pause;
    }

    private async Task<bool> WaitForPacksAsync(CancellationToken stoppingToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        timeout.CancelAfter(IdleStepInterval);
        try
        {
            return await _packs.Reader.WaitToReadAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            // The idle interval has passed, or the service stops; the loop checks which.
            return false;
        }
    }

    private async Task StepAsync(CancellationToken stoppingToken)
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
        await results.PublishAsync(messages, lastPublication, stoppingToken);
        if (!host.LedgerProgress.IsInDoubt)
        {
            // After a failure the ledger first replays what failed: until that succeeds, the fault remains.
            Fault = null;
        }

        progress.RecordStep();
        await RequestMissingRowsAsync(stoppingToken);
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
