using System.Net;

namespace XilinIngest.Standalone.Tests.Http;

/// <summary>Listening on this machine alone does not keep out what its user's browser has open.</summary>
public sealed class Web_pages_of_others(InProcessService service) : IClassFixture<InProcessService>
{
    [Fact]
    public async Task Are_refused_when_they_submit_with_a_foreign_origin()
    {
        using var request = Post(XilinSubmissions.ValidSubmission().Body());
        request.Headers.Add("Origin", "https://page.example");
        using var answer = await service.Client.SendAsync(request);
        await ProblemAssertions.AssertAsync(answer, HttpStatusCode.Forbidden, "a foreign origin");
    }

    [Fact]
    public async Task May_not_submit_without_saying_what()
    {
        var body = XilinSubmissions.ValidSubmission().Body();
        body.Headers.ContentType = null;
        using var request = Post(body);
        using var answer = await service.Client.SendAsync(request);
        await ProblemAssertions.AssertAsync(answer, HttpStatusCode.UnsupportedMediaType, "no content type");
    }

    [Theory]
    [InlineData("page.example")]
    [InlineData("127.0.0.1.page.example:5080")]
    public async Task May_not_read_under_a_name_that_points_here(string host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/units");
        request.Headers.Host = host;
        using var answer = await service.Client.SendAsync(request);
        await ProblemAssertions.AssertAsync(answer, HttpStatusCode.BadRequest, host);
    }

    /// <summary>Without sign-in, whoever is behind a proxy would be taken for this machine's own user.</summary>
    [Theory]
    [InlineData("Forwarded", "for=192.0.2.1")]
    [InlineData("X-Forwarded-For", "192.0.2.1")]
    [InlineData("x-forwarded-host", "page.example")]
    [InlineData("X-Forwarded-Proto", "https")]
    [InlineData("X-Forwarded-Prefix", "/x")]
    [InlineData("X-Real-IP", "192.0.2.1")]
    [InlineData("Via", "1.1 proxy")]
    [InlineData("True-Client-IP", "192.0.2.1")]
    [InlineData("CF-Connecting-IP", "192.0.2.1")]
    public async Task May_not_read_through_a_proxy_where_no_one_signs_in(string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/units");
        request.Headers.Add(header, value);
        using var answer = await service.Client.SendAsync(request);
        await ProblemAssertions.AssertAsync(answer, HttpStatusCode.Forbidden, header);
    }

    /// <summary>The API's description is a page too: it loads its own files, and its policy lets nothing else run or be asked.</summary>
    [Fact]
    public async Task Are_in_no_way_part_of_the_description()
    {
        using var answer = await service.Client.GetAsync("/scalar/");
        var page = await answer.Content.ReadAsStringAsync();
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));

        Assert.StartsWith("default-src 'none'; script-src 'self' 'nonce-", policy, StringComparison.Ordinal);
        Assert.Contains("connect-src 'self'", policy, StringComparison.Ordinal);
        var nonce = policy.Split("'nonce-")[1].Split('\'')[0];
        Assert.Contains($"nonce=\"{nonce}\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http://", page, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", page, StringComparison.Ordinal);
        Assert.Contains("\"withDefaultFonts\":false", page, StringComparison.Ordinal);
        Assert.DoesNotContain(nonce, await service.Client.GetStringAsync("/scalar/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Are_distinguished_from_the_pages_of_the_service_itself()
    {
        using var request = Post(XilinSubmissions.ValidSubmission().Body());
        request.Headers.Add("Origin", service.Client.BaseAddress!.GetLeftPart(UriPartial.Authority));
        using var answer = await service.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static HttpRequestMessage Post(HttpContent body) => new(HttpMethod.Post, "/api/submissions") { Content = body };
}
