using XilinIngest.Worker.Ledger.Tiles;

namespace XilinIngest.Worker.Tests.Ledger.Tiles;

/// <summary>The forms of c2sp.org/tlog-tiles, one for each tile.</summary>
public sealed class The_address_of_a_tile
{
    [Theory]
    [InlineData("0", "000", 0, 0, 256)]
    [InlineData("0", "000.p/1", 0, 0, 1)]
    [InlineData("0", "007.p/255", 0, 7, 255)]
    [InlineData("1", "067", 1, 67, 256)]
    [InlineData("2", "x001/000", 2, 1000, 256)]
    [InlineData("0", "x001/x234/067", 0, 1_234_067, 256)]
    [InlineData("0", "x001/x234/067.p/8", 0, 1_234_067, 8)]
    [InlineData("7", "x999/x999/x999/x999/999", 7, 999_999_999_999_999, 256)]
    public void Has_level_index_and_width(string level, string index, int expectedLevel, long expectedIndex, int expectedWidth)
    {
        Assert.True(TilePath.TryParse(level, index, out var tile));
        Assert.Equal((expectedLevel, expectedIndex, expectedWidth), (tile.Level, tile.Index, tile.Width));
        Assert.Equal(expectedIndex * 256, tile.First);
        Assert.Equal(expectedWidth == 256, tile.IsFull);
    }

    [Theory]
    [InlineData("", "000")]
    [InlineData("00", "000")]
    [InlineData("8", "000")]
    [InlineData("63", "000")]
    [InlineData("-1", "000")]
    [InlineData("٣", "000")]
    [InlineData("entries", "000")]
    [InlineData("0", "")]
    [InlineData("0", "0")]
    [InlineData("0", "0000")]
    [InlineData("0", "1000")]
    [InlineData("0", "x000/001")]
    [InlineData("0", "001/000")]
    [InlineData("0", "x001")]
    [InlineData("0", "x001/x000")]
    [InlineData("0", "x001/000/")]
    [InlineData("0", "/000")]
    [InlineData("0", "000.p")]
    [InlineData("0", "000.p/")]
    [InlineData("0", "000.p/0")]
    [InlineData("0", "000.p/01")]
    [InlineData("0", "000.p/256")]
    [InlineData("0", "000.p/-1")]
    [InlineData("0", "000.P/1")]
    [InlineData("0", "000\n")]
    [InlineData("0", "٠٠٠")]
    [InlineData("0", "x001/x000/x000/x000/x000/000")]
    public void Is_refused_in_any_other_form(string level, string index) => Assert.False(TilePath.TryParse(level, index, out _));
}
