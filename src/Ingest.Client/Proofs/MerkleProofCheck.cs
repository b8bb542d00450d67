using System.Security.Cryptography;

namespace XilinIngest.Client.Proofs;

/// <summary>
/// Verifies proofs of a Merkle log, written from RFC 9162 (2.1.3.2 and 2.1.4.2) without the service's code, so that an office need not
/// trust it.
/// </summary>
internal static class MerkleProofCheck
{
    private const int Size = 32;

    public static byte[] LeafHash(ReadOnlySpan<byte> entry) => SHA256.HashData((byte[])[0, .. entry]);

    /// <summary>Whether the leaf at <paramref name="index"/>, from 0, is in the tree of this size and root.</summary>
    public static bool IsIncluded(byte[] leaf, long index, long size, IReadOnlyList<byte[]> path, byte[] root)
    {
        if (index < 0 || index >= size || leaf.Length != Size || path.Any(hash => hash.Length != Size))
        {
            return false;
        }

        var (fn, sn, r) = (index, size - 1, leaf);
        foreach (var p in path)
        {
            if (sn == 0)
            {
                return false;
            }

            if ((fn & 1) == 1 || fn == sn)
            {
                r = NodeHash(p, r);
                AscendToRightChild(ref fn, ref sn);
            }
            else
            {
                r = NodeHash(r, p);
            }

            (fn, sn) = (fn >> 1, sn >> 1);
        }

        return sn == 0 && r.AsSpan().SequenceEqual(root);
    }

    /// <summary>Whether the first tree is a prefix of the second.</summary>
    public static bool IsConsistent(long first, long second, byte[] firstRoot, byte[] secondRoot, IReadOnlyList<byte[]> proof)
    {
        if (first == second)
        {
            return proof.Count == 0 && firstRoot.AsSpan().SequenceEqual(secondRoot);
        }

        List<byte[]> path = first > 0 && (first & (first - 1)) == 0 ? [firstRoot, .. proof] : [.. proof];
        if (first < 1 || first > second || path.Count == 0 || path.Exists(hash => hash.Length != Size))
        {
            return false;
        }

        var (fn, sn) = (first - 1, second - 1);
        while ((fn & 1) == 1)
        {
            (fn, sn) = (fn >> 1, sn >> 1);
        }

        var (fr, sr) = (path[0], path[0]);
        foreach (var c in path.Skip(1))
        {
            if (sn == 0)
            {
                return false;
            }

            if ((fn & 1) == 1 || fn == sn)
            {
                (fr, sr) = (NodeHash(c, fr), NodeHash(c, sr));
                AscendToRightChild(ref fn, ref sn);
            }
            else
            {
                sr = NodeHash(sr, c);
            }

            (fn, sn) = (fn >> 1, sn >> 1);
        }

        return sn == 0 && fr.AsSpan().SequenceEqual(firstRoot) && sr.AsSpan().SequenceEqual(secondRoot);
    }

    private static void AscendToRightChild(ref long fn, ref long sn)
    {
        while ((fn & 1) == 0 && fn != 0)
        {
            (fn, sn) = (fn >> 1, sn >> 1);
        }
    }

    private static byte[] NodeHash(byte[] left, byte[] right) => SHA256.HashData((byte[])[1, .. left, .. right]);
}
