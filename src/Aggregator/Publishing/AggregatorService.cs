using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using XilinIngest.Aggregator.Cube;
using XilinIngest.CatalogueFiles;
using XilinIngest.Contracts;
using XilinIngest.Messaging;
using XilinIngest.Storage;

namespace XilinIngest.Aggregator.Publishing;

/// <summary>
/// Takes packs, steps the cube, publishes. A burst becomes one step: a thousand submissions make one new version of a
/// ranking, not a thousand. What is in memory may be lost: the ledger keeps it, and the cube asks for what it has not applied.
/// </summary>
internal sealed class AggregatorService(
    CubeHost host,
    CubeStore store,
    CubeLease lease,
    ResultFeed feed,
    MessagePublisher publisher,
    QueueOpener queues,
    CatalogueSource catalogues,
    AggregatorProgress progress,
    ILogger<AggregatorService> logger) : BackgroundService
{
    private const int MaxQueuedPacks = 256;
    private const int PublishBatchSize = 64;
    private static readonly TimeSpan MinPause = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan MaxPause = TimeSpan.FromMilliseconds(700);
    private static readonly TimeSpan LongStep = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan IdleStepInterval = TimeSpan.FromSeconds(1);

    private readonly Channel<SubmissionsAccepted> _packs =
        Channel.CreateBounded<SubmissionsAccepted>(new BoundedChannelOptions(MaxQueuedPacks) { SingleReader = true });

    private readonly ReplayScheduler _requests = new(TimeProvider.System);
    private long _published;
    private bool _mustReload;
    private bool _hasTakenOver;

    /// <summary>The newest failure of a step, and null once one went through again: what the health endpoint shows.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>Takes a pack for the next step; waits while too many do.</summary>
    public ValueTask EnqueueAsync(SubmissionsAccepted pack, CancellationToken cancellationToken) => _packs.Writer.WriteAsync(pack, cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Loading may take seconds: not on the thread that starts the host.
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

    // What is wrong with the disk is no reason to stop the intake that runs beside: it is tried again, and shows in health.
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

    // Coalescing grows with the load: a short step is followed by hardly any pause, a long one by one as long as itself.
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
            // The heartbeat, or the end; the loop looks which.
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
            // What is written looks for itself, but leaves no sign of life.
            store.EnsureHeld();
        }

        host.ApplyCatalogue();
        var messages = host.Step(taken, out var lastVintage);
        await PublishAsync(messages, lastVintage, stoppingToken);
        if (!host.LedgerProgress.IsInDoubt)
        {
            // After a failure the ledger first gives again what failed: until it has gone through, nothing is mended.
            Fault = null;
        }

        progress.RecordStep();
        await RequestMissingRowsAsync(stoppingToken);
    }

    // What is in memory may be ahead of the disk: read the disk again, and ask for what came since.
    private void OnStepFailed(Exception exception)
    {
        var before = Fault;
        (Fault, _mustReload) = (exception, true);

        // A disk that is full stays so for a while: said once, and without a stack.
        if (StorageFault.FromProbeException(exception, store.Name) is not { } fault)
        {
            logger.LogError(exception, "A step of the cube failed; it is loaded again from its store.");
        }
        else if (StorageFault.FromProbeException(before, store.Name) != fault)
        {
            logger.LogError("{Reason} {Remedy} The cube is loaded again from its store.", fault.ReasonEn, fault.RemedyEn);
        }
    }

    // At the start, and after a failure: what the disk has, what of it was perhaps not published, and what came since.
    private async Task ReloadAsync(CancellationToken stoppingToken)
    {
        progress.Begin(AggregatorActivity.Loading);
        if (!_hasTakenOver)
        {
            store.TakeOver();
            _hasTakenOver = true;
        }

        _published = host.Load().PublishedThrough;
        await RepublishAsync(stoppingToken);
        _mustReload = false;
        _requests.Reset();
        progress.Begin(AggregatorActivity.Opening);
        await queues.OpenAsync(AggregatorRegistration.AcceptedQueue, stoppingToken);
        await RequestMissingRowsAsync(stoppingToken);
    }

    private async Task PublishAsync(IReadOnlyList<object> messages, long lastVintage, CancellationToken stoppingToken)
    {
        if (lastVintage == _published)
        {
            return;
        }

        progress.Begin(AggregatorActivity.Publishing);

        // Each awaits its confirm. The results of one step are of different units, indicators or months: among them there is no order.
        foreach (var some in messages.Chunk(PublishBatchSize))
        {
            await Task.WhenAll(some.Select(message => PublishMessageAsync(message, stoppingToken)));
        }

        _published = lastVintage;
        store.WritePublished(lastVintage);
        feed.Notify();
    }

    // What was stored but perhaps not published when the process died: the same versions once more.
    private async Task RepublishAsync(CancellationToken stoppingToken)
    {
        while (store.ReadVintagesAfter(_published, 500) is { Count: > 0 } vintages)
        {
            progress.Begin(AggregatorActivity.Publishing);
            logger.LogInformation("Publishing {Count} results again that a crash may have kept back.", vintages.Count);
            foreach (var vintage in vintages)
            {
                await PublishMessageAsync(ResultMessages.Deserialize(vintage), stoppingToken);
            }

            _published = vintages[^1].Id;
            store.WritePublished(_published);
            feed.Notify();
        }
    }

    private async Task RequestMissingRowsAsync(CancellationToken stoppingToken)
    {
        if (_requests.Next(host.LedgerProgress, progress.LedgerIdleTime) is not { } missing)
        {
            return;
        }

        if (missing.To is { } to)
        {
            logger.LogWarning("Ledger rows {From} to {To} have not come; asking for them again.", missing.From, to);
        }

        progress.Begin(AggregatorActivity.Publishing);
        await PublishMessageAsync(new ReplayAccepted { FromSequence = missing.From, ToSequence = missing.To }, stoppingToken);
    }

    // Looked at first: a bus that is handed a message with its token gone logs a fault, and stopping is none.
    private Task PublishMessageAsync(object message, CancellationToken stoppingToken)
    {
        stoppingToken.ThrowIfCancellationRequested();
        return publisher.PublishAsync(message, ResultRoutingKeys.For(message, catalogues.Current.Units), stoppingToken);
    }
}
