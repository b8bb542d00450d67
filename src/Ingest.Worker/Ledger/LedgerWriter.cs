using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Polly;
using XilinIngest.CatalogueFiles;
using XilinIngest.Contracts;
using XilinIngest.Messaging;
using XilinIngest.Storage;
using XilinIngest.Submissions;

namespace XilinIngest.Worker.Ledger;

/// <summary>
/// Takes submissions from any number of consumers and commits them in groups: one durable write for as many as came in
/// while the last one was made. Commit, then publish the accepted pack, then let the consumers answer and acknowledge: a
/// crash in between means redelivery, and the stored verdict is found and published again. The queue is the outbox.
/// </summary>
internal sealed class LedgerWriter(LedgerCommitter committer, LedgerStore store, MessagePublisher publisher, CatalogueSource catalogues, ILogger<LedgerWriter> logger) : BackgroundService
{
    private const int MaxBatchSize = 500;
    private const int MaxBatchBytes = 8 * 1024 * 1024;

    // How long a bus that is stopping too is given to take the last packs.
    private static readonly TimeSpan ShutdownGrace = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FirstProbeDelay = TimeSpan.FromSeconds(1);

    // While no one sends, the ledger is looked at so often: that it is away is to be seen before the first submission waits for it.
    private static readonly TimeSpan IdleProbeInterval = TimeSpan.FromSeconds(2);

    // A commit takes milliseconds, and a hundred times that where much comes at once. What lasts longer is a database that hangs.
    private static readonly TimeSpan DatabaseCallTimeout = TimeSpan.FromSeconds(6);

    // Bounded: when the disk is slow, the consumers wait, and with them the queue.
    private readonly Channel<PendingSubmission> _pending = Channel.CreateBounded<PendingSubmission>(new BoundedChannelOptions(4 * MaxBatchSize) { SingleReader = true });
    private readonly ResiliencePipeline _retry = RetryPolicies.RetryTransient(logger);
    private readonly LogThrottle _throttle = new();
    private long _databaseCallStartedAt;
    private volatile StorageFault? _writeFault;
    private volatile TaskCompletionSource _recovery = NewRecoverySource();

    /// <summary>The newest failure to commit, and null once a group went through again: what the health endpoint shows.</summary>
    public Exception? LastCommitError { get; private set; }

    /// <summary>Why nothing can be written; null: it can. While it cannot, nothing is taken.</summary>
    public StorageFault? WriteFault => _writeFault;

    /// <summary>That the database has been asked and does not answer; null: it does.</summary>
    public LedgerUnavailableException? DatabaseTimeout => Volatile.Read(ref _databaseCallStartedAt) is var asked && asked != 0 && TimeProvider.System.GetElapsedTime(asked) is var hanging && hanging > DatabaseCallTimeout
        ? LedgerUnavailableException.DatabaseTimeout(store.Name, hanging)
        : null;

    /// <summary>Completes once something can be written again, or the service stops.</summary>
    public Task Recovered => _writeFault is null ? Task.CompletedTask : _recovery.Task;

    /// <summary>Records submissions and returns their receipts, in their order, once they are on disk and published.</summary>
    /// <exception cref="LedgerUnavailableException">The disk cannot be written, or the service is stopping.</exception>
    public async Task<IReadOnlyList<SubmissionReceipt>> AppendAsync(IReadOnlyList<Submission> submissions, string sender, CancellationToken cancellationToken)
    {
        if (_writeFault is { } fault)
        {
            throw LedgerUnavailableException.FromFault(fault);
        }

        var pending = new PendingSubmission[submissions.Count];
        try
        {
            for (var i = 0; i < pending.Length; i++)
            {
                pending[i] = new PendingSubmission(submissions[i], sender);
                await _pending.Writer.WriteAsync(pending[i], cancellationToken);
            }
        }
        catch (ChannelClosedException)
        {
            throw LedgerUnavailableException.ServiceStopping();
        }

        // They are committed together, or nearly: when the first is done, so are the others.
        var receipts = new SubmissionReceipt[pending.Length];
        for (var i = 0; i < pending.Length; i++)
        {
            receipts[i] = await pending[i].Receipt.Task.WaitAsync(cancellationToken);
        }

        return receipts;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Group n is published while group n + 1 is committed; one publisher keeps the packs in order.
        var publishing = Task.CompletedTask;
        using var parted = new CancellationTokenSource();
        await using var parting = stoppingToken.Register(() => parted.CancelAfter(ShutdownGrace));
        try
        {
            while (true)
            {
                if (await WaitForSubmissionsAsync(stoppingToken))
                {
                    // A group that has begun is finished and answered, whatever comes.
                    var committed = await CommitAsync(TakeBatch());
                    await publishing;
                    publishing = PublishAsync(committed, parted.Token);
                }
                else
                {
                    await ProbeReadAsync();
                }

                await WaitUntilWritableAsync(stoppingToken);
            }
        }
        finally
        {
            _pending.Writer.TryComplete();
            await publishing;
            RejectPending(LedgerUnavailableException.ServiceStopping);
            Resume();
        }
    }

    // False: nothing came for a while.
    private async Task<bool> WaitForSubmissionsAsync(CancellationToken stoppingToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        timeout.CancelAfter(IdleProbeInterval);
        try
        {
            return await _pending.Reader.WaitToReadAsync(timeout.Token);
        }
        catch (OperationCanceledException) when (!stoppingToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private async Task ProbeReadAsync()
    {
        try
        {
            await Task.Run(() => _retry.Execute(() => TrackDatabaseCall(store.ProbeRead)));
        }
        catch (Exception exception) when (StorageFault.FromProbeException(exception, store.Name) is not null)
        {
            Pause(exception);
        }
    }

    // Tries by itself, so that the service goes on, and says so, though no one sends.
    private async Task WaitUntilWritableAsync(CancellationToken stoppingToken)
    {
        if (_writeFault is null)
        {
            return;
        }

        // At least so long: where the probe finds room and a group finds none, the two do not chase each other.
        RejectPending(() => LedgerUnavailableException.FromFault(_writeFault));
        await Task.Delay(FirstProbeDelay, TimeProvider.System, stoppingToken);
        await RetryPolicies.RetryUntilRecovered(Pause).ExecuteAsync(async _ => await Task.Run(store.ProbeWrite, CancellationToken.None), stoppingToken);
        logger.LogInformation("{Path} can be written again: submissions are taken.", store.Name);
        LastCommitError = null;
        Resume();
    }

    // Said once, and again where the reason is another.
    private void Pause(Exception exception)
    {
        var fault = StorageFault.FromProbeException(exception, store.Name) ?? _writeFault!;
        if (fault != _writeFault)
        {
            logger.LogError("{Reason} {Remedy} Nothing was acknowledged; no submission is taken until it can be written again.", fault.ReasonEn, fault.RemedyEn);
        }

        if (_writeFault is null)
        {
            _recovery = NewRecoverySource();
        }

        (LastCommitError, _writeFault) = (exception, fault);
        RejectPending(() => LedgerUnavailableException.FromFault(fault));
    }

    private void TrackDatabaseCall(Action ask) => TrackDatabaseCall(() =>
    {
        ask();
        return true;
    });

    private T TrackDatabaseCall<T>(Func<T> ask)
    {
        Volatile.Write(ref _databaseCallStartedAt, TimeProvider.System.GetTimestamp());
        try
        {
            return ask();
        }
        finally
        {
            Volatile.Write(ref _databaseCallStartedAt, 0);
        }
    }

    private void Resume()
    {
        _writeFault = null;
        _recovery.TrySetResult();
    }

    private static TaskCompletionSource NewRecoverySource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void RejectPending(Func<LedgerUnavailableException> createException)
    {
        while (_pending.Reader.TryRead(out var pending))
        {
            pending.Receipt.TrySetException(createException());
        }
    }

    private List<PendingSubmission> TakeBatch()
    {
        var group = new List<PendingSubmission>();
        for (var bytes = 0; group.Count < MaxBatchSize && bytes < MaxBatchBytes && _pending.Reader.TryRead(out var pending); bytes += pending.Submission.Body.Length)
        {
            group.Add(pending);
        }

        return group;
    }

    private async Task<IReadOnlyList<CommittedBatch>> CommitAsync(List<PendingSubmission> group)
    {
        try
        {
            var committed = await Task.Run(() => _retry.Execute(() => TrackDatabaseCall(() => committer.Commit(group))));
            LastCommitError = null;
            return [committed];
        }
        catch (Exception exception) when (StorageFault.FromException(exception, store.Name) is { } fault)
        {
            Pause(exception);
            foreach (var pending in group)
            {
                pending.Receipt.TrySetException(LedgerUnavailableException.FromFault(fault));
            }

            return [];
        }
        catch (Exception exception) when (group.Count > 1)
        {
            // One submission may have failed them all: each gets its own try, so that the others are not held back.
            if (_throttle.TryEnter($"group {exception.Message}") is not null)
            {
                logger.LogWarning("A group of {Count} submissions could not be committed ({Reason}); trying them one by one.", group.Count, exception.Message);
            }

            var all = new List<CommittedBatch>();
            foreach (var pending in group)
            {
                all.AddRange(await CommitAsync([pending]));
            }

            return all;
        }
        catch (Exception exception)
        {
            LastCommitError = exception;
            if (_throttle.TryEnter(exception) is { } leftOut)
            {
                logger.LogError(exception, "A submission of {Bytes} bytes could not be committed; nothing was acknowledged. ({Count} more were not logged before.)", group[0].Submission.Body.Length, leftOut);
            }

            group[0].Receipt.TrySetException(exception);
            return [];
        }
    }

    private async Task PublishAsync(IReadOnlyList<CommittedBatch> groups, CancellationToken cancellationToken)
    {
        foreach (var group in groups)
        {
            try
            {
                await Task.WhenAll(group.AcceptedPacks.Select(pack => publisher.PublishAsync(pack, PackRouting.RoutingKeyFor(pack, catalogues.Current.Units), cancellationToken)));
                group.CompleteReceipts();
            }
            catch (Exception) when (cancellationToken.IsCancellationRequested)
            {
                logger.LogWarning("The service stops before the bus took a committed group; it is found again at the next start.");
                group.FailReceipts(LedgerUnavailableException.ServiceStopping());
            }
            catch (Exception exception)
            {
                if (_throttle.TryEnter(exception) is { } leftOut)
                {
                    logger.LogError(exception, "A committed group could not be published; its submissions are not acknowledged and will be found again. ({Count} more were not logged before.)", leftOut);
                }

                group.FailReceipts(exception);
            }
        }
    }
}
