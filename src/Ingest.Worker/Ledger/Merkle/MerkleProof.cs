using System.Numerics;

namespace XilinIngest.Worker.Ledger.Merkle;

/// <summary>Creates and verifies the inclusion and consistency proofs of RFC 9162, sections 2.1.3 and 2.1.4.</summary>
internal static class MerkleProof
{
    /// <summary>The root over the leaves <paramref name="from"/> to <paramref name="to"/>, exclusive.</summary>
    public delegate byte[] SubtreeRoot(long from, long to);

    /// <summary>The root over leaf hashes, computed by the recursive definition.</summary>
    public static byte[] RootOf(ReadOnlySpan<byte[]> leaves)
    {
        if (leaves.Length <= 1)
        {
            return leaves.Length == 0 ? MerkleHash.EmptyRoot : leaves[0];
        }

        var split = (int)LargestPowerOfTwoBelow(leaves.Length);
        return MerkleHash.Node(RootOf(leaves[..split]), RootOf(leaves[split..]));
    }

    /// <summary>The hashes from leaf <paramref name="index"/> (from 0) up to the root of a tree of <paramref name="size"/>.</summary>
    public static List<byte[]> Inclusion(long index, long size, SubtreeRoot rootOf)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var path = new List<byte[]>();
        var (from, to) = (0L, size);
        while (to - from > 1)
        {
            var middle = from + LargestPowerOfTwoBelow(to - from);
            if (index < middle)
            {
                path.Add(rootOf(middle, to));
                to = middle;
            }
            else
            {
                path.Add(rootOf(from, middle));
                from = middle;
            }
        }

        path.Reverse();
        return path;
    }

    /// <summary>
    /// The hashes that prove that the tree of <paramref name="first"/> leaves is a prefix of the tree of <paramref name="second"/>.
    /// </summary>
    public static List<byte[]> Consistency(long first, long second, SubtreeRoot rootOf)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(first, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first, second);
        var path = new List<byte[]>();
        var (from, to, whole) = (0L, second, true);
        while (first != to)
        {
            var middle = from + LargestPowerOfTwoBelow(to - from);
            if (first <= middle)
            {
                path.Add(rootOf(middle, to));
                to = middle;
            }
            else
            {
                path.Add(rootOf(from, middle));
                from = middle;
                whole = false;
            }
        }

        if (!whole)
        {
            path.Add(rootOf(from, to));
        }

        path.Reverse();
        return path;
    }

    /// <summary>Whether the tree with this root contains the leaf (RFC 9162, 2.1.3.2).</summary>
    public static bool VerifyInclusion(byte[] leafHash, long index, long size, IReadOnlyList<byte[]> path, ReadOnlySpan<byte> root)
    {
        if (index < 0 || index >= size || leafHash.Length != MerkleHash.Size || !HaveHashSize(path))
        {
            return false;
        }

        var (node, last, hash) = (index, size - 1, leafHash);
        foreach (var sibling in path)
        {
            if (last == 0)
            {
                return false;
            }

            if ((node & 1) == 1 || node == last)
            {
                hash = MerkleHash.Node(sibling, hash);
                while ((node & 1) == 0 && node != 0)
                {
                    (node, last) = (node >> 1, last >> 1);
                }
            }
            else
            {
                hash = MerkleHash.Node(hash, sibling);
            }

            (node, last) = (node >> 1, last >> 1);
        }

        return last == 0 && root.SequenceEqual(hash);
    }

    /// <summary>Whether the first tree is a prefix of the second (RFC 9162, 2.1.4.2).</summary>
    public static bool VerifyConsistency(long first, long second, byte[] firstRoot, byte[] secondRoot, IReadOnlyList<byte[]> path)
    {
        if (first < 1 || first > second || firstRoot.Length != MerkleHash.Size || secondRoot.Length != MerkleHash.Size
            || !HaveHashSize(path))
        {
            return false;
        }

        if (first == second)
        {
            return path.Count == 0 && firstRoot.AsSpan().SequenceEqual(secondRoot);
        }

        var hashes = BitOperations.IsPow2(first) ? [firstRoot, .. path] : path.ToArray();
        if (hashes.Length == 0)
        {
            return false;
        }

        var (node, last) = (first - 1, second - 1);
        while ((node & 1) == 1)
        {
            (node, last) = (node >> 1, last >> 1);
        }

        var (a, b) = (hashes[0], hashes[0]);
        foreach (var hash in hashes.Skip(1))
        {
            if (last == 0)
            {
                return false;
            }

            if ((node & 1) == 1 || node == last)
            {
                (a, b) = (MerkleHash.Node(hash, a), MerkleHash.Node(hash, b));
                while ((node & 1) == 0 && node != 0)
                {
                    (node, last) = (node >> 1, last >> 1);
                }
            }
            else
            {
                b = MerkleHash.Node(b, hash);
            }

            (node, last) = (node >> 1, last >> 1);
        }

        return last == 0 && firstRoot.AsSpan().SequenceEqual(a) && secondRoot.AsSpan().SequenceEqual(b);
    }

    // A hash of another length would be truncated or padded during the copy, and an altered proof could then verify.
    private static bool HaveHashSize(IReadOnlyList<byte[]> path) => path.All(hash => hash.Length == MerkleHash.Size);

    // The largest power of two below n.
    internal static long LargestPowerOfTwoBelow(long n) => 1L << (63 - BitOperations.LeadingZeroCount((ulong)(n - 1)));
}
