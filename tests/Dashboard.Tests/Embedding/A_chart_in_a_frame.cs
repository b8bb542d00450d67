namespace XilinIngest.Dashboard.Tests.Embedding;

[Collection("site")]
public sealed class A_chart_in_a_frame(DashboardSite site)
{
    private const string Chart = "/embed/indicator?unit=320404004000&indicator=FIXED_ASSET_INVESTMENT&chart=year";

    [Fact]
    public async Task Is_shown_by_a_page_that_the_settings_name_from_the_code_that_the_menu_offers()
    {
        await using var reader = await site.OpenAsync("/indicator?unit=320404004000&period=2022-12&indicator=FIXED_ASSET_INVESTMENT");
        await reader.Page.Locator("#chart-year summary").ClickAsync();
        var code = await reader.Page.Locator("#chart-year-embed").InputValueAsync();
        await reader.AssertAccessibleAsync();

        await reader.Page.GotoAsync(new Uri(site.Framing.Named, $"/?frame={Uri.EscapeDataString(code)}").ToString());
        var frame = reader.Page.FrameLocator("iframe");
        await Assertions.Expect(frame.Locator("h1")).ToContainTextAsync("西林街道 固定资产投资 本年累计 2022-12");
        await Assertions.Expect(frame.Locator("[data-drawn=on] svg path").First).ToBeAttachedAsync();
        await Assertions.Expect(frame.GetByText("单位：亿元")).ToBeVisibleAsync();
        await Assertions.Expect(frame.GetByText("来源：西林街道月度指标")).ToContainTextAsync("数据截至2022年12月");
        await Assertions.Expect(frame.Locator("nav, form, button, input")).ToHaveCountAsync(0);
        reader.AssertNoBrowserErrors();
    }

    [Fact]
    public async Task Is_refused_by_the_browser_in_a_page_of_another_origin_and_so_is_every_other_page()
    {
        foreach (var (from, path) in new[] { (site.Framing.Other, Chart), (site.Framing.Named, "/rankings") })
        {
            await using var reader = await site.OpenAsync("/status");
            var refused = reader.Page.WaitForConsoleMessageAsync(new()
            {
                Predicate = message => message.Text.Contains("frame-ancestors", StringComparison.Ordinal),
            });
            var code = $"<iframe src=\"{System.Net.WebUtility.HtmlEncode(new Uri(site.Address, path).ToString())}\"></iframe>";
            await reader.Page.GotoAsync(new Uri(from, $"/?frame={Uri.EscapeDataString(code)}").ToString());
            Assert.Contains("violates", (await refused).Text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(320, 240, "&theme=dark&lang=en", "Open the indicator’s page")]
    [InlineData(800, 600, "&theme=light&period=2021-06", "打开指标页")]
    public async Task Is_accessible_in_a_small_frame_in_the_dark_and_in_English(int width, int height, string choice, string link)
    {
        await using var reader = await site.OpenAsync("/status", width, height);
        await reader.Page.GotoAsync(Chart + choice);
        await Assertions.Expect(reader.Page.Locator("[data-drawn=on] svg path").First).ToBeAttachedAsync();
        await Assertions.Expect(reader.Page.GetByText(link)).ToBeAttachedAsync();
        await reader.AssertAccessibleAsync();
    }

    [Fact]
    public async Task Has_its_figures_as_the_page_of_the_indicator_has_them()
    {
        const string of = "indicator?unit=320404004000&period=2022-12&indicator=MANUFACTURING_INVESTMENT";
        await using var reader = await site.OpenAsync("/" + of);
        var onPage = await reader.Page.Locator("tr[data-month] td[data-column='ytd']").AllInnerTextsAsync();
        await reader.Page.GotoAsync($"/embed/{of}&chart=year");
        await reader.Page.Locator("details summary").ClickAsync();
        await Assertions.Expect(reader.Page.Locator("tbody tr td:nth-child(2)")).ToHaveTextAsync(onPage.Select(text => text.Trim()));
        Assert.Contains("1.77", onPage.Select(text => text.Trim()));
    }

    [Fact]
    public async Task Of_a_growth_that_is_words_in_every_month_is_a_table_of_the_words_that_the_page_and_the_file_have()
    {
        const string of = "indicator?unit=320404005000&period=2022-12&indicator=MANUFACTURING_INVESTMENT";
        await using var reader = await site.OpenAsync("/" + of);
        var onPage = (await reader.Page.Locator("tr[data-month] td[data-column='growth']").AllInnerTextsAsync())
            .Select(text => text.Trim()).ToList();
        Assert.Equal(11, onPage.Count(text => text == "上年同期为零"));
        var file = await (await reader.Page.APIRequest.GetAsync($"/export/months.csv?{of.Split('?')[1]}")).TextAsync();
        Assert.Equal(11, file.Split(",上年同期为零,").Length - 1);

        await reader.Page.GotoAsync($"/embed/{of}&chart=growth");
        await Assertions.Expect(reader.Page.Locator("tbody tr td:nth-child(2)")).ToHaveTextAsync(onPage);
        await Assertions.Expect(reader.Page.Locator("tbody tr").First).ToBeVisibleAsync();
        await Assertions.Expect(reader.Page.Locator("[data-options]")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Of_nothing_or_of_a_single_enterprise_is_a_clear_no()
    {
        await using var reader = await site.OpenAsync("/status");
        var below = (await site.GetJsonAsync("/api/units")).AsArray().First(unit => (string?)unit!["kind"] == "Enterprise")!;
        foreach (var unit in new[] { "nowhere", (string)below["code"]! })
        {
            var answer = await reader.Page.APIRequest.GetAsync($"/embed/indicator?unit={unit}&indicator=FIXED_ASSET_INVESTMENT");
            Assert.Equal(404, answer.Status);
            Assert.Contains("没有这个单位、指标或月份的图表", System.Net.WebUtility.HtmlDecode(await answer.TextAsync()), StringComparison.Ordinal);
        }
    }
}
