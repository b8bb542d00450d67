using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using XilinIngest.Storage;

namespace XilinIngest.Worker.Ledger.Merkle;

/// <summary>
/// The two hashes of RFC 9162, section 2.1.1. Their prefixes differ, so a leaf cannot be passed off as a node or the reverse.
/// </summary>
internal static class MerkleHash
{
    public const int Size = 32;

    /// <summary>The root of an empty tree: SHA-256 of nothing.</summary>
    public static byte[] EmptyRoot => SHA256.HashData([]);

    /// <summary>What is hashed before the bytes of a leaf.</summary>
    public static ReadOnlySpan<byte> LeafPrefix => [0x00];

    public static byte[] Leaf(ReadOnlySpan<byte> entry)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(1 + entry.Length);
        LeafPrefix.CopyTo(bytes);
        entry.CopyTo(bytes.AsSpan(1));
        var hash = SHA256.HashData(bytes.AsSpan(0, 1 + entry.Length));
        ArrayPool<byte>.Shared.Return(bytes);
        return hash;
    }

    public static byte[] Node(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        Span<byte> bytes = stackalloc byte[1 + 2 * Size];
        bytes[0] = 0x01;
        left.CopyTo(bytes[1..]);
        right.CopyTo(bytes[(1 + Size)..]);
        return SHA256.HashData(bytes);
    }
}

/// <summary>
/// The right edge of a growing tree: the roots of its complete subtrees, largest first. These few hashes are enough to append the next
/// batch to a log of any length.
/// </summary>
internal sealed class MerkleFrontier
{
    private readonly List<byte[]> _roots = [];

    public long Count { get; private set; }

    /// <param name="leafHash">The hash of the leaf.</param>
    /// <param name="completed">Receives the roots of the subtrees that this leaf completes, if their level is stored.</param>
    public void Append(byte[] leafHash, ICollection<TreeNode>? completed = null)
    {
        var (hash, level) = (leafHash, 0);

        // The number of trailing ones of the count is the number of equal-sized subtrees that merge with the new leaf.
        for (var merges = BitOperations.TrailingZeroCount(~Count); merges > 0; merges--)
        {
            hash = MerkleHash.Node(_roots[^1], hash);
            _roots.RemoveAt(_roots.Count - 1);
            if (++level % StoredMerkleTree.StoredLevelStep == 0)
            {
                completed?.Add(new(level, Count >> level, hash));
            }
        }

        _roots.Add(hash);
        Count++;
    }

    public byte[] Root()
    {
        if (_roots.Count == 0)
        {
            return MerkleHash.EmptyRoot;
        }

        var root = _roots[^1];
        for (var i = _roots.Count - 2; i >= 0; i--)
        {
            root = MerkleHash.Node(_roots[i], root);
        }

        return root;
    }

    public MerkleFrontier Copy()
    {
        var copy = new MerkleFrontier { Count = Count };
        copy._roots.AddRange(_roots);
        return copy;
    }

    /// <param name="count">The number of leaves.</param>
    /// <param name="roots">The roots of the complete subtrees of these leaves, largest first.</param>
    public static MerkleFrontier Of(long count, IEnumerable<byte[]> roots)
    {
        var frontier = new MerkleFrontier { Count = count };
        frontier._roots.AddRange(roots);
        return frontier;
    }

    /// <summary>The count, then the hashes.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[8 + _roots.Count * MerkleHash.Size];
        BinaryPrimitives.WriteInt64BigEndian(bytes, Count);
        for (var i = 0; i < _roots.Count; i++)
        {
            _roots[i].CopyTo(bytes, 8 + i * MerkleHash.Size);
        }

        return bytes;
    }

    /// <exception cref="DamagedDataException">The bytes are not a frontier.</exception>
    public static MerkleFrontier FromBytes(ReadOnlySpan<byte> bytes)
    {
        var count = bytes.Length >= 8 ? BinaryPrimitives.ReadInt64BigEndian(bytes) : -1;
        if (count < 0 || bytes.Length != 8 + BitOperations.PopCount((ulong)count) * MerkleHash.Size)
        {
            throw new DamagedDataException(
                "The ledger's head holds no valid frontier: it was changed by hand. Restore it from a backup, then run verify.");
        }

        var frontier = new MerkleFrontier { Count = count };
        for (var at = 8; at < bytes.Length; at += MerkleHash.Size)
        {
            frontier._roots.Add(bytes.Slice(at, MerkleHash.Size).ToArray());
        }

        return frontier;
    }
}
