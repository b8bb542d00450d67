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
internal sealed class LedgerCommitter(LedgerStore store, CheckpointSigner signer, CatalogueSource catalogues, TimeProvider clock)
{
    private Catalogue? _numbersCatalogue;
    private IndicatorNumbers? _numbers;

    public CommittedBatch Commit(IReadOnlyList<PendingSubmission> group)
    {
        try
        {
            return CommitInTransaction(group);
        }
        catch
        {
            // A rollback removes newly assigned numbers.
            _numbers = null;
            throw;
        }
    }

    private CommittedBatch CommitInTransaction(IReadOnlyList<PendingSubmission> group)
    {
        using var connection = store.Open();
        using var transaction = Database.BeginWrite(connection);

        // Read under the lock, because an edit of the catalogue also takes effect under it. No submission is decided by an outdated
        // catalogue.
        var catalogue = catalogues.Current;
        group = [.. group.Select(pending => pending.RecheckWith(catalogue, clock.GetUtcNow()))];
        var run = new CommitBatch(connection, transaction, catalogue, Numbers(connection, transaction, catalogue),
            LedgerEntry.TruncateToMicroseconds(clock.GetUtcNow()));
        run.Load(group);
        var slots = group.Select(pending => (pending, run.Append(pending))).ToList();
        var checkpoint = run.Write(signer);
        transaction.Commit();
        store.EnsureCommittedToSameFile();

        var receipts = slots.Select(slot => (slot.pending, ReceiptFactory.Create(slot.pending.Submission, slot.Item2.Entry,
            slot.Item2.IsNew ? checkpoint! : LedgerStore.ReadCheckpoint(connection, slot.Item2.Entry.Sequence)!))).ToList();

        // An altered row is not published again. A replay that reaches it reports it.
        var resent = slots.Where(slot => !slot.Item2.IsNew && slot.Item2.Entry.Verdict == StoredVerdicts.Accepted
            && slot.Item2.Entry.IsIntact)
            .Select(slot => slot.Item2.Entry).ToList();
        return new CommittedBatch(
            [.. run.NewPacks(), .. resent.Count == 0 ? [] : ResentPacks(connection, resent, run.LastSequence, catalogue)], receipts);
    }

    // Each pack says which row it follows and where the ledger ends, so that an aggregator need not ask the ledger.
    private static IEnumerable<SubmissionsAccepted> ResentPacks(
        DbConnection connection, IReadOnlyList<LedgerEntry> resent, long last, Catalogue catalogue)
    {
        var newest = LedgerStore.ReadLeafHash(connection, last);
        return resent.Select(
            row => AcceptedPackFactory.Create([row], LedgerStore.ReadLeafHash(connection, row.Sequence - 1), catalogue) with
            {
                NewestSequence = last,
                NewestLeafHash = newest,
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
