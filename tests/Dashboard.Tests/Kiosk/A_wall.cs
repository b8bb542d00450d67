namespace XilinIngest.Dashboard.Tests.Kiosk;

[Collection("site")]
public sealed class A_wall(DashboardSite site)
{
    private const string Xilin = "320404004000";

    // What is wider or taller than its place, in words.
    private const string Outside =
        """
        () => [document.documentElement, ...document.querySelectorAll('.wall, .wall-page, .wall-cards, .wall-card, .wall-card p, '
            + '.wall-value, .wall-bars, .wall-list, .wall-year, .wall-alerts')]
            .filter(each => each.scrollHeight > each.clientHeight + 1 || each.scrollWidth > each.clientWidth + 1)
            .map(each => `${each.className} ${each.scrollWidth}x${each.scrollHeight}`
                + ` in ${each.clientWidth}x${each.clientHeight}`).join(', ')
        """;

    /// <summary>Nothing is outside of the screen or of its place, on no page, and there is nothing to press.</summary>
    [Theory]
    [InlineData(1920, 1080, false)]
    [InlineData(3840, 2160, true)]
    public async Task Shows_pages_that_do_not_scroll_in_large_type(int width, int height, bool english)
    {
        await using var reader = await site.OpenAsync($"/?unit={Xilin}&wall=1", width, height, english);
        foreach (var path in new[] { "/alerts", "/completeness", "/map", "/rankings", "/" })
        {
            await reader.NavigateAsync($"{path}?unit={Xilin}&wall=1");
            await Assertions.Expect(reader.Page.Locator($"[data-page='{path}'] .wall-foot")).ToBeAttachedAsync();
            Assert.Equal("", await reader.Page.EvaluateAsync<string>(Outside));

            // To be read across a room: the least of it is a fortieth of the screen's height.
            Assert.True(await reader.Page.EvaluateAsync<double>(
                "parseFloat(getComputedStyle(document.querySelector('.wall-foot')).fontSize)") >= height / 40.0);
            Assert.Equal(0, await reader.Page.Locator(".wall a, .wall button, .wall input, .wall select, header, form").CountAsync());
        }

        Assert.Equal("none", await reader.Page.EvaluateAsync<string>("getComputedStyle(document.querySelector('.wall-amount')).cursor"));
        await reader.AssertAccessibleAsync();
    }

    /// <summary>From the month of which nothing is reported: all are late, and more than there is room for.</summary>
    [Fact]
    public async Task Says_that_there_is_more_than_it_shows()
    {
        await using var reader = await site.OpenAsync($"/completeness?unit={Xilin}&period=2023-02&wall=1", 1920, 1080);
        var missing = (await site.GetJsonAsync($"/api/completeness?unit={Xilin}&period=2023-02"))["missing"]!.AsArray().Count;
        await Assertions.Expect(reader.Page.Locator(".wall-list li")).ToHaveCountAsync(12);
        await Assertions.Expect(reader.Page.Locator(".wall-more")).ToHaveTextAsync($"另有 {missing - 12} 家未显示。");
        Assert.Equal("", await reader.Page.EvaluateAsync<string>(Outside));
    }

    [Fact]
    public async Task Turns_to_the_next_page_by_itself_and_follows_what_arrives_for_the_newest_month()
    {
        await using var reader = await site.OpenAsync("/?unit=320404004202&wall=1&seconds=5", 1920, 1080, moving: true);
        await reader.Page.EvaluateAsync("window.mark = 1");
        await Assertions.Expect(reader.Page.Locator("h1")).ToContainTextAsync("马家村 2022年12月");
        var receipt =
            await site.SubmitAsync(
                TestSubmissions.NewSubmission("320404004202", "2031-03", TestSubmissions.Value("ENTERPRISE_VISITS", 1, "家")));
        await Assertions.Expect(reader.Page.Locator($"[data-sequence='{receipt["sequence"]}']")).ToContainTextAsync("已退回");
        await Assertions.Expect(reader.Page.Locator(".wall-pages [aria-current=page]")).ToHaveTextAsync("排名", new() { Timeout = 15_000 });
        await Assertions.Expect(reader.Page.Locator(".wall-bars li")).ToHaveCountAsync(await BarsAsync());
        var (then, now) = (await ProgressAsync(reader), await ProgressAsync(reader));
        Assert.True(now > then, $"The mark stands still at {then} of its width.");
        Assert.Equal(1, await reader.Page.EvaluateAsync<int>("window.mark"));
    }

    // Majia village has enterprises below it, which are not ranked: its own place among the street's is shown.
    private async Task<int> BarsAsync() =>
        (await site.GetJsonAsync($"/api/rankings?parent={Xilin}&indicator=FIXED_ASSET_INVESTMENT&period=2022-12"))["units"]!.AsArray()
        .Count(unit => unit!["rank"] is not null);

    private static Task<double> ProgressAsync(BrowserPage reader) =>
        reader.Page.EvaluateAsync<double>(
            "new Promise(next => setTimeout(() => { const mark = document.querySelector('.wall-run div'); "
            + "next(mark.getBoundingClientRect().width / mark.parentElement.clientWidth); }, 100))");
}
