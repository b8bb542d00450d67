using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Polly;
using XilinIngest.CatalogueFiles;
using XilinIngest.Contracts;
using XilinIngest.Messaging;
using XilinIngest.Storage;
using XilinIngest.Worker.Submissions;

namespace XilinIngest.Worker.Ledger;

/// <summary>
/// Takes submissions from any number of consumers and commits them in groups: one durable write for as many as came in
/// while the last one was made. Commit, then publish the accepted pack, then let the consumers answer and acknowledge: a
/// crash in between means redelivery, and the stored verdict is found and published again. The queue is the outbox.
/// </summary>
internal sealed class LedgerWriter(LedgerCommitter committer, LedgerStore store, Publisher publisher, CatalogueSource catalogues, ILogger<LedgerWriter> logger) : BackgroundService
{
    private const int MaxGroup = 500;
    private const int MaxGroupBytes = 8 * 1024 * 1024;

    // How long a bus that is stopping too is given to take the last packs.
    private static readonly TimeSpan Parting = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FirstProbe = TimeSpan.FromSeconds(1);

    // While no one sends, the ledger is looked at so often: that it is away is to be seen before the first submission waits for it.
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(2);

    // A commit takes milliseconds, and a hundred times that where much comes at once. What lasts longer is a database that hangs.
    private static readonly TimeSpan HangsAfter = TimeSpan.FromSeconds(6);

    // Bounded: when the disk is slow, the consumers wait, and with them the queue.
    private readonly Channel<Pending> _pending = Channel.CreateBounded<Pending>(new BoundedChannelOptions(4 * MaxGroup) { SingleReader = true });
    private readonly ResiliencePipeline _retry = Retries.Create(logger);
    private readonly LogThrottle _throttle = new();
    private long _askedDatabaseAt;
    private volatile StorageFault? _storage;
    private volatile TaskCompletionSource _mended = Mending();

    /// <summary>The newest failure to commit, and null once a group went through again: what the health endpoint shows.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>Why nothing can be written; null: it can. While it cannot, nothing is taken.</summary>
    public StorageFault? Storage => _storage;

    /// <summary>That the database has been asked and does not answer; null: it does.</summary>
    public LedgerUnavailableException? Hanging => Volatile.Read(ref _askedDatabaseAt) is var asked && asked != 0 && TimeProvider.System.GetElapsedTime(asked) is var hanging && hanging > HangsAfter
        ? LedgerUnavailableException.NoAnswer(store.Name, hanging)
        : null;

    /// <summary>Completes once something can be written again, or the service stops.</summary>
    public Task Mended => _storage is null ? Task.CompletedTask : _mended.Task;

    /// <summary>Records submissions and returns their receipts, in their order, once they are on disk and published.</summary>
    /// <exception cref="LedgerUnavailableException">The disk cannot be written, or the service is stopping.</exception>
    public async Task<IReadOnlyList<SubmissionReceipt>> AppendAsync(IReadOnlyList<Submission> submissions, string sender, CancellationToken cancellationToken)
    {
        if (_storage is { } fault)
        {
            throw LedgerUnavailableException.Of(fault);
        }

        var pending = new Pending[submissions.Count];
        try
        {
            for (var i = 0; i < pending.Length; i++)
            {
                pending[i] = new Pending(submissions[i], sender);
                await _pending.Writer.WriteAsync(pending[i], cancellationToken);
            }
        }
        catch (ChannelClosedException)
        {
            throw LedgerUnavailableException.Stopping();
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
        await using var parting = stoppingToken.Register(() => parted.CancelAfter(Parting));
        try
        {
            while (true)
            {
                if (await IsComingAsync(stoppingToken))
                {
                    // A group that has begun is finished and answered, whatever comes.
                    var committed = await CommitAsync(TakeGroup());
                    await publishing;
                    publishing = PublishAsync(committed, parted.Token);
                }
                else
                {
                    await LookAsync();
                }

                await UntilWritableAsync(stoppingToken);
            }
        }
        finally
        {
            _pending.Writer.TryComplete();
            await publishing;
            RefuseWaiting(LedgerUnavailableException.Stopping);
            GoOn();
        }
    }

    // False: nothing came for a while.
    private async Task<bool> IsComingAsync(CancellationToken stoppingToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        patience.CancelAfter(Idle);
        try
        {
            return await _pending.Reader.WaitToReadAsync(patience.Token);
        }
        catch (OperationCanceledException) when (!stoppingToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private async Task LookAsync()
    {
        try
        {
            await Task.Run(() => _retry.Execute(() => Timed(store.Look)));
        }
        catch (Exception exception) when (StorageFault.OfLook(exception, store.Name) is not null)
        {
            Pause(exception);
        }
    }

    // Tries by itself, so that the service goes on, and says so, though no one sends.
    private async Task UntilWritableAsync(CancellationToken stoppingToken)
    {
        if (_storage is null)
        {
            return;
        }

        // At least so long: where the probe finds room and a group finds none, the two do not chase each other.
        RefuseWaiting(() => LedgerUnavailableException.Of(_storage));
        await Task.Delay(FirstProbe, TimeProvider.System, stoppingToken);
        await Retries.UntilMended(Pause).ExecuteAsync(async _ => await Task.Run(store.ProveRoom, CancellationToken.None), stoppingToken);
        logger.LogInformation("{Path} can be written again: submissions are taken.", store.Name);
        Fault = null;
        GoOn();
    }

    // Said once, and again where the reason is another.
    private void Pause(Exception exception)
    {
        var fault = StorageFault.OfLook(exception, store.Name) ?? _storage!;
        if (fault != _storage)
        {
            logger.LogError("{Reason} {Remedy} Nothing was acknowledged; no submission is taken until it can be written again.", fault.ReasonEn, fault.RemedyEn);
        }

        if (_storage is null)
        {
            _mended = Mending();
        }

        (Fault, _storage) = (exception, fault);
        RefuseWaiting(() => LedgerUnavailableException.Of(fault));
    }

    private void Timed(Action ask) => Timed(() =>
    {
        ask();
        return true;
    });

    private T Timed<T>(Func<T> ask)
    {
        Volatile.Write(ref _askedDatabaseAt, TimeProvider.System.GetTimestamp());
        try
        {
            return ask();
        }
        finally
        {
            Volatile.Write(ref _askedDatabaseAt, 0);
        }
    }

    private void GoOn()
    {
        _storage = null;
        _mended.TrySetResult();
    }

    private static TaskCompletionSource Mending() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void RefuseWaiting(Func<LedgerUnavailableException> why)
    {
        while (_pending.Reader.TryRead(out var pending))
        {
            pending.Receipt.TrySetException(why());
        }
    }

    private List<Pending> TakeGroup()
    {
        var group = new List<Pending>();
        for (var bytes = 0; group.Count < MaxGroup && bytes < MaxGroupBytes && _pending.Reader.TryRead(out var pending); bytes += pending.Submission.Body.Length)
        {
            group.Add(pending);
        }

        return group;
    }

    private async Task<IReadOnlyList<CommittedGroup>> CommitAsync(List<Pending> group)
    {
        try
        {
            var committed = await Task.Run(() => _retry.Execute(() => Timed(() => committer.Commit(group))));
            Fault = null;
            return [committed];
        }
        catch (Exception exception) when (StorageFault.Of(exception, store.Name) is { } fault)
        {
            Pause(exception);
            foreach (var pending in group)
            {
                pending.Receipt.TrySetException(LedgerUnavailableException.Of(fault));
            }

            return [];
        }
        catch (Exception exception) when (group.Count > 1)
        {
            // One submission may have failed them all: each gets its own try, so that the others are not held back.
            if (_throttle.Enter($"group {exception.Message}") is not null)
            {
                logger.LogWarning("A group of {Count} submissions could not be committed ({Reason}); trying them one by one.", group.Count, exception.Message);
            }

            var all = new List<CommittedGroup>();
            foreach (var pending in group)
            {
                all.AddRange(await CommitAsync([pending]));
            }

            return all;
        }
        catch (Exception exception)
        {
            Fault = exception;
            if (_throttle.Enter(exception) is { } leftOut)
            {
                logger.LogError(exception, "A submission of {Bytes} bytes could not be committed; nothing was acknowledged. ({Count} more were not logged before.)", group[0].Submission.Body.Length, leftOut);
            }

            group[0].Receipt.TrySetException(exception);
            return [];
        }
    }

    private async Task PublishAsync(IReadOnlyList<CommittedGroup> groups, CancellationToken cancellationToken)
    {
        foreach (var group in groups)
        {
            try
            {
                await Task.WhenAll(group.Packs.Select(pack => publisher.PublishAsync(pack, PackRoutes.Of(pack, catalogues.Current.Units), cancellationToken)));
                group.Answer();
            }
            catch (Exception) when (cancellationToken.IsCancellationRequested)
            {
                logger.LogWarning("The service stops before the bus took a committed group; it is found again at the next start.");
                group.Fail(LedgerUnavailableException.Stopping());
            }
            catch (Exception exception)
            {
                if (_throttle.Enter(exception) is { } leftOut)
                {
                    logger.LogError(exception, "A committed group could not be published; its submissions are not acknowledged and will be found again. ({Count} more were not logged before.)", leftOut);
                }

                group.Fail(exception);
            }
        }
    }
}
