using Microsoft.Extensions.Logging;
using XilinIngest.CatalogueFiles;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Messaging;
using XilinIngest.Worker.Ledger.Tiles;

namespace XilinIngest.Worker.Ledger;

/// <summary>
/// The ledger of one partition, with everything that writes and reads it. It has a sequence, a log and a write lock of its own.
/// </summary>
internal sealed class PartitionLedger : IDisposable
{
    private readonly LedgerCommitter _committer;

    /// <param name="store">Its rows.</param>
    /// <param name="signer">Its keys.</param>
    /// <param name="catalogues">The catalogue in force.</param>
    /// <param name="publisher">Publishes its packs.</param>
    /// <param name="clock">The time of its rows.</param>
    /// <param name="logger">Logs faults of its writer.</param>
    /// <param name="cache">What it remembers of its units; null: as the only ledger.</param>
    public PartitionLedger(
        LedgerStore store, CheckpointSigner signer, CatalogueSource catalogues, MessagePublisher publisher, TimeProvider clock,
        ILogger<LedgerWriter> logger, LedgerCache? cache = null)
    {
        (Store, Signer) = (store, signer);
        _committer = new LedgerCommitter(store, signer, catalogues, clock, cache);
        Writer = new LedgerWriter(_committer, store, publisher, catalogues, logger);
        DryRun = new DryRun(store, catalogues, clock);
        Queries = new LedgerQueries(store);
        Proofs = new LedgerProofs(store);
        Tiles = new LedgerTiles(store);
    }

    public Partition Partition => Store.Partition;

    public LedgerStore Store { get; }

    public CheckpointSigner Signer { get; }

    public LedgerWriter Writer { get; }

    public LedgerAvailability Availability => Writer.Availability;

    public DryRun DryRun { get; }

    public LedgerQueries Queries { get; }

    public LedgerProofs Proofs { get; }

    public LedgerTiles Tiles { get; }

    /// <summary>Whether its rows could be published again.</summary>
    public ReplayState Replays { get; } = new();

    /// <inheritdoc cref="LedgerWriter.AppendAsync"/>
    public async Task<IReadOnlyList<SubmissionReceipt>> AppendAsync(
        IReadOnlyList<PendingSubmission> submissions, CancellationToken cancellationToken)
    {
        try
        {
            return await Writer.AppendAsync(submissions, cancellationToken);
        }
        catch (LedgerUnavailableException exception)
        {
            exception.Ledger = Availability;
            throw;
        }
    }

    public void Dispose()
    {
        Writer.Dispose();
        _committer.Dispose();
    }
}
