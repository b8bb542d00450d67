using System.Data.Common;
using XilinIngest.CatalogueFiles;
using XilinIngest.Contracts;
using XilinIngest.Indicators;
using XilinIngest.Storage;

namespace XilinIngest.Worker.Ledger;

/// <summary>
/// Commits one group in one transaction: decides each submission against what stands, seals the rows into the Merkle
/// log, signs the new state. The write lock is held from the start, so groups of several workers follow one another.
/// </summary>
internal sealed class LedgerCommitter(LedgerStore store, CheckpointSigner signer, CatalogueSource catalogues, TimeProvider clock)
{
    private Catalogue? _numberedFor;
    private IndicatorNumbers? _numbers;

    public CommittedGroup Commit(IReadOnlyList<Pending> group)
    {
        try
        {
            return CommitOnce(group);
        }
        catch
        {
            // A rollback takes newly given numbers back.
            _numbers = null;
            throw;
        }
    }

    private CommittedGroup CommitOnce(IReadOnlyList<Pending> group)
    {
        using var connection = store.Open();
        using var transaction = Database.BeginWrite(connection);

        // Under the lock: an edit takes effect under it too, so no figure comes under what is no longer in force.
        var catalogue = catalogues.Current;
        group = [.. group.Select(pending => pending.Under(catalogue, clock.GetUtcNow()))];
        var run = new GroupRun(connection, transaction, catalogue, Numbers(connection, transaction, catalogue), LedgerEntry.ToMicroseconds(clock.GetUtcNow()));
        run.Load(group);
        var slots = group.Select(pending => (pending, run.Place(pending))).ToList();
        var checkpoint = run.Write(signer);
        transaction.Commit();
        store.EnsureCommittedInPlace();

        var receipts = slots.Select(slot => (slot.pending, Receipts.For(slot.pending.Submission, slot.Item2.Entry,
            slot.Item2.IsNew ? checkpoint! : LedgerStore.ReadCheckpoint(connection, slot.Item2.Entry.Sequence)!))).ToList();

        // A row that was altered since is not published again; the replay that asks for it names it.
        var again = slots.Where(slot => !slot.Item2.IsNew && slot.Item2.Entry.Verdict == Verdicts.Accepted && slot.Item2.Entry.IsIntact)
            .Select(slot => AcceptedPacks.Of([slot.Item2.Entry], null, catalogue));
        return new CommittedGroup([.. run.NewPacks(), .. again], receipts);
    }

    private IndicatorNumbers Numbers(DbConnection connection, DbTransaction transaction, Catalogue catalogue)
    {
        if (_numbers is null || _numberedFor != catalogue)
        {
            _numbers = IndicatorNumbers.Load(connection, transaction, catalogue.Indicators.Select(indicator => indicator.Code));
            _numberedFor = catalogue;
        }

        return _numbers;
    }
}
