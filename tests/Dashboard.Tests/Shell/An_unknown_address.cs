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
}
