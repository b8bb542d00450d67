using System.Data.Common;
using XilinIngest.SignedNotes;
using XilinIngest.Storage;

namespace XilinIngest.Worker.Ledger;

/// <summary>
/// Gives all ledgers of an installation a new key, or a new key of their times. The former one introduces it in each ledger, so that
/// whoever knows the former key takes the new one. The new private key is on the disk before any ledger names it, and takes the place of
/// the former one last: a run that was interrupted is finished by another.
/// </summary>
/// <param name="path">The file of the ledgers' key.</param>
/// <param name="ledgers">The ledgers of all partitions.</param>
internal sealed class KeyRotation(string path, IReadOnlyList<LedgerStore> ledgers)
{
    private readonly SigningKeyFiles _files = new(path);

    /// <param name="ofTimes">Whether it is the key of times.</param>
    /// <returns>The new public keys, one for each ledger; of times one.</returns>
    /// <exception cref="InvalidOperationException">A ledger has another key, or its key is missing, or none has a key yet.</exception>
    public IReadOnlyList<NoteVerifier> Rotate(bool ofTimes)
    {
        // Two rotations at once would introduce a key each, some ledgers the one and some the other.
        using var alone = ledgers[0].AcquireLease(LedgerStartup.Lease);
        var installation = LedgerOrigin.FindRecorded(ledgers) ?? throw new InvalidOperationException(
            $"台账 {ledgers[0].Name} 尚未由服务打开过，还没有可更换的密钥。请先启动一次服务。 / No service has opened the ledger {ledgers[0].Name} yet: there is "
            + "no key to replace. Start the service once.");
        var file = ofTimes ? _files.Time : _files.Log;
        var next = SigningKeyFiles.NextOf(file);
        if (!File.Exists(next))
        {
            foreach (var ledger in ledgers)
            {
                CheckpointSigner.EnsureKept(path, ledger);
                CheckpointSigner.LoadMatching(path, ledger, installation);
            }

            SigningKeyFiles.Create(next);
        }

        List<NoteVerifier> added = [.. ledgers.Select(ledger => Introduce(ledger, installation, next, ofTimes)).Distinct()];
        SigningKeyFiles.Replace(file, next);
        return added;
    }

    private NoteVerifier Introduce(LedgerStore ledger, string installation, string next, bool ofTimes)
    {
        using var connection = ledger.Open();
        using var transaction = Database.BeginWrite(connection);
        var signer = CheckpointSigner.LoadIn(connection, transaction, path, ledger, installation);
        var (log, time) = signer.Private;
        var former = ofTimes ? time : log;
        var added = SigningKeyFiles.Read(next, former.Verifier.Name, former.Verifier.Algorithm);
        if (added.Verifier.Equals(ofTimes ? signer.Keys.NewestOfTimes : signer.Keys.Newest))
        {
            return added.Verifier;
        }

        signer.EnsureCurrent(path, ledger, SizeOf(connection, transaction));

        // A ledger that no service has opened has recorded no key yet, and begins with the new one.
        var recorded = LedgerStore.ReadKeys(connection, transaction);
        if (recorded.Count > 0)
        {
            var said = new KeyIntroduction(signer.Origin, SizeOf(connection, transaction), former.Verifier, added.Verifier);
            LedgerStore.WriteKeys(connection, transaction, recorded.Count,
                [new(added.Verifier, said.After, CheckpointSigner.Introduce(said, ofTimes ? [log] : [log, added]))]);
            transaction.Commit();
        }

        return added.Verifier;
    }

    private static long SizeOf(DbConnection connection, DbTransaction transaction) =>
        LedgerStore.ReadFrontier(connection, transaction).Count;
}
