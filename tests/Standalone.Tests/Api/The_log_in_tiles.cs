using System.Net;
using System.Text;
using XilinIngest.Standalone.Tests.Partitions;

namespace XilinIngest.Standalone.Tests.Api;

/// <summary>The addresses and headers of c2sp.org/tlog-tiles.</summary>
[Collection(SampleYearsCollection.Name)]
public sealed class The_log_in_tiles(SampleService whole, PartitionedSample split)
{
    [Fact]
    public async Task Has_the_newest_checkpoint_as_a_note_that_is_not_kept_for_long()
    {
        using var answer = await whole.Service.Client.GetAsync("/checkpoint");
        Assert.Equal("text/plain; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal("max-age=2, private", answer.Headers.CacheControl!.ToString());
        var newest = await whole.Service.GetAsync("/api/ledger/checkpoint");
        Assert.Equal(
            IndependentNoteVerifier.NoteOf(newest), Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync()));
    }

    [Theory]
    [InlineData("/tile/0/000", 256, "immutable")]
    [InlineData("/tile/0/006", 256, "immutable")]
    [InlineData("/tile/0/006.p/17", 17, "max-age=60")]
    [InlineData("/tile/1/000.p/7", 7, "max-age=60")]
    public async Task Has_bytes_that_are_kept_for_ever_where_the_tile_is_full(string path, int hashes, string kept)
    {
        using var answer = await whole.Service.Client.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/octet-stream", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal(hashes * 32, (await answer.Content.ReadAsByteArrayAsync()).Length);
        Assert.Contains(kept, answer.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/tile/0/008")]
    [InlineData("/tile/1/000")]
    [InlineData("/tile/2/000.p/1")]
    [InlineData("/tile/0/x001/x234/067")]
    [InlineData("/tile/0/0")]
    [InlineData("/tile/0/")]
    [InlineData("/tile/0/000.p/256")]
    [InlineData("/tile/entries/000")]
    [InlineData("/tile/-1/000")]
    [InlineData("/log/32.04.04.004/checkpoint")]
    [InlineData("/log/32.04.04.004/tile/0/000.p/1")]
    public async Task Has_nothing_beyond_its_checkpoint_and_no_rows(string path)
    {
        using var answer = await whole.Service.Client.GetAsync(path);
        await ProblemAssertions.AssertAsync(answer, HttpStatusCode.NotFound, path);
        Assert.DoesNotContain("max-age", answer.Headers.CacheControl?.ToString() ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_at_an_address_of_its_own_for_each_partition()
    {
        var note = await split.Service.Client.GetStringAsync("/log/32.04.04.004/checkpoint");
        Assert.EndsWith("/32.04.04.004", note.Split('\n')[0], StringComparison.Ordinal);
        Assert.Equal(32, (await split.Service.Client.GetByteArrayAsync("/log/32.04.04.004/tile/0/000.p/1")).Length);
        foreach (var path in new[] { "/checkpoint", "/tile/0/000.p/1", "/log/32.04.05/checkpoint" })
        {
            using var answer = await split.Service.Client.GetAsync(path);
            var problem = await ProblemAssertions.AssertAsync(answer, HttpStatusCode.NotFound, path);
            Assert.Contains("32.04.04.004", (string)problem["detail"]!, StringComparison.Ordinal);
        }
    }
}
