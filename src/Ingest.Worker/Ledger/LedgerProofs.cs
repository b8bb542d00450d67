using System.Data.Common;
using XilinIngest.Contracts;
using XilinIngest.SignedNotes;
using XilinIngest.Storage;
using XilinIngest.Worker.Ledger.Merkle;

namespace XilinIngest.Worker.Ledger;

/// <summary>The proofs that a row is in the log of the ledger, and that a log is the beginning of a later one.</summary>
internal sealed class LedgerProofs(LedgerStore store)
{
    /// <summary>The inclusion path of a row in the tree of a size, in lower-case hexadecimal, from the leaf up.</summary>
    public InclusionProof Inclusion(long sequence, long treeSize)
    {
        using var connection = store.OpenInteractive();
        var leaf = LedgerStore.ReadLeafHashes(connection, sequence, sequence).Single();
        var path = EnsureSigned(
            connection, treeSize, tree => MerkleProof.Inclusion(sequence - 1, treeSize, tree),
            (root, path) => MerkleProof.VerifyInclusion(leaf, sequence - 1, treeSize, path, root));
        return new InclusionProof(sequence, treeSize, Convert.ToHexStringLower(leaf), [.. path.Select(Convert.ToHexStringLower)]);
    }

    /// <summary>A file that proves a row at a checkpoint and has the row's bytes (<c>extra</c>), so that it needs nothing else.</summary>
    /// <param name="row">The row.</param>
    /// <param name="checkpoint">A checkpoint that covers it; null: that of its receipt.</param>
    /// <exception cref="DamagedDataException">The parts of the checkpoint are none.</exception>
    public TlogProof CreateFile(SubmissionDetail row, SignedNote? checkpoint)
    {
        var note = checkpoint ?? NoteOf(row.Receipt.Checkpoint);
        if (note is null || !CheckpointText.TryParse(note.Text, out var tree))
        {
            throw new DamagedDataException($"The checkpoint of row {row.Receipt.Sequence} is damaged: run verify.");
        }

        var sequence = row.Receipt.Sequence;
        var hashes = Inclusion(sequence, tree.Size).Path.Select(Convert.FromHexString);
        return new TlogProof(Convert.FromBase64String(row.CanonicalBytes), sequence - 1, [.. hashes], note);
    }

    private static SignedNote? NoteOf(Checkpoint checkpoint) =>
        CheckpointNote.Compose(checkpoint.Origin, checkpoint.TreeSize, checkpoint.Root, checkpoint.Signatures);

    /// <summary>The hashes that prove that the first tree is a prefix of the second.</summary>
    public ConsistencyProof Consistency(long first, long second)
    {
        using var connection = store.OpenInteractive();
        var path = EnsureSigned(
            connection, second, tree => MerkleProof.Consistency(first, second, tree),
            (root, path) => MerkleProof.VerifyConsistency(first, second, new StoredMerkleTree(connection).RootOf(0, first), root, path));
        return new ConsistencyProof(first, second, [.. path.Select(Convert.ToHexStringLower)]);
    }

    // From the stored subtrees if their root matches a signed checkpoint; otherwise from every leaf, which is slow.
    private List<byte[]> EnsureSigned(
        DbConnection connection, long treeSize, Func<MerkleProof.SubtreeRoot, List<byte[]>> prove, Func<byte[], List<byte[]>, bool> holds)
    {
        var tree = new StoredMerkleTree(connection);
        var root = tree.RootOf(0, treeSize);
        var path = prove(tree.RootOf);
        if (holds(root, path) && IsSigned(connection, tree, treeSize, root))
        {
            return path;
        }

        var leaves = LedgerStore.ReadLeafHashes(connection, 1, treeSize).ToArray();
        return prove((from, to) => MerkleProof.RootOf(leaves.AsSpan((int)from, (int)(to - from))));
    }

    // A tree between two checkpoints is covered by the later one, of which it is a prefix.
    private bool IsSigned(DbConnection connection, StoredMerkleTree tree, long size, byte[] root) =>
        store.ReadCheckpoint(connection, size) is { } checkpoint
        && MerkleProof.VerifyConsistency(size, checkpoint.TreeSize, root, Convert.FromHexString(checkpoint.Root),
            MerkleProof.Consistency(size, checkpoint.TreeSize, tree.RootOf));
}

/// <summary>An inclusion proof (RFC 9162, 2.1.3): the row is leaf <c>sequence − 1</c>.</summary>
public sealed record InclusionProof(long Sequence, long TreeSize, string LeafHash, IReadOnlyList<string> Path);

/// <summary>A consistency proof (RFC 9162, 2.1.4).</summary>
public sealed record ConsistencyProof(long First, long Second, IReadOnlyList<string> Path);
