using System.Net;

namespace XilinIngest.Dashboard.Tests.Shell;

[Collection("every page")]
public sealed class An_unknown_address(DashboardSite site)
{
    [Theory]
    [InlineData("/nosuch")]
    [InlineData("/report2/<script>")]
    public async Task Is_a_page_that_leads_back(string path)
    {
        await using var reader = await site.OpenAsync("/status");
        var answer = await reader.Page.GotoAsync(path);
        Assert.Equal(404, answer!.Status);
        await Assertions.Expect(reader.Page.Locator("h1")).ToHaveTextAsync("没有这个页面");
        await reader.Page.GetByRole(AriaRole.Link, new() { Name = "回到总览" }).ClickAsync();
        await Assertions.Expect(reader.Page.Locator(".verdict-line")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("/nosuch", null)]
    [InlineData("/nosuch", "*/*")]
    [InlineData("/nosuch/deeper?unit=320404004000", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8")]
    [InlineData("/no-such-page", null)]
    [InlineData("/no-such-page", "text/html")]
    public async Task Is_a_page_with_404_whatever_a_request_accepts(string path, string? accept)
    {
        using var client = new HttpClient { BaseAddress = site.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        using var answer = await client.SendAsync(request);
        Assert.Equal((404, "text/html"), ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Contains("没有这个页面", WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/nosuch")]
    [InlineData("/no-such-page")]
    public async Task Is_a_problem_for_a_program_that_asks_for_JSON(string path)
    {
        using var client = new HttpClient { BaseAddress = site.Address };
        client.DefaultRequestHeaders.Accept.ParseAdd("application/json, text/plain, */*");
        using var answer = await client.GetAsync(path);
        Assert.Equal((404, "application/problem+json"), ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
    }

    [Theory]
    [InlineData("/api/nosuch")]
    [InlineData("/export/nosuch")]
    public async Task Of_a_service_has_the_answer_that_programs_read(string path)
    {
        await using var reader = await site.OpenAsync("/status");
        var answer = await reader.Page.APIRequest.GetAsync(
            path, new() { Headers = new Dictionary<string, string> { ["Accept"] = "text/html" } });
        Assert.Equal(404, answer.Status);
        Assert.DoesNotContain("<html", await answer.TextAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/no-such-page", "image/png")]
    [InlineData("/submissions/999999", "text/html")]
    public async Task Is_no_success_whatever_a_request_accepts(string path, string accept)
    {
        using var client = new HttpClient { BaseAddress = site.Address };
        client.DefaultRequestHeaders.Accept.ParseAdd(accept);
        using var answer = await client.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    /// <summary>Of a page and of a download; with an unknown unit before the number, as well.</summary>
    [Theory]
    [InlineData("/releases?unit=320404004000&from=abc")]
    [InlineData("/releases?unit=x&from=abc")]
    [InlineData("/submissions?unit=x&before=abc")]
    [InlineData("/report/2022-09?unit=x&release=abc")]
    [InlineData("/export/ranks.csv?unit=320404004000&indicator=ENTERPRISE_VISITS&year=abc")]
    public async Task With_a_number_that_is_none_is_refused_as_a_page_to_a_person_and_as_a_problem_to_a_program(string path)
    {
        using var client = new HttpClient { BaseAddress = site.Address };
        using var ofProgram = await client.GetAsync(path);
        Assert.Equal((400, "application/problem+json"), ((int)ofProgram.StatusCode, ofProgram.Content.Headers.ContentType?.MediaType));
        client.DefaultRequestHeaders.Accept.ParseAdd("text/html,application/xhtml+xml,image/webp,*/*;q=0.8");
        using var ofPerson = await client.GetAsync(path);
        Assert.Equal((400, "text/html"), ((int)ofPerson.StatusCode, ofPerson.Content.Headers.ContentType?.MediaType));
        Assert.Contains("地址有误", WebUtility.HtmlDecode(await ofPerson.Content.ReadAsStringAsync()), StringComparison.Ordinal);
    }
}
