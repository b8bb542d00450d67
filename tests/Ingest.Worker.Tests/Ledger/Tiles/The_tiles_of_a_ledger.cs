using XilinIngest.Storage;
using XilinIngest.Worker.Ledger.Merkle;
using XilinIngest.Worker.Ledger.Tiles;

namespace XilinIngest.Worker.Tests.Ledger.Tiles;

/// <summary>A ledger of 300 rows: a full tile and a partial one of rows, and one hash of 256 rows above them.</summary>
public sealed class The_tiles_of_a_ledger : IDisposable
{
    private const int Size = 300;
    private readonly LedgerFixture _ledger = new();
    private readonly LedgerTiles _tiles;
    private readonly byte[][] _leaves;

    public The_tiles_of_a_ledger()
    {
        for (var (rows, group) = (0, 1); rows < Size; rows += group, group = Math.Min(group * 2 + 1, Size - rows))
        {
            _ledger.Commit(Enumerable.Range(0, group).Select(i => ValidSubmission().Set("revision", rows + i + 1).Bytes()));
        }

        _tiles = new LedgerTiles(_ledger.Store);
        _leaves = [.. _ledger.Rows().Select(row => row.LeafHash)];
    }

    public void Dispose() => _ledger.Dispose();

    [Theory]
    [InlineData("000", 0, 256)]
    [InlineData("000.p/1", 0, 1)]
    [InlineData("000.p/255", 0, 255)]
    [InlineData("001.p/1", 256, 1)]
    [InlineData("001.p/44", 256, 44)]
    public void Have_the_hashes_of_the_rows_at_the_lowest_level(string index, int first, int count) =>
        Assert.Equal(_leaves.Skip(first).Take(count).SelectMany(hash => hash), Find("0", index));

    [Fact]
    public void Have_the_root_of_each_full_tile_at_the_level_above() =>
        Assert.Equal(MerkleProof.RootOf(_leaves.AsSpan(0, 256)), Find("1", "000.p/1"));

    [Theory]
    [InlineData("0", "001")]
    [InlineData("0", "001.p/45")]
    [InlineData("0", "002.p/1")]
    [InlineData("0", "x999/x999/x999/x999/999")]
    [InlineData("1", "000")]
    [InlineData("1", "000.p/2")]
    [InlineData("2", "000.p/1")]
    [InlineData("7", "000.p/1")]
    public void Do_not_go_beyond_the_newest_checkpoint(string level, string index) => Assert.Null(Find(level, index));

    [Fact]
    public void Are_read_and_never_computed_anew_so_that_no_question_is_dear()
    {
        _ledger.ExecuteSql("DELETE FROM tree_node WHERE level = 8");
        Assert.Throws<DamagedDataException>(() => Find("1", "000.p/1"));
        Assert.Equal(256 * MerkleHash.Size, Find("0", "000")!.Length);
    }

    [Fact]
    public void Are_those_of_the_checkpoint_that_stands_beside_them()
    {
        using var connection = _ledger.Store.Open();
        var checkpoint = _ledger.Store.ReadCheckpoint(connection)!;
        Assert.Equal(Size, checkpoint.TreeSize);
        Assert.Equal(Convert.ToHexStringLower(MerkleProof.RootOf(_leaves)), checkpoint.Root);
    }

    [Fact]
    public void Of_an_empty_ledger_are_none()
    {
        using var empty = new LedgerFixture();
        var tiles = new LedgerTiles(empty.Store);
        Assert.True(TilePath.TryParse("0", "000.p/1", out var tile));
        Assert.Null(tiles.Find(tile));
    }

    private byte[]? Find(string level, string index) => TilePath.TryParse(level, index, out var tile)
        ? _tiles.Find(tile) : throw new FormatException(index);
}
