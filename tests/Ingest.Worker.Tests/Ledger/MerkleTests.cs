using XilinIngest.Storage;
using XilinIngest.Worker.Ledger.Merkle;

namespace XilinIngest.Worker.Tests.Ledger;

/// <summary>The public test vectors of Certificate Transparency (RFC 6962, RFC 9162).</summary>
public sealed class The_public_vectors
{
    private const string A = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7";
    private const string B = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e";
    private const string C = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4";
    private const string D = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b";
    private const string E = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0";
    private const string F = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a";

    private static readonly string[] Entries =
        ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];

    private static readonly string[] Roots =
    [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    private static readonly byte[][] Leaves = [.. Entries.Select(entry => MerkleHash.Leaf(Convert.FromHexString(entry)))];

    [Fact]
    public void Give_the_published_Merkle_roots_for_each_tree_size()
    {
        var frontier = new MerkleFrontier();
        for (var size = 0; size <= 8; size++)
        {
            Assert.Equal(Roots[size], Convert.ToHexStringLower(frontier.Root()));
            Assert.Equal(Roots[size], Convert.ToHexStringLower(MerkleProof.RootOf(Leaves.AsSpan(0, size))));
            if (size < 8)
            {
                frontier.Append(Leaves[size]);
            }
        }
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0, 2, A)]
    [InlineData(2, 3, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125")]
    [InlineData(1, 5, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d", B, D)]
    [InlineData(0, 8, A, B, C)]
    [InlineData(5, 8, D, E, "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7")]
    public void Are_reproduced_by_the_inclusion_proofs(int index, int size, params string[] path)
    {
        Assert.Equal(path, MerkleProof.Inclusion(index, size, RootsOf(Leaves)).Select(Convert.ToHexStringLower));
        Assert.True(MerkleProof.VerifyInclusion(Leaves[index], index, size, [.. path.Select(Convert.FromHexString)],
            Convert.FromHexString(Roots[size])));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 8, A, B, C)]
    [InlineData(2, 5, B, D)]
    [InlineData(6, 8, F, E, "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7")]
    public void Are_reproduced_by_the_consistency_proofs(int first, int second, params string[] path)
    {
        Assert.Equal(path, MerkleProof.Consistency(first, second, RootsOf(Leaves)).Select(Convert.ToHexStringLower));
        Assert.True(MerkleProof.VerifyConsistency(
            first, second, Convert.FromHexString(Roots[first]), Convert.FromHexString(Roots[second]),
            [.. path.Select(Convert.FromHexString)]));
    }

    internal static MerkleProof.SubtreeRoot RootsOf(byte[][] leaves) =>
        (from, to) => MerkleProof.RootOf(leaves.AsSpan((int)from, (int)(to - from)));
}

/// <summary>Every proof of every tree of up to 70 leaves.</summary>
public sealed class A_proof
{
    private const int Most = 70;
    private static readonly byte[][] Leaves = [.. Enumerable.Range(0, Most).Select(i => MerkleHash.Leaf([(byte)i]))];
    private static readonly byte[][] Roots = [.. Enumerable.Range(0, Most + 1).Select(size => MerkleProof.RootOf(Leaves.AsSpan(0, size)))];

    [Fact]
    public void Of_inclusion_holds_for_its_leaf_and_place_alone()
    {
        for (var size = 1; size <= Most; size++)
        {
            for (var index = 0; index < size; index++)
            {
                var path = MerkleProof.Inclusion(index, size, The_public_vectors.RootsOf(Leaves));
                Assert.True(MerkleProof.VerifyInclusion(Leaves[index], index, size, path, Roots[size]));
                Assert.False(MerkleProof.VerifyInclusion(Leaves[index], index + 1, size, path, Roots[size]));
                Assert.False(MerkleProof.VerifyInclusion(Leaves[index], index - 1, size, path, Roots[size]));
                Assert.False(MerkleProof.VerifyInclusion(Leaves[(index + 1) % Most], index, size, path, Roots[size]));
                Assert.False(MerkleProof.VerifyInclusion(Leaves[index], index, size, path, Roots[size - 1]));
            }
        }
    }

    [Fact]
    public void Of_consistency_holds_for_its_two_trees_alone()
    {
        for (var second = 1; second <= Most; second++)
        {
            for (var first = 1; first <= second; first++)
            {
                var path = MerkleProof.Consistency(first, second, The_public_vectors.RootsOf(Leaves));
                Assert.True(MerkleProof.VerifyConsistency(first, second, Roots[first], Roots[second], path));
                Assert.False(MerkleProof.VerifyConsistency(first, second, Roots[first - 1], Roots[second], path));
                Assert.False(MerkleProof.VerifyConsistency(first, second, Roots[first], Roots[second - 1], path));
                Assert.Equal(first == second, MerkleProof.VerifyConsistency(second, first, Roots[second], Roots[first], path));
            }
        }
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(3, 7)]
    [InlineData(6, 7)]
    [InlineData(36, 70)]
    [InlineData(69, 70)]
    public void Of_inclusion_is_broken_by_any_bit(int index, int size)
    {
        var path = MerkleProof.Inclusion(index, size, The_public_vectors.RootsOf(Leaves));
        Assert.All(Tampered(path), broken => Assert.False(MerkleProof.VerifyInclusion(Leaves[index], index, size, broken, Roots[size])));
        Assert.All(Tampered([Leaves[index]]).Where(leaf => leaf.Count == 1), leaf =>
            Assert.False(MerkleProof.VerifyInclusion(leaf[0], index, size, path, Roots[size])));
        Assert.All(Tampered([Roots[size]]).Where(root => root.Count == 1), root =>
            Assert.False(MerkleProof.VerifyInclusion(Leaves[index], index, size, path, root[0])));
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(4, 7)]
    [InlineData(6, 8)]
    [InlineData(33, 70)]
    [InlineData(64, 70)]
    [InlineData(70, 70)]
    public void Of_consistency_is_broken_by_any_bit(int first, int second)
    {
        var path = MerkleProof.Consistency(first, second, The_public_vectors.RootsOf(Leaves));
        Assert.All(Tampered(path),
            broken => Assert.False(MerkleProof.VerifyConsistency(first, second, Roots[first], Roots[second], broken)));
        Assert.All(Tampered([Roots[first], Roots[second]]).Where(two => two.Count == 2), two =>
            Assert.False(MerkleProof.VerifyConsistency(first, second, two[0], two[1], path)));
    }

    [Fact]
    public void Is_asked_for_within_the_tree()
    {
        var roots = The_public_vectors.RootsOf(Leaves);
        Assert.Throws<ArgumentOutOfRangeException>(() => MerkleProof.Inclusion(5, 5, roots));
        Assert.Throws<ArgumentOutOfRangeException>(() => MerkleProof.Inclusion(-1, 5, roots));
        Assert.Throws<ArgumentOutOfRangeException>(() => MerkleProof.Consistency(0, 5, roots));
        Assert.Throws<ArgumentOutOfRangeException>(() => MerkleProof.Consistency(6, 5, roots));
        Assert.False(MerkleProof.VerifyConsistency(0, 5, MerkleHash.EmptyRoot, Roots[5], []));
    }

    /// <summary>Each bit turned, each hash longer and shorter, one hash more, one fewer, two exchanged.</summary>
    private static IEnumerable<List<byte[]>> Tampered(List<byte[]> hashes)
    {
        for (var i = 0; i < hashes.Count; i++)
        {
            for (var bit = 0; bit < 256; bit++)
            {
                var turned = (byte[])hashes[i].Clone();
                turned[bit / 8] ^= (byte)(1 << (bit % 8));
                yield return Put(i, turned);
            }

            yield return Put(i, hashes[i][..31]);
            yield return Put(i, [.. hashes[i], 0]);
            yield return Put(i, []);
            yield return [.. hashes[..i], .. hashes[(i + 1)..]];
            if (i > 0 && !hashes[i].AsSpan().SequenceEqual(hashes[i - 1]))
            {
                yield return [.. hashes[..(i - 1)], hashes[i], hashes[i - 1], .. hashes[(i + 1)..]];
            }
        }

        yield return [.. hashes, new byte[32]];
        yield return [new byte[32], .. hashes];

        List<byte[]> Put(int at, byte[] hash) => [.. hashes[..at], hash, .. hashes[(at + 1)..]];
    }
}

public sealed class A_frontier
{
    [Fact]
    public void Grows_to_the_root_of_the_whole_tree_however_often_it_is_stored()
    {
        var leaves = Enumerable.Range(0, 70).Select(i => MerkleHash.Leaf([(byte)i])).ToArray();
        var frontier = new MerkleFrontier();
        for (var i = 0; i < leaves.Length; i++)
        {
            var before = frontier.Copy();
            frontier = MerkleFrontier.FromBytes(frontier.ToBytes());
            frontier.Append(leaves[i]);
            Assert.Equal((i, i + 1), (before.Count, frontier.Count));
            Assert.Equal(MerkleProof.RootOf(leaves.AsSpan(0, i + 1)), frontier.Root());
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("0000000000000001")]
    [InlineData("FFFFFFFFFFFFFFFF")]
    [InlineData("000000000000000000")]
    public void That_was_changed_by_hand_is_said_to_be(string hex) =>
        Assert.Contains("by hand", Assert.Throws<DamagedDataException>(() => MerkleFrontier.FromBytes(Convert.FromHexString(hex))).Message,
            StringComparison.Ordinal);
}
