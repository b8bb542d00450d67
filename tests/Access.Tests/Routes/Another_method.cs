using System.Net;
using System.Text;
using XilinIngest.Access.Tests.Harness;

namespace XilinIngest.Access.Tests.Routes;

/// <summary>A known path, asked with a method or a media type that none of its routes accepts.</summary>
[Collection("guarded")]
public sealed class Another_method(SecuredService service)
{
    private const string OneMonth = "period=2022-07";

    /// <summary>
    /// The request, the methods that the path accepts, and the status for no one, a reader, a clerk, a firm and an administrator.
    /// </summary>
    public static TheoryData<string, string, string, string> Wrong => new()
    {
        { "POST", "/api/totals", "GET, HEAD", "401 405 405 405 405" },
        { "OPTIONS", "/api/totals", "GET, HEAD", "401 405 405 405 405" },
        { "DELETE", "/api/report/2022", "GET, HEAD", "401 405 405 405 405" },
        { "PUT", "/api/submissions", "GET, HEAD, POST", "401 405 405 405 405" },
        { "DELETE", "/api/submissions/1", "GET, HEAD", "401 405 405 405 405" },
        { "GET", "/api/submissions/check", "POST", "401 403 405 405 405" },
        { "HEAD", "/api/submissions/check", "POST", "401 403 405 405 405" },
        { "POST", "/api/catalogue/faults", "GET, HEAD", "401 403 403 403 405" },
        { "POST", "/api/ledger/key", "GET, HEAD", "405 405 405 405 405" },
        { "POST", "/api/ledger/keys", "GET, HEAD", "405 405 405 405 405" },
        { "POST", "/openapi/v1.json", "GET, HEAD", "405 405 405 405 405" },
        { "DELETE", "/alerts", "GET, HEAD", "401 405 405 405 405" },
        { "POST", "/alerts", "GET, HEAD", "401 405 405 405 405" },
        { "PUT", "/sign-in/key", "POST", "405 405 405 405 405" },
        { "POST", "/export/ranking.csv", "GET, HEAD", "401 405 405 405 405" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Is_answered_with_405_and_those_that_the_path_accepts(string method, string path, string allow, string expected)
    {
        var answers = await AllAsync(new HttpMethod(method), path);
        Assert.Equal(expected, string.Join(' ', answers.Select(answer => (int)answer.StatusCode)));
        Assert.All(answers.Where(answer => answer.StatusCode == HttpStatusCode.MethodNotAllowed),
            answer => Assert.Equal(allow, string.Join(", ", answer.Content.Headers.Allow)));
    }

    [Fact]
    public async Task Is_named_in_the_problem_with_what_to_use_instead()
    {
        using var answer = await service.ClientFor("clerk").PostAsync("/api/totals", null);
        var detail = (string)(await ProblemAssertions.AssertAsync(answer, HttpStatusCode.MethodNotAllowed, "POST"))["detail"]!;
        Assert.Equal("此地址不接受 POST，请改用 GET、HEAD。 / POST is not allowed here; use GET, HEAD.", detail);
    }

    [Fact]
    public async Task At_an_unknown_path_is_still_not_found()
    {
        using var answer = await service.ClientFor("clerk").PostAsync("/api/no-such-thing", null);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task A_media_type_that_is_not_accepted_is_named_to_whoever_may_submit()
    {
        var statuses = new List<int>();
        foreach (var caller in new[] { "no one", "reader", "clerk" })
        {
            using var body = new StringContent("{}", Encoding.UTF8, "text/plain");
            using var answer = await service.ClientFor(caller).PostAsync("/api/submissions/check", body);
            statuses.Add((int)answer.StatusCode);
        }

        Assert.Equal([401, 403, 415], statuses);
    }

    /// <summary>HEAD has the status, the type and the length of GET, and no body.</summary>
    [Theory]
    [InlineData("/api/units")]
    [InlineData($"/api/totals?unit={SecuredService.OtherVillage}&{OneMonth}")]
    [InlineData($"/api/lineage?unit={SecuredService.OtherVillage}&indicator=ENTERPRISE_VISITS&{OneMonth}")]
    [InlineData("/api/totals?unit=nonsense")]
    [InlineData("/api/catalogue/faults")]
    [InlineData("/api/ledger/key")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/health/ready")]
    [InlineData("/alerts")]
    [InlineData("/no-such-page")]
    [InlineData("/no-such-address")]
    [InlineData("/export/ranking.csv?indicator=ENTERPRISE_VISITS&period=2022-07")]
    public async Task HEAD_is_answered_as_GET_without_the_body(string path)
    {
        foreach (var caller in new[] { "no one", "reader", "clerk", "admin" })
        {
            using var get = await service.ClientFor(caller).GetAsync(path);
            using var head = await service.ClientFor(caller).SendAsync(new(HttpMethod.Head, path));
            Assert.Equal(
                (caller, get.StatusCode, get.Content.Headers.ContentType),
                (caller, head.StatusCode, head.Content.Headers.ContentType));
            Assert.Equal(get.Headers.Location, head.Headers.Location);
            Assert.Empty(await head.Content.ReadAsByteArrayAsync());
        }
    }

    /// <summary>The feed does not end, but its headers do: the connection is free for the next request.</summary>
    [Fact]
    public async Task HEAD_of_the_feed_ends()
    {
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 1 }) { BaseAddress = service.Address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", service.Secrets["reader"]);
        for (var i = 0; i < 10; i++)
        {
            using var head = await client.SendAsync(new(HttpMethod.Head, "/api/results/stream")).WaitAsync(TimeSpan.FromSeconds(10));
            Assert.Equal((HttpStatusCode.OK, "text/event-stream"), (head.StatusCode, head.Content.Headers.ContentType?.MediaType));
        }
    }

    private async Task<IReadOnlyList<HttpResponseMessage>> AllAsync(HttpMethod method, string path)
    {
        var answers = new List<HttpResponseMessage>();
        foreach (var caller in new[] { "no one", "reader", "clerk", "firm", "admin" })
        {
            answers.Add(await service.ClientFor(caller).SendAsync(new(method, path)));
        }

        return answers;
    }
}
