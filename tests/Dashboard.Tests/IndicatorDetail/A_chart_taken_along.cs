namespace XilinIngest.Dashboard.Tests.Indicator;

[Collection("site")]
public sealed class A_chart_taken_along(DashboardSite site)
{
    private const string Of = "unit=320404004000&period=2022-12&indicator=RETAIL_SALES";

    [Fact]
    public async Task Is_a_picture_that_says_what_it_shows_and_where_it_is_from()
    {
        await using var reader = await site.OpenAsync("/indicator?" + Of);
        var chart = reader.Page.Locator("#chart-year");
        await Assertions.Expect(chart.Locator("svg")).ToBeVisibleAsync();
        await chart.Locator("summary").ClickAsync();
        var svg = await SaveAsync(reader, chart, "SVG");
        Assert.Equal("西林街道 限额以上社会消费品零售总额 本年累计 2022-12.svg", svg.SuggestedFilename);
        var text = await File.ReadAllTextAsync(await svg.PathAsync());
        Assert.Contains("西林街道 限额以上社会消费品零售总额 本年累计 2022-12", text, StringComparison.Ordinal);
        Assert.Contains("单位：亿元", text, StringComparison.Ordinal);
        Assert.Contains("来源：西林街道月度指标；数据截至2022年12月", text, StringComparison.Ordinal);
        Assert.Contains("制图日期：2023-01-", text, StringComparison.Ordinal);
        var png = await SaveAsync(reader, chart, "PNG");
        Assert.Equal("西林街道 限额以上社会消费品零售总额 本年累计 2022-12.png", png.SuggestedFilename);
        Assert.Equal((1920, 1200), Png.SizeOf(await File.ReadAllBytesAsync(await png.PathAsync())));
        await Assertions.Expect(chart.GetByLabel("链接")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("#chart-year$"));
        reader.AssertNoBrowserErrors();
    }

    [Fact]
    public async Task Has_its_figures_beside_it_and_the_years_against_each_other()
    {
        var years = new List<decimal>();
        foreach (var year in new[] { 2022, 2021 })
        {
            var months = await site.GetJsonAsync($"/api/series?unit=320404004000&indicator=RETAIL_SALES&year={year}");
            years.Add((decimal)months[8]!["yearToDate"]!);
        }

        await using var reader = await site.OpenAsync("/indicator?exact=1&" + Of);
        await Assertions.Expect(reader.Page.Locator("#chart-years svg")).ToBeVisibleAsync();
        await reader.Page.Locator("#chart-years summary").ClickAsync();
        var lines = await ReadAsync(await SaveAsync(reader, reader.Page.Locator("#chart-years"), "CSV"));
        Assert.Equal(["月份", "2022年累计（万元）", "2021年累计（万元）"], lines[0]);
        Assert.Equal(13, lines.Count);
        Assert.Equal(years.Prepend(9), lines[9].Select(cell => decimal.Parse(cell, System.Globalization.CultureInfo.InvariantCulture)));
        var table = await ReadAsync(await SaveAsync(reader, reader.Page.Locator("main"), "导出各月 CSV"));
        Assert.Equal("2022-09", table[9][0]);
        Assert.Equal(years[0], decimal.Parse(table[9][3], System.Globalization.CultureInfo.InvariantCulture));
    }

    private static Task<IDownload> SaveAsync(BrowserPage reader, ILocator within, string button) =>
        reader.Page.RunAndWaitForDownloadAsync(() => within.GetByText(button, new() { Exact = true }).First.ClickAsync());

    private static async Task<List<string[]>> ReadAsync(IDownload file) =>
        [.. (await File.ReadAllLinesAsync(await file.PathAsync())).Select(line => line.Trim('\uFEFF').Split(','))];
}
