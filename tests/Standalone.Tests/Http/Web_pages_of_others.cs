using System.Net;

namespace XilinIngest.Standalone.Tests.Http;

/// <summary>Listening on this machine alone does not keep out what its user's browser has open.</summary>
public sealed class Web_pages_of_others(Service service) : IClassFixture<Service>
{
    [Fact]
    public async Task May_not_submit()
    {
        using var request = Post(Sheet.Good().Body());
        request.Headers.Add("Origin", "https://page.example");
        using var answer = await service.Client.SendAsync(request);
        await Problems.AssertAsync(answer, HttpStatusCode.Forbidden, "a foreign origin");
    }

    [Fact]
    public async Task May_not_submit_without_saying_what()
    {
        var body = Sheet.Good().Body();
        body.Headers.ContentType = null;
        using var request = Post(body);
        using var answer = await service.Client.SendAsync(request);
        await Problems.AssertAsync(answer, HttpStatusCode.UnsupportedMediaType, "no content type");
    }

    [Theory]
    [InlineData("page.example")]
    [InlineData("127.0.0.1.page.example:5080")]
    public async Task May_not_read_under_a_name_that_points_here(string host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/units");
        request.Headers.Host = host;
        using var answer = await service.Client.SendAsync(request);
        await Problems.AssertAsync(answer, HttpStatusCode.BadRequest, host);
    }

    [Fact]
    public async Task The_services_own_may()
    {
        using var request = Post(Sheet.Good().Body());
        request.Headers.Add("Origin", service.Client.BaseAddress!.GetLeftPart(UriPartial.Authority));
        using var answer = await service.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static HttpRequestMessage Post(HttpContent body) => new(HttpMethod.Post, "/api/submissions") { Content = body };
}
