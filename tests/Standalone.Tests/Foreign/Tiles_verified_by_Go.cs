using System.Globalization;
using XilinIngest.Standalone.Tests.Api;
using XilinIngest.Standalone.Tests.Partitions;

namespace XilinIngest.Standalone.Tests.Foreign;

/// <summary>The whole logs, read by Go's client of transparency logs from their tiles.</summary>
[Collection(SampleYearsCollection.Name)]
public sealed class Tiles_verified_by_Go(SampleService sample, PartitionedSample split, GoVerifier go) : IDisposable
{
    private readonly LogFiles _files = new(sample.Service);

    [Fact]
    public async Task Are_the_log_of_the_checkpoint_and_have_its_rows()
    {
        var (keys, note) = (await _files.SaveKeysAsync(), await _files.SaveNoteAsync());
        var rows = new[] { await _files.SaveRowAsync(1), await _files.SaveRowAsync(777), await _files.SaveRowAsync(1951) };
        var said = await go.AcceptAsync(["tree", keys, note, Address, .. rows]);

        // Every tile of rows, and one above them.
        var size = long.Parse((await File.ReadAllLinesAsync(note))[1], CultureInfo.InvariantCulture);
        Assert.Contains($"verified: {(size + 255) / 256 + 1} tiles with {size} rows", said, StringComparison.Ordinal);
        Assert.Contains("verified: row 1951 is in the log", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("32.04.04.004")]
    [InlineData("32.04.04.005")]
    [InlineData("32.04.04.004.202")]
    public async Task Are_those_of_each_partition(string partition)
    {
        using var files = new LogFiles(split.Service, partition);
        var address = $"{split.Service.Client.BaseAddress}log/{partition}";
        await go.AcceptAsync("tree", await files.SaveKeysAsync(), await files.SaveNoteAsync(), address, await files.SaveRowAsync(1));
    }

    [Fact]
    public async Task Still_have_an_earlier_log()
    {
        var earlier = await _files.SaveCheckpointAsync(covering: 300);
        await go.AcceptAsync("tree", await _files.SaveKeysAsync(), earlier, Address, await _files.SaveRowAsync(300));
    }

    [Fact]
    public Task Are_refused_with_an_altered_row_in_a_full_tile() => RefuseAsync("/tile/0/003", tile =>
    {
        tile[40] ^= 1;
        return tile;
    });

    [Fact]
    public Task Are_refused_with_two_rows_in_each_others_places() => RefuseAsync("/tile/0/002", tile =>
        [.. tile[..320], .. tile[352..384], .. tile[320..352], .. tile[384..]]);

    [Fact]
    public Task Are_refused_with_an_altered_hash_of_many_rows() => RefuseAsync("/tile/1/000.p/7", tile =>
    {
        tile[^1] ^= 1;
        return tile;
    });

    [Fact]
    public Task Are_refused_with_a_row_left_out() => RefuseAsync("/tile/0/000", tile => tile[32..]);

    [Fact]
    public Task Are_refused_with_a_row_more_than_a_tile_has() => RefuseAsync("/tile/0/000", tile => [.. tile, .. tile[..32]]);

    [Fact]
    public Task Are_refused_with_an_empty_tile() => RefuseAsync("/tile/0/001", _ => []);

    [Fact]
    public async Task Are_refused_with_those_of_another_log()
    {
        using var street = new LogFiles(split.Service, "32.04.04.004");
        var reason = await go.RefuseAsync("tree", await street.SaveKeysAsync(), await street.SaveCheckpointAsync(covering: 1), Address);
        Assert.Equal("downloaded inconsistent tile", reason);
    }

    [Fact]
    public async Task Are_refused_with_an_altered_row_beside_them()
    {
        var row = _files.Alter(await _files.SaveRowAsync(777), row =>
        {
            row["body"] = (string)row["body"]! + ' ';
            row["canonicalBytes"] = Convert.ToBase64String([.. Convert.FromBase64String((string)row["canonicalBytes"]!), (byte)' ']);
        });
        var reason = await go.RefuseAsync("tree", await _files.SaveKeysAsync(), await _files.SaveNoteAsync(), Address, row);
        Assert.Equal("the log has another row 777", reason);
    }

    [Fact]
    public async Task Are_refused_with_a_checkpoint_of_another_size()
    {
        var note = await File.ReadAllLinesAsync(await _files.SaveNoteAsync());
        note[1] = "1900";
        await go.RefuseAsync("tree", await _files.SaveKeysAsync(), _files.Save(string.Join('\n', note) + '\n'), Address);
    }

    public void Dispose() => _files.Dispose();

    private string Address => sample.Service.Client.BaseAddress!.ToString();

    private async Task RefuseAsync(string path, Func<byte[], byte[]> alter)
    {
        var (keys, note) = (await _files.SaveKeysAsync(), await _files.SaveNoteAsync());
        await using var server = await AlteredTiles.StartAsync(sample.Service, path, alter);
        await go.RefuseAsync("tree", keys, note, server.Address);
        Assert.True(server.WasRead, $"{path} was not read.");
    }
}
