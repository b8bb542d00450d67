namespace XilinIngest.Dashboard.Tests.Dictionary;

[Collection("site")]
public sealed class The_dictionary(DashboardSite site)
{
    [Fact]
    public async Task Finds_an_indicator_explains_it_and_leads_to_its_page()
    {
        await using var reader = await site.OpenAsync("/dictionary?unit=320404004000&period=2022-12");
        var entries = reader.Page.Locator("[data-indicator]");
        await Assertions.Expect(entries).ToHaveCountAsync(40);
        await reader.Page.GetByLabel("查找指标").FillAsync("retail_sales");
        await Assertions.Expect(entries).ToHaveCountAsync(1);
        await Assertions.Expect(reader.Page.Locator(".ind-count")).ToHaveTextAsync("1 / 40 个指标");
        await entries.Locator("summary").ClickAsync();
        await Assertions.Expect(entries.Locator("[data-fact=january]")).ToHaveTextAsync("是，2013年起");
        await Assertions.Expect(entries.Locator("[data-fact=reporter]")).ToHaveTextAsync("企业（列入限额以上社会消费品零售名录的）");
        await reader.AssertAccessibleAsync();
        await entries.GetByRole(AriaRole.Link).ClickAsync();
        await Assertions.Expect(reader.Page.Locator("h1")).ToContainTextAsync("限额以上社会消费品零售总额");
        await Assertions.Expect(reader.Page.Locator(".def-what")).ToContainTextAsync("直接售给个人");
        await Assertions.Expect(reader.Page.Locator("[data-fact=scope]")).ToBeHiddenAsync();
        await reader.Page.GetByText("指标解释：口径").ClickAsync();
        await Assertions.Expect(reader.Page.Locator("[data-fact=scope]")).ToContainTextAsync("限额以上批发和零售业");
    }

    [Fact]
    public async Task Shows_an_edit_of_its_file_on_an_open_page_within_two_seconds()
    {
        const string before = "限额以上单位直接售给个人";
        await using var reader = await site.OpenAsync("/dictionary?unit=320404004000&period=2022-12");
        var what = reader.Page.Locator("[data-indicator=RETAIL_SALES] .def-what");
        await Assertions.Expect(what).ToContainTextAsync(before);
        site.EditCatalogue("definitions.csv", text => text.Replace(before, "限额以上的单位直接售给个人", StringComparison.Ordinal));
        await Assertions.Expect(what).ToContainTextAsync("限额以上的单位", new() { Timeout = 2_000 });
        site.EditCatalogue("definitions.csv", text => text.Replace("限额以上的单位直接售给个人", before, StringComparison.Ordinal));
        await Assertions.Expect(what).ToContainTextAsync(before);
    }

    [Fact]
    public async Task Says_that_nothing_matches_and_is_taken_along_whole()
    {
        await using var reader = await site.OpenAsync("/dictionary?unit=320404004000&period=2022-12", 360, 740, english: true);
        await reader.Page.GetByLabel("Find an indicator").FillAsync("no such thing");
        await Assertions.Expect(reader.Page.Locator(".notice.empty")).ToContainTextAsync("No indicator matches");
        var download = await reader.Page.RunAndWaitForDownloadAsync(() => reader.Page.GetByText("Export CSV").ClickAsync());
        var lines = await File.ReadAllLinesAsync(await download.PathAsync());
        Assert.StartsWith("Code,Indicator,Section,Definition,Formula,Scope", lines[0].TrimStart('\uFEFF'), StringComparison.Ordinal);
        Assert.Equal(41, lines.Length);
        Assert.Contains(lines, line => line.StartsWith("DUST_CONTROL_RATE,", StringComparison.Ordinal)
            && line.Contains("summed numerators", StringComparison.Ordinal));
    }
}
