using System.Globalization;

namespace XilinIngest.Dashboard.Tests.Tables;

[Collection("site")]
public sealed class The_words_of_a_table(DashboardSite site)
{
    private const string Street = "320404004000";

    [Fact]
    public async Task Say_of_a_stock_that_it_stands_at_a_months_end_and_of_a_village_its_unit_of_report()
    {
        await using var reader = await site.OpenAsync($"/tables?unit={Street}&period=2022-12&view=units-months"
            + "&indicators=HITECH_APPLICANTS&from=2022-12&measures=ytd,month,last-year");
        await Assertions.Expect(reader.Page.Locator(".desk thead th small"))
            .ToHaveTextAsync(["期末数", "月末数", "上年同期期末数"]);
        await reader.NavigateAsync($"/tables?unit={Street}&period=2022-12&view=units-months"
            + "&indicators=INDUSTRIAL_OUTPUT&from=2022-12&measures=ytd,month");
        await Assertions.Expect(reader.Page.Locator(".desk thead th small")).ToHaveTextAsync(["累计", "当月"]);
        await Assertions.Expect(reader.Page.Locator("h1")).ToContainTextAsync("规模工业总产值（万元）");
    }

    [Fact]
    public async Task Have_beside_a_growth_the_figure_of_last_year_that_it_was_computed_from()
    {
        var lines = await CsvAsync("view=indicators-months&indicators=KEY_SERVICE_REVENUE&from=2022-12&measures=ytd,last-year,growth");
        Assert.Contains("上年同期（同比基数）", lines[0], StringComparison.Ordinal);
        var figures = lines[1].Split(',')[1..4].Select(text => decimal.Parse(text, CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(25.5m, figures[2]);
        Assert.InRange((figures[0] / figures[1] - 1) * 100, 24.5m, 26.5m); // The recorded base would give 20.9.
    }

    [Fact]
    public async Task Tell_exempt_not_due_and_not_applicable_apart_on_the_page_and_in_the_file()
    {
        var of = "view=indicators-months&indicators=FIXED_ASSET_INVESTMENT,SUPPLY_PACKS&from=2022-01&measures=month,growth";
        await using var reader = await site.OpenAsync($"/tables?unit={Street}&period=2023-02&{of}");
        var cells = reader.Page.Locator("tr[data-row=FIXED_ASSET_INVESTMENT] td");
        await Assertions.Expect(cells.First).ToHaveTextAsync("免报");
        await Assertions.Expect(cells.Nth(26)).ToHaveTextAsync("未到期");
        await Assertions.Expect(reader.Page.Locator("tr[data-row=SUPPLY_PACKS] td").Nth(1)).ToHaveTextAsync("不适用");
        await Assertions.Expect(reader.Page.GetByText("免报：1月按制度不报。")).ToBeVisibleAsync();
        await reader.AssertAccessibleAsync();
        Assert.StartsWith("固定资产投资（亿元）,免报,免报,", (await CsvAsync(of))[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Say_what_of_the_address_was_not_understood()
    {
        var of = "view=sideways&indicators=NOPE,RETAIL_SALES&from=2031-01&measures=ytd,%3Cb%3E";
        await using var reader = await site.OpenAsync($"/tables?unit={Street}&period=2022-12&{of}");
        await Assertions.Expect(reader.Page.Locator("[data-fault]")).ToHaveTextAsync(
        [
            "地址中的行列“sideways”不存在，没有采用。", "地址中的指标“NOPE”不存在，没有采用。", "地址中的数据项“<b>”不存在，没有采用。",
            "起始月份 2031-01 晚于 2022-12，已改从 2022-01 起。",
        ]);
        await Assertions.Expect(reader.Page.Locator(".desk tbody tr")).ToHaveCountAsync(1);
        Assert.Equal(400, (await reader.Page.APIRequest.GetAsync($"/export/table.csv?unit={Street}&period=2022-12&{of}")).Status);
    }

    [Fact]
    public async Task Tell_a_figure_too_small_for_the_unit_of_its_column_in_its_own()
    {
        var of = $"unit={Street}&period=2022-12&view=indicators-months&indicators=DIGITAL_CORE_VALUE_ADDED&from=2022-01&measures=ytd";
        await using var reader = await site.OpenAsync($"/tables?{of}");
        await Assertions.Expect(reader.Page.Locator("tr[data-row=DIGITAL_CORE_VALUE_ADDED] td").First).ToHaveTextAsync("472万元");
    }

    private async Task<string[]> CsvAsync(string of)
    {
        await using var reader = await site.OpenAsync($"/tables?unit={Street}&period=2022-12&{of}");
        var link = await reader.Page.GetByText("CSV", new() { Exact = true }).GetAttributeAsync("href");
        return (await (await reader.Page.APIRequest.GetAsync(link!)).TextAsync())
            .TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
    }
}
