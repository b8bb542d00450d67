using XilinIngest.SignedNotes;

namespace XilinIngest.Client.Proofs;

/// <summary>
/// Verifies files that prove ledger rows (<see cref="TlogProof"/>) with nothing but the keys that the office has. No service is asked.
/// </summary>
/// <param name="keys">The keys of the service.</param>
/// <param name="policy">Which witnesses have to have cosigned the checkpoint; null: none.</param>
internal sealed class ProofFileCheck(PinnedKeyFile keys, TrustPolicy? policy = null)
{
    private static readonly (string Zh, string En) NoRow =
        ("文件里没有台账的那一行（extra 行），不知道证明的是什么。", "The file does not have the ledger row (its line extra): what it proves is not known.");

    /// <returns>What is proven, or the fault.</returns>
    public (ProvenRow? Proven, (string Zh, string En)? Fault) Check(ReadOnlySpan<byte> file)
    {
        if (!TlogProof.TryParse(file, out var proof))
        {
            return (null, TlogProof.HasHead(file)
                ? ("文件不完整或被改动过，多一个空格也不行。请重新取得。", "The file is cut off or was altered; one space is enough. Save it again.")
                : ("不是回执的证明文件（.tlog-proof）。", "It is no file that proves a receipt (.tlog-proof)."));
        }

        var checkpoint = proof.Tree;
        var (signing, fault) = CheckCheckpoint(proof.Checkpoint, checkpoint);
        if (signing is null)
        {
            return (null, fault);
        }

        if (CanonicalLedgerRow.Read(proof.Extra) is not { } row)
        {
            return (null, NoRow);
        }

        var leaf = MerkleProofCheck.LeafHash(proof.Extra);
        return row.Sequence == proof.Index + 1
            && MerkleProofCheck.IsIncluded(leaf, proof.Index, checkpoint.Size, proof.Hashes, checkpoint.Root.ToArray())
            ? (new ProvenRow(row, checkpoint, signing), null)
            : (null, ("文件里的这一行与签名的台账对不上：内容或证明被改动过。",
                "The row in the file is not in the ledger that was signed: the row or its proof was altered."));
    }

    // What must hold of a checkpoint, with its signatures of others too, is decided here alone.
    private (CheckpointSigning? Signing, (string Zh, string En)? Fault) CheckCheckpoint(SignedNote note, CheckpointText checkpoint)
    {
        if (!keys.IsLedger(checkpoint.Origin))
        {
            return (null, ($"这是另一个台账（{checkpoint.Origin}）的证明，记下的公钥是 {keys.Installation} 的。",
                $"It is a proof of another ledger ({checkpoint.Origin}): the known keys are those of {keys.Installation}."));
        }

        var signatures = note.Verify(keys.KeysOf(checkpoint.Origin));
        if (signatures.Forged is not null)
        {
            return (null, ("检查点的签名不对：检查点被改动过。", "A signature of the checkpoint is wrong: the checkpoint was altered."));
        }

        var log = signatures.Valid.FirstOrDefault(signature => !PinnedKeys.IsOfTimes(signature.Key));
        var time = signatures.Valid.FirstOrDefault(
            signature => PinnedKeys.IsOfTimes(signature.Key) && signature.Key.Name == LogKeys.TimeNameOf(keys.Installation));
        return log is null
            ? (null, ("检查点不是用记下的公钥签名的。", "The checkpoint is not signed by a known key of the ledger."))
            : time?.Time is not { } signedAt
            ? (null, ("检查点的时间不是用记下的公钥签名的。", "The time of the checkpoint is not signed by a known key."))
            : CheckWitnesses(note, checkpoint) is { } unwitnessed
            ? (null, unwitnessed)
            : (new CheckpointSigning(signedAt, !keys.IsCurrent(log.Key) || !keys.IsCurrent(time.Key)), null);
    }

    private (string Zh, string En)? CheckWitnesses(SignedNote note, CheckpointText checkpoint) =>
        policy is not null && WitnessedCheckpoint.FindFault(policy, policy.Check(note), checkpoint) is { } fault
            ? ($"{fault.Zh}回执自己的检查点没有联署，可用 xilin receipt save --newest 取得有联署的证明。",
                $"{fault.En} The checkpoint of a receipt itself has no cosignatures; xilin receipt save --newest gets a proof with them.")
            : null;
}

/// <summary>A ledger row that is in a signed ledger.</summary>
/// <param name="Row">The row.</param>
/// <param name="Checkpoint">The ledger, and how many rows it had.</param>
/// <param name="Signing">Who signed it.</param>
internal sealed record ProvenRow(CanonicalLedgerRow Row, CheckpointText Checkpoint, CheckpointSigning Signing);

/// <summary>The signatures of a checkpoint.</summary>
/// <param name="Time">When it was signed, to the second.</param>
/// <param name="IsByFormerKey">Whether one of its keys was replaced since. Whoever stole it could still sign with it.</param>
internal sealed record CheckpointSigning(DateTimeOffset Time, bool IsByFormerKey);
