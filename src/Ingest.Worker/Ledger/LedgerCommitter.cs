using System.Data.Common;
using XilinIngest.CatalogueFiles;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Storage;

namespace XilinIngest.Worker.Ledger;

/// <summary>
/// Commits one batch in one transaction: decides on each submission, adds the rows to the Merkle log, signs the new state. The write
/// lock is held from the start, so the batches of several workers follow one another.
/// </summary>
internal sealed class LedgerCommitter(
    LedgerStore store, CheckpointSigner signer, CatalogueSource catalogues, TimeProvider clock, LedgerCache? cache = null) : IDisposable
{
    private readonly KeptConnection _connection = store.Keep();
    private readonly LedgerCache _cache = cache ?? new();
    private Catalogue? _numbersCatalogue;
    private IndicatorNumbers? _numbers;

    public CommittedBatch Commit(IReadOnlyList<PendingSubmission> group)
    {
        var succeeded = false;
        try
        {
            var committed = _connection.Use(connection => CommitInTransaction(connection, group));
            succeeded = true;
            return committed;
        }
        finally
        {
            if (!succeeded)
            {
                // A rollback removes newly assigned numbers, and the rows that the cache took over.
                _numbers = null;
                _cache.Clear();
            }
        }
    }

    public void Dispose() => _connection.Dispose();

    private CommittedBatch CommitInTransaction(DbConnection connection, IReadOnlyList<PendingSubmission> group)
    {
        using var transaction = Database.BeginWrite(connection);

        // Read under the lock, as an edit of the catalogue takes effect under it: no submission is decided by an outdated catalogue.
        var (catalogue, now) = (catalogues.Current, clock.GetUtcNow());
        group = [.. group.Select(pending => pending.RecheckWith(catalogue, now).EnsureAtHome(store.Partition, catalogue))];
        var run = new CommitBatch(connection, transaction, store, catalogue, Numbers(connection, transaction, catalogue), _cache,
            LedgerEntry.TruncateToMicroseconds(now));
        run.Load(group);
        var decided = group.Select(run.Append).ToList();
        var checkpoint = run.Write(signer);
        transaction.Commit();
        store.EnsureCommittedToSameFile();

        var receipts = group.Zip(decided, (pending, row) => (pending, ReceiptFactory.Create(pending.Submission, row.Entry, row.Findings,
            row.IsNew ? checkpoint! : store.ReadCheckpoint(connection, row.Entry.Sequence)!))).ToList();

        // A row that was altered since is not published again; a replay that reaches it names it.
        var resent = decided.Where(row => !row.IsNew && row.Entry.Verdict == StoredVerdicts.Accepted && row.Entry.IsIntact)
            .Select(row => row.Entry).ToList();
        return new CommittedBatch(
            [.. run.NewPacks(), .. resent.Count == 0 ? [] : ResentPacks(connection, resent, run.LastSequence, catalogue)], receipts);
    }

    // Each pack says which row it follows and where the ledger ends, so that an aggregator need not ask the ledger.
    private IEnumerable<SubmissionsAccepted> ResentPacks(
        DbConnection connection, IReadOnlyList<LedgerEntry> resent, long last, Catalogue catalogue)
    {
        var newest = LedgerStore.ReadLeafHash(connection, last);
        return resent.Select(
            row => AcceptedPackFactory.Create([row], LedgerStore.ReadLeafHash(connection, row.Sequence - 1), catalogue) with
            {
                NewestSequence = last,
                NewestLeafHash = newest,
                Partition = store.PartitionPath,
                Checkpoint = row.Sequence == last ? store.ReadCheckpoint(connection, last) : null,
            });
    }

    private IndicatorNumbers Numbers(DbConnection connection, DbTransaction transaction, Catalogue catalogue)
    {
        if (_numbers is null || _numbersCatalogue != catalogue)
        {
            _numbers = IndicatorNumbers.Load(connection, transaction, catalogue.Indicators.Select(indicator => indicator.Code));
            _numbersCatalogue = catalogue;
        }

        return _numbers;
    }
}
