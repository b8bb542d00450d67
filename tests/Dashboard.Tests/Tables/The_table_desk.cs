using System.Globalization;
using System.Text.Json.Nodes;

namespace XilinIngest.Dashboard.Tests.Tables;

[Collection("site")]
public sealed class The_table_desk(DashboardSite site)
{
    private const string Street = "320404004000";

    [Fact]
    public async Task Shows_the_figures_of_the_series_and_takes_them_along()
    {
        var address = $"/tables?unit={Street}&period=2022-09&view=indicators-months"
            + "&indicators=FIXED_ASSET_INVESTMENT,TRADE_CATERING_SALES&from=2022-07&measures=ytd,growth";
        await using var reader = await site.OpenAsync(address);
        await Assertions.Expect(reader.Page.Locator(".desk tbody tr")).ToHaveCountAsync(2);
        var cells = await reader.Page.Locator("tr[data-row=FIXED_ASSET_INVESTMENT] td").AllInnerTextsAsync();
        Assert.Equal(await OfSeriesAsync("FIXED_ASSET_INVESTMENT", [7, 8, 9]), cells);

        var link = await reader.Page.GetByText("CSV", new() { Exact = true }).GetAttributeAsync("href");
        var lines = (await (await reader.Page.APIRequest.GetAsync(link!)).TextAsync())
            .TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("指标,2022年7月累计,2022年7月同比增幅,2022年8月累计,2022年8月同比增幅,2022年9月累计,2022年9月同比增幅,快报（未报齐）", lines[0]);
        Assert.Equal(cells.Select(cell => Number(cell.Trim('+', '%'))), lines[1].Split(',')[1..^1].Select(Number));
        var kept = await reader.Page.Locator("[data-address]").GetAttributeAsync("href");
        Assert.Equal(address, kept!.Replace("&scope=children", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Turns_rows_and_columns_as_the_reader_chooses()
    {
        await using var reader = await site.OpenAsync($"/tables?unit={Street}&period=2022-12");
        await reader.Page.GetByLabel("行 × 列").SelectOptionAsync("units-indicators");
        await Assertions.Expect(reader.Page.Locator("h1")).ToContainTextAsync("直属各单位指标表");
        await Assertions.Expect(reader.Page.Locator(".desk tbody tr")).ToHaveCountAsync(7);
        await reader.Page.GetByLabel("行 × 列").SelectOptionAsync("units-months");
        await Assertions.Expect(reader.Page.Locator(".desk thead th")).ToHaveCountAsync(25);
        await reader.Page.GetByLabel("哪些单位").SelectOptionAsync("subtree");
        await Assertions.Expect(reader.Page.Locator(".desk tbody tr")).ToHaveCountAsync(8);
        await reader.Page.GetByLabel("当月").CheckAsync();
        await Assertions.Expect(reader.Page.Locator(".desk thead th")).ToHaveCountAsync(37);
        await reader.Page.GetByLabel("起始月份").SelectOptionAsync("2021-01");
        await Assertions.Expect(reader.Page.Locator(".desk thead th")).ToHaveCountAsync(73);
        Assert.Contains("from=2021-01&measures=ytd,month,growth", reader.Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_moved_through_by_arrow_keys_while_the_headings_stay_in_sight()
    {
        await using var reader = await site.OpenAsync($"/tables?unit={Street}&period=2022-12&view=units-months&from=2021-01");
        var focused = reader.Page.Locator(".desk :focus");
        await Assertions.Expect(reader.Page.Locator("[data-keys=on]")).ToBeVisibleAsync();
        await reader.Page.Locator(".desk thead th").First.FocusAsync();
        await reader.Page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(focused).ToHaveAttributeAsync("scope", "row");
        await reader.Page.Keyboard.PressAsync("End");
        await Assertions.Expect(focused).ToHaveAttributeAsync("role", "gridcell");
        await Assertions.Expect(focused).ToHaveAttributeAsync("tabindex", "0");
        Assert.Equal(1, await reader.Page.Locator(".desk [tabindex='0']").CountAsync());
        var (heading, scroll) = (await reader.Page.Locator(".desk tbody th").First.BoundingBoxAsync(),
            await reader.Page.Locator(".desk-scroll").BoundingBoxAsync());
        Assert.InRange(heading!.X - scroll!.X, 0, 2);
        Assert.True(await reader.Page.Locator(".desk-scroll").EvaluateAsync<double>("area => area.scrollLeft") > 100);
    }

    [Fact]
    public async Task Of_many_units_is_rendered_as_it_is_scrolled_to_and_has_them_all()
    {
        await using var reader = await site.OpenAsync(
            $"/tables?unit={Street}&period=2022-12&view=units-indicators&scope=enterprises&indicators=FIXED_ASSET_INVESTMENT");
        var figures = await site.GetJsonAsync(
            $"/api/table?unit={Street}&scope=enterprises&indicators=FIXED_ASSET_INVESTMENT&from=2022-12&period=2022-12");
        var firms = figures["units"]!.AsArray();
        var last = firms.Count + 1;
        Assert.True(firms.Count > 60, $"{firms.Count} firms");
        await Assertions.Expect(reader.Page.Locator(".desk tr[aria-rowindex='2']")).ToBeVisibleAsync();
        Assert.Equal(0, await reader.Page.Locator($".desk tr[aria-rowindex='{last}']").CountAsync());
        await Assertions.Expect(reader.Page.Locator("[data-keys=on]")).ToBeVisibleAsync();
        await reader.Page.Locator(".desk thead th").First.FocusAsync();
        await reader.Page.Keyboard.PressAsync("Control+End");
        await Assertions.Expect(reader.Page.Locator($".desk tr[aria-rowindex='{last}'] td:focus")).ToBeVisibleAsync();
        await reader.AssertAccessibleAsync();
    }

    [Fact]
    public async Task That_would_be_too_large_is_refused_with_what_to_do()
    {
        await using var reader = await site.OpenAsync($"/tables?unit={Street}&period=2022-12");
        var all = string.Join(
            ',', (await site.GetJsonAsync("/api/catalogue"))["indicators"]!.AsArray().Select(each => (string)each!["code"]!));
        var answer = await reader.Page.APIRequest.GetAsync(
            $"/api/table?unit={Street}&scope=enterprises&indicators={all}&from=1990-01&period=2022-12");
        Assert.Equal(400, answer.Status);
        Assert.Contains("最多 50000 个。请少选单位、指标或月份。", await answer.TextAsync(), StringComparison.Ordinal);
        Assert.Equal(404, (await reader.Page.APIRequest.GetAsync("/export/table.csv?unit=nowhere&period=2022-12")).Status);
    }

    private async Task<List<string>> OfSeriesAsync(string indicator, int[] months)
    {
        var series = (await site.GetJsonAsync($"/api/series?unit={Street}&indicator={indicator}&year=2022")).AsArray();
        return [.. months.SelectMany(month => new[] { Printed(series[month - 1]!["yearToDate"]!), Growth(series[month - 1]!["growth"]!) })];
    }

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    private static string Printed(JsonNode tenThousands) =>
        Math.Round((decimal)tenThousands / 10_000, 1, MidpointRounding.AwayFromZero).ToString("N1", CultureInfo.InvariantCulture);

    private static string Growth(JsonNode growth) => ((decimal)growth).ToString("+0.0;−0.0;0.0", CultureInfo.InvariantCulture) + "%";
}
