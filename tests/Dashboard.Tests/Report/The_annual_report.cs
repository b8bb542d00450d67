namespace XilinIngest.Dashboard.Tests.Report;

[Collection("site")]
public sealed class The_annual_report(DashboardSite site)
{
    [Fact]
    public async Task Is_the_paragraph_and_table_of_the_service_with_a_way_to_every_number()
    {
        await using var reader = await site.OpenAsync("/report/2022");
        var report = await site.GetJsonAsync("/api/report/2022");
        var lines = ((string)report["paragraphZh"]!).Split('\n');
        Assert.Equal(lines, await reader.Page.Locator(".paragraph p").AllInnerTextsAsync());
        Assert.Equal(40, await reader.Page.Locator(".paragraph a").CountAsync());
        Assert.Equal(40, await reader.Page.Locator("tr[data-indicator] a").CountAsync());
        await reader.Page.Locator("tr[data-indicator=KEY_SERVICE_REVENUE] a").ClickAsync();
        await Assertions.Expect(reader.Page.Locator(".facts")).ToContainTextAsync("2.15亿元");
    }

    [Fact]
    public async Task Prints_on_A4_without_what_belongs_to_a_screen()
    {
        await using var reader = await site.OpenAsync("/report/2022");
        await reader.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await Assertions.Expect(reader.Page.Locator("header.bar")).ToBeHiddenAsync();
        await Assertions.Expect(reader.Page.Locator(".place")).ToBeHiddenAsync();
        await Assertions.Expect(reader.Page.Locator(".paragraph")).ToBeVisibleAsync();
        var pdf = await reader.Page.PdfAsync(new() { PreferCSSPageSize = true });
        var text = System.Text.Encoding.Latin1.GetString(pdf);
        Assert.Contains("/MediaBox [0 0 594.95996 841.91998]", text, StringComparison.Ordinal);
        Assert.InRange(System.Text.RegularExpressions.Regex.Count(text, "/Type /Page[^s]"), 1, 3);
    }

    [Fact]
    public async Task Follows_the_month_that_is_chosen_at_the_top()
    {
        await using var reader = await site.OpenAsync("/report/2022");
        await reader.Page.GetByLabel("月份").SelectOptionAsync("2021-06");
        await Assertions.Expect(reader.Page.Locator("h1")).ToContainTextAsync("2021年1—6月");
        Assert.Contains("/report/2021?", reader.Page.Url, StringComparison.Ordinal);
    }
}
