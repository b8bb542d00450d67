using XilinIngest.Storage;
using XilinIngest.Worker.Ledger.Merkle;

namespace XilinIngest.Worker.Ledger.Tiles;

/// <summary>The log of a ledger as c2sp.org/tlog-tiles has it: its hashes in tiles.</summary>
internal sealed class LedgerTiles(LedgerStore store)
{
    /// <summary>The hashes of a tile, one after the other; null: the tree of the newest checkpoint does not have all of them.</summary>
    /// <remarks>Reads at most 256 stored hashes. It computes none, so that no one can make the service compute.</remarks>
    /// <exception cref="DamagedDataException">The stored tree lacks hashes.</exception>
    public byte[]? Find(TilePath tile)
    {
        using var connection = store.OpenInteractive();
        var complete = (store.ReadCheckpoint(connection)?.TreeSize ?? 0) >> (tile.Level * TilePath.Height);
        if (tile.First + tile.Width > complete)
        {
            return null;
        }

        var hashes = new StoredMerkleTree(connection).ReadStored(tile.Level * TilePath.Height, tile.First, tile.Width);
        return hashes.Count == tile.Width
            ? [.. hashes.SelectMany(hash => hash)]
            : throw new DamagedDataException(
                $"The hash tree (tree_node) of the ledger {store.PartitionPath} lacks nodes: run verify, and restore it from a backup.");
    }
}
