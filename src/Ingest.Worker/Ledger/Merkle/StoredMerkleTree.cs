using System.Data.Common;
using System.Numerics;
using Dapper;
using XilinIngest.Storage;

namespace XilinIngest.Worker.Ledger.Merkle;

/// <summary>The root of a complete subtree with <c>2^level</c> leaves, the first of which is <c>number × 2^level</c>.</summary>
internal readonly record struct TreeNode(int Level, long Number, byte[] Hash);

/// <summary>
/// The stored Merkle tree: the leaves are in the ledger's rows, and every fourth level above them is in the table <c>tree_node</c>. A
/// subtree's root is computed from at most sixteen hashes, or from the level below if a node is missing.
/// </summary>
internal sealed class StoredMerkleTree(DbConnection connection)
{
    /// <summary>The distance between stored levels. With four, each sixteen rows of the ledger have one small node.</summary>
    public const int StoredLevelStep = 4;

    internal static readonly BulkTable<TreeNode> Nodes = new(
        "tree_node", 2,
        new("level", ColumnType.Number, node => node.Level),
        new("number", ColumnType.Number, node => node.Number),
        new("hash", ColumnType.Bytes, node => node.Hash));

    internal static readonly SqlStatement Hashes =
        new("SELECT hash FROM tree_node WHERE level = @Level AND number BETWEEN @First AND @Last ORDER BY number");

    public static void Write(DbConnection connection, DbTransaction transaction, IEnumerable<TreeNode> nodes) =>
        Nodes.Write(connection, transaction, WriteMode.Upsert, nodes);

    /// <summary>
    /// The root over the leaves <paramref name="from"/> to <paramref name="to"/>, exclusive: a part of the tree in a proof.
    /// </summary>
    public byte[] RootOf(long from, long to)
    {
        var size = to - from;
        if (size == 0)
        {
            return MerkleHash.EmptyRoot;
        }

        if (BitOperations.IsPow2(size))
        {
            return Subtree(BitOperations.Log2((ulong)size), from / size);
        }

        var middle = from + MerkleProof.LargestPowerOfTwoBelow(size);
        return MerkleHash.Node(RootOf(from, middle), RootOf(middle, to));
    }

    /// <summary>The right edge of the tree at a former size, to which the later rows are appended.</summary>
    public MerkleFrontier FrontierAt(long size)
    {
        var roots = new List<byte[]>();
        for (var level = 62; level >= 0; level--)
        {
            if ((size >> level & 1) == 1)
            {
                roots.Add(Subtree(level, (size >> level) - 1));
            }
        }

        return MerkleFrontier.Of(size, roots);
    }

    /// <summary>The stored hashes of a stored level, as many as there are; none is computed.</summary>
    public List<byte[]> ReadStored(int level, long first, int count) => level % StoredLevelStep == 0
        ? Read(level, first, count)
        : throw new ArgumentOutOfRangeException(nameof(level), level, "The level is not stored.");

    private byte[] Subtree(int level, long number)
    {
        if (level % StoredLevelStep == 0 && Read(level, number, 1) is [var stored])
        {
            return stored;
        }

        // The next stored level below. All leaves exist.
        var below = (level - 1) / StoredLevelStep * StoredLevelStep;
        var (first, count) = (number << (level - below), 1 << (level - below));
        var hashes = Read(below, first, count);
        return hashes.Count == count || below == 0
            ? MerkleProof.RootOf(hashes.ToArray())
            : MerkleProof.RootOf(Enumerable.Range(0, count).Select(i => Subtree(below, first + i)).ToArray());
    }

    private List<byte[]> Read(int level, long first, int count) => level == 0
        ? LedgerStore.ReadLeafHashes(connection, first + 1, first + count)
        : connection.Query<byte[]>(Hashes.For(connection), new { Level = level, First = first, Last = first + count - 1 }).AsList();
}
