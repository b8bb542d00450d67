using System.Data.Common;
using System.Numerics;
using Dapper;
using XilinIngest.Storage;

namespace XilinIngest.Worker.Ledger.Merkle;

/// <summary>The root of a complete subtree: its leaves are <c>number × 2^level</c> and those after it, <c>2^level</c> in all.</summary>
internal readonly record struct TreeNode(int Level, long Number, byte[] Hash);

/// <summary>
/// The tree as it is on disk: leaves in the rows, and every fourth level above them in a table. A subtree's root is worked
/// out from at most sixteen hashes; where the table has a hole, from what is below.
/// </summary>
internal sealed class StoredMerkleTree(DbConnection connection)
{
    /// <summary>Levels between stored ones: with four, one small row to sixteen rows of the ledger.</summary>
    public const int StoredLevelStep = 4;

    internal static readonly BulkTable<TreeNode> Nodes = new(
        "tree_node", 2,
        new("level", ColumnType.Number, node => node.Level),
        new("number", ColumnType.Number, node => node.Number),
        new("hash", ColumnType.Bytes, node => node.Hash));

    internal static readonly SqlStatement
        Stored = new("SELECT MAX(number) + 1 FROM tree_node WHERE level = @Step"),
        Hashes = new("SELECT hash FROM tree_node WHERE level = @Level AND number BETWEEN @First AND @Last ORDER BY number");

    public static void Write(DbConnection connection, DbTransaction transaction, IEnumerable<TreeNode> nodes) => Nodes.Write(connection, transaction, WriteMode.Upsert, nodes);

    /// <summary>Fills the table of a ledger from before it had one: once, and as long as reading all leaf hashes takes.</summary>
    public static void BackfillNodes(DbConnection connection)
    {
        using var transaction = Database.BeginWrite(connection);
        var size = LedgerStore.ReadFrontier(connection, transaction).Count;
        if (connection.QuerySingle<long?>(Stored.For(connection), new { Step = StoredLevelStep }, transaction).GetValueOrDefault() >= size >> StoredLevelStep)
        {
            return;
        }

        var (frontier, nodes) = (new MerkleFrontier(), new List<TreeNode>());
        foreach (var leaf in LedgerStore.ReadLeafHashes(connection, 1, size, transaction))
        {
            frontier.Append(leaf, nodes);
        }

        Write(connection, transaction, nodes);
        transaction.Commit();
    }

    /// <summary>The root over the leaves <paramref name="from"/> to <paramref name="to"/>, exclusive: a part that the tree is split into for a proof.</summary>
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

    /// <summary>The right edge of the tree as it was at a size, from which the rows after it are appended.</summary>
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

    private byte[] Subtree(int level, long number)
    {
        if (level % StoredLevelStep == 0 && Read(level, number, 1) is [var stored])
        {
            return stored;
        }

        // The next stored level below; of the leaves there is no doubt.
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
