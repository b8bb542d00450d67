using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using XilinIngest.CatalogueFiles;
using XilinIngest.Contracts;
using XilinIngest.Messaging;

namespace XilinIngest.Worker.Ledger;

/// <summary>
/// Commits the submissions of any number of consumers in batches. One durable write covers everything that arrived during the last one. The
/// order is commit, publish the accepted packs, complete the receipts; then the consumers acknowledge. After a crash in between, the broker
/// redelivers, and the stored verdict is found and published again. The broker's queue therefore serves as the outbox. What a batch does is
/// in <see cref="LedgerSteps"/>; this is its loop.
/// </summary>
internal sealed class LedgerWriter : BackgroundService
{
    // The time that a bus gets to confirm the last packs while the service stops.
    private static readonly TimeSpan ShutdownGrace = TimeSpan.FromSeconds(5);

    // How often the ledger is read while nobody sends.
    private static readonly TimeSpan IdleProbeInterval = TimeSpan.FromSeconds(2);

    private readonly SubmissionQueue _queue = new();

    public LedgerWriter(
        LedgerCommitter committer, LedgerStore store, MessagePublisher publisher, CatalogueSource catalogues,
        ILogger<LedgerWriter> logger) =>
        Steps = new LedgerSteps(committer, store, _queue, publisher, catalogues, logger);

    /// <summary>The steps of the loop.</summary>
    public LedgerSteps Steps { get; }

    /// <summary>Whether the ledger can be written and read.</summary>
    public LedgerAvailability Availability => Steps.Availability;

    /// <summary>The number of submissions that wait for a batch.</summary>
    public int WaitingCount => _queue.Count;

    /// <summary>Records submissions. Returns their receipts, in the same order, when they are stored and published.</summary>
    /// <exception cref="LedgerUnavailableException">The ledger cannot be written, or the service is stopping.</exception>
    public async Task<IReadOnlyList<SubmissionReceipt>> AppendAsync(
        IReadOnlyList<PendingSubmission> submissions, CancellationToken cancellationToken)
    {
        await Steps.EnqueueAsync(submissions, cancellationToken);

        // Usually one batch has them all, so the receipts complete together.
        var receipts = new SubmissionReceipt[submissions.Count];
        for (var i = 0; i < receipts.Length; i++)
        {
            receipts[i] = await submissions[i].Receipt.Task.WaitAsync(cancellationToken);
        }

        return receipts;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var graceEnded = new CancellationTokenSource();
        await using var registration = stoppingToken.Register(() => graceEnded.CancelAfter(ShutdownGrace));
        try
        {
            while (true)
            {
                if (await _queue.WaitAsync(IdleProbeInterval, stoppingToken))
                {
                    // A batch that was taken is committed and answered, even while the service stops.
                    var committed = await Task.Run(Steps.CommitBatch, CancellationToken.None);
                    await Steps.StartPublishingAsync(committed, graceEnded.Token);
                }
                else
                {
                    await Task.Run(Availability.ProbeRead, CancellationToken.None);
                }

                await Availability.WaitUntilWritableAsync(stoppingToken);
            }
        }
        finally
        {
            _queue.Close();
            await Steps.Publishing;
            _queue.RejectAll(LedgerUnavailableException.ServiceStopping);
            Availability.Resume();
        }
    }
}
