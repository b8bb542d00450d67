using System.Data.Common;
using XilinIngest.Worker.Ledger.Merkle;

namespace XilinIngest.Worker.Ledger.Verification;

/// <summary>Checks rows that are read again against the signed log, so that no figure is computed from an altered row.</summary>
internal static class LedgerLogCheck
{
    /// <summary>
    /// Checks that the leaf hashes from a row on, together with the stored tree before it, have the root that the newest checkpoint signs.
    /// For each row, only the match of its content and its leaf hash then remains to be checked.
    /// </summary>
    /// <param name="store">The ledger.</param>
    /// <param name="connection">A connection to it, outside any transaction: rows are only ever added.</param>
    /// <param name="signer">The ledger's key.</param>
    /// <param name="from">The first row to be read.</param>
    /// <returns>The newest signed row; 0: the ledger is empty.</returns>
    /// <exception cref="InvalidDataException">Rows were altered together with their hashes, or the checkpoint was altered.</exception>
    public static long CheckFrom(LedgerStore store, DbConnection connection, CheckpointSigner signer, long from)
    {
        if (store.ReadCheckpoint(connection) is not { } newest || from > newest.TreeSize)
        {
            return store.ReadCheckpoint(connection)?.TreeSize ?? 0;
        }

        if (!signer.Verify(newest))
        {
            throw AlteredFault($"台账最新检查点（第 {newest.TreeSize} 号）没有本台账的签名",
                $"The ledger's newest checkpoint (row {newest.TreeSize}) does not carry its signature");
        }

        var frontier = new StoredMerkleTree(connection).FrontierAt(from - 1);
        foreach (var leaf in LedgerStore.ReadLeafHashes(connection, from, newest.TreeSize))
        {
            frontier.Append(leaf);
        }

        return frontier.Count == newest.TreeSize && Convert.ToHexStringLower(frontier.Root()) == newest.Root
            ? newest.TreeSize
            : throw FindFirstFault(store, connection, signer, newest.TreeSize);
    }

    /// <exception cref="InvalidDataException">The content of a row differs from the recorded content.</exception>
    public static void CheckContent(LedgerEntry row)
    {
        if (!row.IsIntact)
        {
            throw AlteredFault($"台账第 {row.Sequence} 号（{row.Unit}，{row.Period}）被改动过",
                $"Ledger row {row.Sequence} ({row.Unit}, {row.Period}) was altered");
        }
    }

    // Recomputes all roots from the beginning. This is slow for a long ledger, so it is done only to locate a fault.
    private static InvalidDataException FindFirstFault(LedgerStore store, DbConnection connection, CheckpointSigner signer, long last)
    {
        var (frontier, before) = (new MerkleFrontier(), 0L);
        foreach (var checkpoint in store.ReadCheckpoints(connection).ToList())
        {
            foreach (var leaf in LedgerStore.ReadLeafHashes(connection, before + 1, checkpoint.TreeSize))
            {
                frontier.Append(leaf);
            }

            if (frontier.Count != checkpoint.TreeSize || !signer.Verify(checkpoint)
                || Convert.ToHexStringLower(frontier.Root()) != checkpoint.Root)
            {
                return AlteredFault($"台账第 {before + 1} 至 {checkpoint.TreeSize} 号中有行连同其哈希被改动、插入或删除",
                    $"Among ledger rows {before + 1} to {checkpoint.TreeSize} one was altered together with its hash, inserted or removed");
            }

            before = checkpoint.TreeSize;
        }

        return AlteredFault($"台账第 {last} 号以前的哈希树（tree_node）被改动过", $"The hash tree (tree_node) of the ledger up to row {last} was altered");
    }

    private static InvalidDataException AlteredFault(string zh, string en) => new(
        $"{zh}，其数字不予发布。请运行 xilin-standalone verify 核对全部台账，并从备份恢复（docs/backup.md）。 / {en}: its figures are not published. Run "
        + "xilin-standalone verify for the whole ledger, and restore a backup (docs/backup.md).");
}
