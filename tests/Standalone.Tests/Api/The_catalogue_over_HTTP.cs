using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace XilinIngest.Standalone.Tests.Api;

public sealed class The_catalogue_over_HTTP(InProcessService service) : IClassFixture<InProcessService>
{
    [Fact]
    public async Task Is_sent_once_for_each_version()
    {
        using var first = await service.Client.GetAsync("/api/catalogue");
        var catalogue = JsonNode.Parse(await first.Content.ReadAsStringAsync())!;
        Assert.Equal($"\"{(string?)catalogue["version"]}\"", first.Headers.ETag?.Tag);
        Assert.Equal((string?)catalogue["version"], (string?)(await service.GetAsync("/api/begin"))["catalogueVersion"]);

        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/catalogue");
        request.Headers.IfNoneMatch.Add(new EntityTagHeaderValue(first.Headers.ETag!.Tag));
        using var second = await service.Client.SendAsync(request);
        Assert.Equal((HttpStatusCode.NotModified, 0), (second.StatusCode, (await second.Content.ReadAsByteArrayAsync()).Length));
    }

    [Fact]
    public async Task Has_the_indicators_and_units_that_are_asked_for_alone_too()
    {
        var catalogue = await service.GetAsync("/api/catalogue");
        Assert.True(JsonNode.DeepEquals(await service.GetAsync("/api/indicators"), catalogue["indicators"]));
        Assert.True(JsonNode.DeepEquals(await service.GetAsync("/api/units"), catalogue["units"]));
    }
}
