using XilinIngest.Worker.Ledger;
using XilinIngest.Worker.Ledger.Merkle;

namespace XilinIngest.Worker.Tests.Ledger;

/// <summary>A ledger of 300 rows in groups of uneven size: whole subtrees of 16 and 256, and what is left over.</summary>
public sealed class A_ledgers_proof : IDisposable
{
    private const int Size = 300;
    private readonly LedgerFixture _ledger = new();
    private readonly LedgerProofs _proofs;
    private readonly byte[][] _leaves;

    public A_ledgers_proof()
    {
        for (var (rows, group) = (0, 1); rows < Size; rows += group, group = Math.Min(group * 2 + 1, Size - rows))
        {
            _ledger.Commit(Enumerable.Range(0, group).Select(i => ValidSubmission().Set("revision", rows + i + 1).Bytes()));
        }

        _proofs = new LedgerProofs(_ledger.Store);
        _leaves = [.. _ledger.Rows().Select(row => row.LeafHash)];
    }

    public void Dispose() => _ledger.Dispose();

    [Fact]
    public void Is_that_of_all_the_leaves_for_any_tree_also_between_checkpoints() => AssertRight();

    [Fact]
    public void Is_right_where_stored_subtrees_are_missing()
    {
        _ledger.ExecuteSql("DELETE FROM tree_node WHERE level = 8 OR number % 3 = 0");
        AssertRight();
    }

    [Fact]
    public void Is_right_where_stored_subtrees_were_altered_because_it_is_held_against_the_signed_root()
    {
        _ledger.ExecuteSql($"UPDATE tree_node SET hash = x'{new string('0', 64)}' WHERE number = 1 OR level = 8");
        AssertRight();
    }

    [Fact]
    public void Comes_from_subtrees_that_every_commit_stores()
    {
        var (frontier, nodes) = (new MerkleFrontier(), new List<TreeNode>());
        foreach (var leaf in _leaves)
        {
            frontier.Append(leaf, nodes);
        }

        Assert.Equal(Size / 16 + Size / 256, nodes.Count);
        Assert.Equal(
            nodes.OrderBy(node => node.Level)
                .ThenBy(node => node.Number).Select(node => ((long)node.Level, node.Number, Convert.ToHexString(node.Hash))),
            Nodes());
    }

    private void AssertRight()
    {
        foreach (var size in new[] { 1, 2, 15, 16, 17, 100, 255, 256, 257, 299, 300 })
        {
            foreach (var index in new[] { 0, 1, 15, 16, 130, 255, 256, 299 }.Where(index => index < size))
            {
                var proof = _proofs.Inclusion(index + 1, size);
                Assert.Equal(Convert.ToHexStringLower(_leaves[index]), proof.LeafHash);
                Assert.Equal(MerkleProof.Inclusion(index, size, The_public_vectors.RootsOf(_leaves)).Select(Convert.ToHexStringLower),
                    proof.Path);
                Assert.Equal(
                    MerkleProof.Consistency(index + 1, size, The_public_vectors.RootsOf(_leaves)).Select(Convert.ToHexStringLower),
                    _proofs.Consistency(index + 1, size).Path);
            }
        }
    }

    private List<(long, long, string)> Nodes()
    {
        using var connection = _ledger.Store.Open();
        return [.. Dapper.SqlMapper.Query<(long Level, long Number, byte[] Hash)>(connection,
            "SELECT level, number, hash FROM tree_node ORDER BY level, number")
            .Select(node => (node.Level, node.Number, Convert.ToHexString(node.Hash)))];
    }
}
