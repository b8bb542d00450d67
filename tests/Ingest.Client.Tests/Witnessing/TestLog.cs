using XilinIngest.SignedNotes;
using XilinIngest.Worker.Ledger.Merkle;

namespace XilinIngest.Client.Tests.Witnessing;

/// <summary>A log with as many rows as are asked for, signed by its key; a fork of it has other rows after the first ones.</summary>
internal sealed class TestLog(NoteSigner key, int common = int.MaxValue)
{
    internal static TestLog New(string origin) => new(NoteSigner.FromPem(NoteSigner.CreatePem(), origin));

    internal NoteVerifier Key => key.Verifier;

    /// <summary>Another history, which the same key signs.</summary>
    /// <param name="after">The number of rows that both have.</param>
    internal TestLog Fork(int after) => new(key, after);

    /// <summary>The checkpoint of a size.</summary>
    internal SignedNote CheckpointOf(int size)
    {
        var text = CheckpointText.Create(key.Verifier.Name, size, MerkleProof.RootOf(LeavesOf(size))).ToString();
        return SignedNote.Create(text, [key.Sign(text)]);
    }

    /// <summary>The request to cosign a size.</summary>
    internal string Ask(int old, int size) =>
        new WitnessRequest(old, old == 0 || old >= size ? [] : Prove(old, size), CheckpointOf(size)).ToString();

    private List<byte[]> Prove(int old, int size)
    {
        var leaves = LeavesOf(size);
        return MerkleProof.Consistency(old, size, (from, to) => MerkleProof.RootOf(leaves.AsSpan((int)from, (int)(to - from))));
    }

    private byte[][] LeavesOf(int size) =>
        [.. Enumerable.Range(0, size).Select(row => MerkleHash.Leaf([(byte)(row < common ? 0 : 1), (byte)row, (byte)(row >> 8)]))];
}
