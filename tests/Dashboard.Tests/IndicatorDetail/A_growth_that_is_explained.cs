using System.Globalization;

namespace XilinIngest.Dashboard.Tests.Indicator;

[Collection("site")]
public sealed class A_growth_that_is_explained(DashboardSite site)
{
    private const string Of = "unit=320404004000&period=2022-09&indicator=FIXED_ASSET_INVESTMENT";

    [Theory]
    [InlineData(1280, false)]
    [InlineData(360, true)]
    public async Task Is_the_sum_of_what_the_units_add_as_bars_and_as_a_table(int width, bool english)
    {
        var month = (await site.GetJsonAsync("/api/series?unit=320404004000&indicator=FIXED_ASSET_INVESTMENT&year=2022"))[8]!;
        var points = (await site.GetJsonAsync("/api/children?" + Of)).AsArray().Where(child => child!["growthPoints"] is not null)
            .ToDictionary(child => (string)child!["unit"]!, child => (decimal)child!["growthPoints"]!);
        await using var reader = await site.OpenAsync("/indicator?" + Of, width, 900, english);
        var waterfall = reader.Page.Locator(".exp-waterfall");
        await Assertions.Expect(waterfall.Locator(".chart svg")).ToBeVisibleAsync();
        await waterfall.GetByText(english ? "Table of the figures" : "数据表").ClickAsync();
        foreach (var folded in new[] { ".def-more", ".exp-bases", ".exp-estimate details", "#chart-years details" })
        {
            await reader.Page.Locator(folded + " summary").ClickAsync();
        }

        await Assertions.Expect(waterfall.Locator("table")).ToBeVisibleAsync();
        var sum = 0m;
        foreach (var row in await waterfall.Locator("tbody tr:not([data-part=total])").AllAsync())
        {
            var (part, cells) = (await row.GetAttributeAsync("data-part"), await row.Locator("td").AllTextContentsAsync());
            sum += Parse(cells[0]);
            Assert.Equal(sum, Parse(cells[1]));
            Assert.True(part == "rest" ? Math.Abs(Parse(cells[0])) < 0.1m : points[part!] == Parse(cells[0]), part);
        }

        Assert.Equal((decimal)month["growth"]!, sum);
        await Assertions.Expect(waterfall.Locator("[data-part=total] td").First).ToContainTextAsync($"{sum:F2}");
        await reader.AssertAccessibleAsync();
    }

    [Fact]
    public async Task Says_both_bases_and_which_units_are_left_out_and_why()
    {
        var month = (await site.GetJsonAsync("/api/series?unit=320404004000&indicator=FIXED_ASSET_INVESTMENT&year=2022"))[8]!;
        var leftOut = month["comparison"]!["leftOut"];
        await using var reader = await site.OpenAsync("/indicator?" + Of);
        var bases = reader.Page.Locator(".exp-bases");
        await bases.Locator("summary").ClickAsync();
        await Assertions.Expect(bases.Locator("[data-basis=published]"))
            .ToContainTextAsync($"+{((decimal)month["comparableGrowth"]!).ToString("F1", CultureInfo.InvariantCulture)}%");
        await Assertions.Expect(bases.Locator("[data-basis=other]"))
            .ToContainTextAsync($"+{((decimal)month["recordedGrowth"]!).ToString("F1", CultureInfo.InvariantCulture)}%");
        await Assertions.Expect(bases.Locator("[data-fact=left-out-reasons]")).ToHaveCountAsync(leftOut is null ? 0 : 1);
        await Assertions.Expect(bases).ToContainTextAsync(leftOut is null ? "所有单位都计入增幅" : "未计入增幅");
    }

    [Fact]
    public async Task Is_not_split_among_enterprises()
    {
        await using var reader = await site.OpenAsync("/indicator?unit=320404004201&period=2022-09&indicator=RETAIL_SALES");
        await Assertions.Expect(reader.Page.Locator(".exp-note")).ToContainTextAsync("企业单独的增幅不公布");
        await Assertions.Expect(reader.Page.Locator(".exp-waterfall")).ToHaveCountAsync(0);
    }

    private static decimal Parse(string text) => decimal.Parse(text.Trim().Replace('−', '-'), CultureInfo.InvariantCulture);
}
