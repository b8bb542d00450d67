using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using XilinIngest.CatalogueFiles;
using XilinIngest.Contracts;
using XilinIngest.Messaging;
using XilinIngest.Storage;
using XilinIngest.Submissions;

namespace XilinIngest.Worker.Ledger;

/// <summary>
/// Commits the submissions of any number of consumers in batches. One durable write covers everything that arrived during the last one. The
/// order is commit, publish the accepted packs, complete the receipts; then the consumers acknowledge. After a crash in between, the broker
/// redelivers, and the stored verdict is found and published again. The broker's queue therefore serves as the outbox.
/// </summary>
internal sealed class LedgerWriter : BackgroundService
{
    // The time that a bus gets to confirm the last packs while the service stops.
    private static readonly TimeSpan ShutdownGrace = TimeSpan.FromSeconds(5);

    // How often the ledger is read while nobody sends.
    private static readonly TimeSpan IdleProbeInterval = TimeSpan.FromSeconds(2);

    private readonly SubmissionQueue _queue = new();
    private readonly LogThrottle _throttle = new();
    private readonly LedgerCommitter _committer;
    private readonly string _storeName;
    private readonly BatchPublisher _publisher;
    private readonly ILogger<LedgerWriter> _logger;

    public LedgerWriter(
        LedgerCommitter committer, LedgerStore store, MessagePublisher publisher, CatalogueSource catalogues, ILogger<LedgerWriter> logger)
    {
        (_committer, _storeName, _logger) = (committer, store.Name, logger);
        _publisher = new BatchPublisher(publisher, catalogues, _throttle, logger);
        Availability = new LedgerAvailability(store, _queue, logger);
    }

    /// <summary>Whether the ledger can be written and read.</summary>
    public LedgerAvailability Availability { get; }

    /// <summary>The number of submissions that wait for a batch.</summary>
    public int WaitingCount => _queue.Count;

    /// <summary>Records submissions. Returns their receipts, in the same order, when they are stored and published.</summary>
    /// <exception cref="LedgerUnavailableException">The ledger cannot be written, or the service is stopping.</exception>
    public async Task<IReadOnlyList<SubmissionReceipt>> AppendAsync(
        IReadOnlyList<Submission> submissions, string sender, CancellationToken cancellationToken)
    {
        Availability.EnsureWritable();
        var pending = new PendingSubmission[submissions.Count];
        for (var i = 0; i < pending.Length; i++)
        {
            pending[i] = new PendingSubmission(submissions[i], sender);
            await _queue.EnqueueAsync(pending[i], cancellationToken);
        }

        // Usually one batch has them all, so the receipts complete together.
        var receipts = new SubmissionReceipt[pending.Length];
        for (var i = 0; i < pending.Length; i++)
        {
            receipts[i] = await pending[i].Receipt.Task.WaitAsync(cancellationToken);
        }

        return receipts;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Batch n is published while batch n + 1 is committed. Waiting for the last publication keeps the packs in order.
        var publishing = Task.CompletedTask;
        using var graceEnded = new CancellationTokenSource();
        await using var registration = stoppingToken.Register(() => graceEnded.CancelAfter(ShutdownGrace));
        try
        {
            while (true)
            {
                if (await _queue.WaitAsync(IdleProbeInterval, stoppingToken))
                {
                    // A batch that was taken is committed and answered, even while the service stops.
                    var committed = await CommitAsync(_queue.TakeBatch());
                    await publishing;
                    publishing = _publisher.PublishAsync(committed, graceEnded.Token);
                }
                else
                {
                    await Availability.ProbeReadAsync();
                }

                await Availability.WaitUntilWritableAsync(stoppingToken);
            }
        }
        finally
        {
            _queue.Close();
            await publishing;
            _queue.RejectAll(LedgerUnavailableException.ServiceStopping);
            Availability.Resume();
        }
    }

    private async Task<IReadOnlyList<CommittedBatch>> CommitAsync(List<PendingSubmission> batch)
    {
        try
        {
            var committed = await Availability.RunAsync(() => _committer.Commit(batch));
            Availability.ReportCommitted();
            return [committed];
        }
        catch (Exception exception) when (StorageFault.FromException(exception, _storeName) is { } fault)
        {
            Availability.Pause(exception);
            foreach (var pending in batch)
            {
                pending.Receipt.TrySetException(LedgerUnavailableException.FromFault(fault));
            }

            return [];
        }
        catch (Exception exception) when (batch.Count > 1)
        {
            return await CommitOneByOneAsync(batch, exception);
        }
        catch (Exception exception)
        {
            Availability.ReportFailed(exception);
            if (_throttle.TryEnter(exception) is { } suppressed)
            {
                _logger.LogError(
                    exception,
                    "Committing a submission of {Bytes} bytes failed; nothing was acknowledged. ({Count} similar lines suppressed.)",
                    batch[0].Submission.Body.Length,
                    suppressed);
            }

            batch[0].Receipt.TrySetException(exception);
            return [];
        }
    }

    // One submission may have failed the whole batch. Each is committed alone, so that the others are recorded.
    private async Task<IReadOnlyList<CommittedBatch>> CommitOneByOneAsync(List<PendingSubmission> batch, Exception exception)
    {
        if (_throttle.TryEnter($"batch {exception.Message}") is not null)
        {
            _logger.LogWarning(
                "Committing a batch of {Count} submissions failed ({Reason}); retrying them one by one.", batch.Count, exception.Message);
        }

        var committed = new List<CommittedBatch>();
        foreach (var pending in batch)
        {
            committed.AddRange(await CommitAsync([pending]));
        }

        return committed;
    }
}
