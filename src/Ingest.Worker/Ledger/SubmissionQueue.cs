using System.Threading.Channels;

namespace XilinIngest.Worker.Ledger;

/// <summary>The submissions that wait for a commit, and the batches that are made of them.</summary>
internal sealed class SubmissionQueue
{
    private const int MaxBatchSize = 500;
    private const int MaxBatchBytes = 8 * 1024 * 1024;

    // Bounded: when the disk is slow, the consumers wait, and the messages stay in the broker's queue.
    private readonly Channel<PendingSubmission> _pending =
        Channel.CreateBounded<PendingSubmission>(new BoundedChannelOptions(4 * MaxBatchSize) { SingleReader = true });

    /// <summary>The number of submissions that wait for a batch.</summary>
    public int Count => _pending.Reader.Count;

    /// <exception cref="LedgerUnavailableException">The service is stopping.</exception>
    public async Task EnqueueAsync(PendingSubmission submission, CancellationToken cancellationToken)
    {
        try
        {
            await _pending.Writer.WriteAsync(submission, cancellationToken);
        }
        catch (ChannelClosedException)
        {
            throw LedgerUnavailableException.ServiceStopping();
        }
    }

    /// <returns>True: a submission is waiting. False: none came within the timeout.</returns>
    /// <exception cref="OperationCanceledException">The service is stopping.</exception>
    public async Task<bool> WaitAsync(TimeSpan timeout, CancellationToken stoppingToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        limit.CancelAfter(timeout);
        try
        {
            return await _pending.Reader.WaitToReadAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!stoppingToken.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>Takes the submissions that wait, up to the size of one batch.</summary>
    public List<PendingSubmission> TakeBatch()
    {
        var batch = new List<PendingSubmission>();
        var bytes = 0;
        while (batch.Count < MaxBatchSize && bytes < MaxBatchBytes && _pending.Reader.TryRead(out var pending))
        {
            batch.Add(pending);
            bytes += pending.Submission.Body.Length;
        }

        return batch;
    }

    /// <summary>Fails the receipts of all submissions that wait.</summary>
    public void RejectAll(Func<LedgerUnavailableException> createException)
    {
        while (_pending.Reader.TryRead(out var pending))
        {
            pending.Receipt.TrySetException(createException());
        }
    }

    /// <summary>Accepts no further submission.</summary>
    public void Close() => _pending.Writer.TryComplete();
}
