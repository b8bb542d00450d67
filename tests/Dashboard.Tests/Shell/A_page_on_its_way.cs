using System.IO.Compression;
using System.Text;

namespace XilinIngest.Dashboard.Tests.Shell;

[Collection("site")]
public sealed class A_page_on_its_way(DashboardSite site)
{
    [Fact]
    public async Task Takes_a_quarter_of_its_bytes_where_the_browser_can_expand_it()
    {
        using var client = new HttpClient { BaseAddress = site.Address };
        var whole = await client.GetByteArrayAsync("/");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Add("Accept-Encoding", "br");
        using var answer = await client.SendAsync(request);
        Assert.Equal(["br"], answer.Content.Headers.ContentEncoding);
        var sent = await answer.Content.ReadAsByteArrayAsync();
        Assert.True(sent.Length < whole.Length / 4, $"{sent.Length} of {whole.Length} bytes are sent.");

        await using var expanded = new BrotliStream(new MemoryStream(sent), CompressionMode.Decompress);
        using var reader = new StreamReader(expanded, Encoding.UTF8);
        Assert.Contains("</html>", await reader.ReadToEndAsync(), StringComparison.Ordinal);
    }
}
