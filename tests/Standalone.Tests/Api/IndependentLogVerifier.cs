using System.Security.Cryptography;

namespace XilinIngest.Standalone.Tests.Api;

/// <summary>What an outsider would write after reading RFC 9162, 2.1.3.2 and 2.1.4.2: SHA-256 and nothing of ours.</summary>
internal static class IndependentLogVerifier
{
    internal static byte[] Leaf(byte[] entry) => SHA256.HashData([0, .. entry]);

    internal static bool Includes(byte[] leaf, long index, long size, IEnumerable<byte[]> path, byte[] root)
    {
        var (fn, sn, r) = (index, size - 1, leaf);
        foreach (var p in path)
        {
            if (sn == 0)
            {
                return false;
            }

            if (fn % 2 == 1 || fn == sn)
            {
                r = Node(p, r);
                while (fn % 2 == 0 && fn != 0)
                {
                    (fn, sn) = (fn / 2, sn / 2);
                }
            }
            else
            {
                r = Node(r, p);
            }

            (fn, sn) = (fn / 2, sn / 2);
        }

        return sn == 0 && r.SequenceEqual(root);
    }

    internal static bool IsConsistent(long first, long second, byte[] firstRoot, byte[] secondRoot, IReadOnlyList<byte[]> proof)
    {
        if (first == second)
        {
            return proof.Count == 0 && firstRoot.SequenceEqual(secondRoot);
        }

        List<byte[]> path = (first & (first - 1)) == 0 ? [firstRoot, .. proof] : [.. proof];
        var (fn, sn) = (first - 1, second - 1);
        while (fn % 2 == 1)
        {
            (fn, sn) = (fn / 2, sn / 2);
        }

        var (fr, sr) = (path[0], path[0]);
        foreach (var c in path.Skip(1))
        {
            if (sn == 0)
            {
                return false;
            }

            if (fn % 2 == 1 || fn == sn)
            {
                (fr, sr) = (Node(c, fr), Node(c, sr));
                while (fn % 2 == 0 && fn != 0)
                {
                    (fn, sn) = (fn / 2, sn / 2);
                }
            }
            else
            {
                sr = Node(sr, c);
            }

            (fn, sn) = (fn / 2, sn / 2);
        }

        return sn == 0 && fr.SequenceEqual(firstRoot) && sr.SequenceEqual(secondRoot);
    }

    private static byte[] Node(byte[] left, byte[] right) => SHA256.HashData([1, .. left, .. right]);
}
