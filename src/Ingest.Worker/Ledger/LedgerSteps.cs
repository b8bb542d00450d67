using System.Diagnostics;
using Microsoft.Extensions.Logging;
using XilinIngest.CatalogueFiles;
using XilinIngest.Hosting.Observability;
using XilinIngest.Messaging;
using XilinIngest.Worker.Observability;

namespace XilinIngest.Worker.Ledger;

/// <summary>
/// The steps of the writer, without threads and timers: what it does after a batch was taken, and in which order. The order is commit,
/// publish the accepted packs, complete the receipts.
/// </summary>
internal sealed class LedgerSteps
{
    private readonly SubmissionQueue _queue;
    private readonly LogThrottle _throttle = new();
    private readonly LedgerCommitter _committer;
    private readonly string _storeName;
    private readonly KeyValuePair<string, object?>[] _partition;
    private readonly BatchPublisher _publisher;
    private readonly ILogger _logger;

    public LedgerSteps(
        LedgerCommitter committer, LedgerStore store, SubmissionQueue queue, MessagePublisher publisher, CatalogueSource catalogues,
        ILogger logger)
    {
        (_committer, _storeName, _queue, _logger) = (committer, store.Name, queue, logger);
        _partition = PartitionTags.Of(store.PartitionPath);
        _publisher = new BatchPublisher(publisher, catalogues, _throttle, logger);
        Availability = new LedgerAvailability(store, queue, logger);
    }

    /// <summary>Whether the ledger can be written and read.</summary>
    public LedgerAvailability Availability { get; }

    /// <summary>Completes when the last batch is published.</summary>
    public Task Publishing { get; private set; } = Task.CompletedTask;

    /// <summary>Queues submissions for the next batch; waits while the queue is full.</summary>
    /// <exception cref="LedgerUnavailableException">The ledger cannot be written, or the service is stopping.</exception>
    public async Task EnqueueAsync(IReadOnlyList<PendingSubmission> submissions, CancellationToken cancellationToken)
    {
        Availability.EnsureWritable();
        foreach (var pending in submissions)
        {
            await _queue.EnqueueAsync(pending, cancellationToken);
        }
    }

    /// <summary>Commits the submissions that wait, up to the size of one batch. Blocks for as long as the database takes.</summary>
    public IReadOnlyList<CommittedBatch> CommitBatch() => Commit(_queue.TakeBatch());

    /// <summary>
    /// Starts to publish batches once those before them are published, which keeps the packs in order. So one batch is published while the
    /// next is committed.
    /// </summary>
    public async Task StartPublishingAsync(IReadOnlyList<CommittedBatch> committed, CancellationToken cancellationToken)
    {
        await Publishing;
        Publishing = _publisher.PublishAsync(committed, cancellationToken);
    }

    private List<CommittedBatch> Commit(List<PendingSubmission> batch)
    {
        using var activity = LedgerTelemetry.StartCommit(batch);
        var started = Stopwatch.GetTimestamp();
        try
        {
            var committed = Availability.Run(() => _committer.Commit(batch));
            Availability.ReportCommitted();
            LedgerTelemetry.RecordCommit(committed, Stopwatch.GetElapsedTime(started), _partition);
            return [committed with { Trace = activity?.Context ?? default }];
        }
        catch (Exception exception) when (LedgerAvailability.FindFault(exception, _storeName) is { } fault)
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
            return CommitOneByOne(batch, exception);
        }
        catch (Exception exception)
        {
            Availability.ReportFailed(exception);
            LedgerTelemetry.RecordFailure(_partition);
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
    private List<CommittedBatch> CommitOneByOne(List<PendingSubmission> batch, Exception exception)
    {
        if (_throttle.TryEnter($"batch {exception.Message}") is not null)
        {
            _logger.LogWarning(
                "Committing a batch of {Count} submissions failed ({Reason}); retrying them one by one.", batch.Count, exception.Message);
        }

        return [.. batch.SelectMany(pending => Commit([pending]))];
    }
}
