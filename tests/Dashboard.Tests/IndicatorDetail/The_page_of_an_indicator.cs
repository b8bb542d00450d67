using System.Globalization;
using System.Text.RegularExpressions;

namespace XilinIngest.Dashboard.Tests.Indicator;

[Collection("site")]
public sealed class The_page_of_an_indicator(DashboardSite site)
{
    private const string Street = "/indicator?unit=320404004000&period=2022-12&indicator=FIXED_ASSET_INVESTMENT";

    [Theory]
    [InlineData(1280, false)]
    [InlineData(360, true)]
    public async Task Shows_the_year_against_the_last_one_on_both_bases_and_the_ranking_below(int width, bool english)
    {
        await using var reader = await site.OpenAsync(Street, width, 900, english);
        var effective = reader.Page.Locator(".ind-standing");
        await Assertions.Expect(effective).ToContainTextAsync(english ? "3.43 billion yuan" : "34.3亿元");
        await Assertions.Expect(effective.Locator("[data-fact=bases]"))
            .ToHaveTextAsync(english ? "comparable +11.1% · recorded +12.3%" : "可比口径 +11.1% · 上年原报数口径 +12.3%");
        await Assertions.Expect(effective.Locator("[data-fact=target]")).ToHaveTextAsync(english ? "growth 10.0%" : "增长10.0%");
        await Assertions.Expect(Month(reader, 12, "ytd")).ToHaveTextAsync(english ? "3.43" : "34.3");
        await Assertions.Expect(reader.Page.Locator("[data-month='2022-01']")).ToContainTextAsync(english ? "exempt" : "免报");
        await Assertions.Expect(reader.Page.Locator("[data-unit='320404004002']")).ToContainTextAsync("+15.3%");
        await Assertions.Expect(reader.Page.Locator(".chart svg")).ToHaveCountAsync(6);
        await Assertions.Expect(reader.Page.Locator(".ind-charts path[stroke='#8a5a00']").First).ToBeAttachedAsync();
        await reader.AssertAccessibleAsync();
    }

    [Fact]
    public async Task Says_what_each_unit_below_adds_to_the_growth()
    {
        await using var reader = await site.OpenAsync("/indicator?unit=320404004000&period=2022-09&indicator=RETAIL_SALES");
        var children = (await site.GetJsonAsync("/api/children?unit=320404004000&period=2022-09&indicator=RETAIL_SALES")).AsArray();
        var points = children.Where(child => child!["growthPoints"] is not null)
            .ToDictionary(child => (string)child!["unit"]!, child => (decimal)child!["growthPoints"]!);
        Assert.True(points.Count > 2);
        var series = (await site.GetJsonAsync("/api/series?unit=320404004000&indicator=RETAIL_SALES&year=2022"))[8]!["comparison"]!;
        var growth = ((decimal)series["current"]! / (decimal)series["base"]! - 1) * 100;
        Assert.InRange(points.Values.Sum() - growth, -0.005m * points.Count, 0.005m * points.Count);
        await Assertions.Expect(reader.Page.GetByRole(AriaRole.Columnheader, new() { Name = "拉动（个百分点）" })).ToBeVisibleAsync();
        foreach (var (unit, added) in points)
        {
            var text = (added < 0 ? "−" : added > 0 ? "+" : "") + Math.Abs(added).ToString("F2", CultureInfo.InvariantCulture);
            await Assertions.Expect(reader.Page.Locator($"tr[data-unit='{unit}']").First).ToContainTextAsync(text);
        }
    }

    [Fact]
    public async Task Says_every_month_as_the_series_has_it_and_exactly_on_demand()
    {
        var series = (await site.GetJsonAsync("/api/series?unit=320404004000&indicator=FIXED_ASSET_INVESTMENT&year=2022")).AsArray();
        await using var reader = await site.OpenAsync(Street);
        foreach (var month in series.Skip(1))
        {
            var (number, exact) =
                (int.Parse(((string)month!["period"]!)[5..], CultureInfo.InvariantCulture), (decimal)month["yearToDate"]!);
            await Assertions.Expect(Month(reader, number, "ytd"))
                .ToHaveTextAsync(Math.Round(exact / 10_000, 1, MidpointRounding.AwayFromZero).ToString("F1", CultureInfo.InvariantCulture));
            await Assertions.Expect(Month(reader, number, "comparable")).ToHaveTextAsync(Percent((decimal)month["comparableGrowth"]!));
            await Assertions.Expect(Month(reader, number, "recorded")).ToHaveTextAsync(Percent((decimal)month["recordedGrowth"]!));
        }

        await reader.Page.GetByText("改看准确数").ClickAsync();
        await Assertions.Expect(Month(reader, 12, "ytd")).ToHaveTextAsync("343,126.8");
        await Assertions.Expect(reader.Page.Locator(".ind-months thead")).ToContainTextAsync("本年累计（万元）");
    }

    [Fact]
    public async Task Sorts_and_filters_the_units_below()
    {
        await using var reader = await site.OpenAsync(Street);
        var names = reader.Page.Locator(".ind-below tbody th");
        await Assertions.Expect(names.First).ToHaveTextAsync("凌家塘社区");
        var sort = reader.Page.Locator(".ind-below thead th", new() { HasText = "本年累计" });
        await sort.GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(sort).ToHaveAttributeAsync("aria-sort", "ascending");
        var children =
            (await site.GetJsonAsync("/api/children?unit=320404004000&indicator=FIXED_ASSET_INVESTMENT&period=2022-12")).AsArray();
        var street = (await site.GetJsonAsync("/api/series?unit=320404004000&indicator=FIXED_ASSET_INVESTMENT&year=2022"))[11]!;
        Assert.Equal((decimal)street["yearToDate"]!, children.Sum(child => (decimal)child!["figure"]!["yearToDate"]!));
        var least = children.MinBy(child => (decimal)child!["figure"]!["yearToDate"]!)!;
        await Assertions.Expect(reader.Page.Locator(".ind-below tbody tr").First).ToHaveAttributeAsync("data-unit", (string)least["unit"]!);
        await reader.Page.GetByLabel("筛选单位").FillAsync("村");
        await Assertions.Expect(names).ToHaveCountAsync(3);
        await Assertions.Expect(reader.Page.Locator(".ind-count")).ToHaveTextAsync("3 / 7 个单位");
        await reader.Page.GetByLabel("筛选单位").FillAsync("没有这个村");
        await Assertions.Expect(reader.Page.Locator(".ind-count")).ToHaveTextAsync("0 / 7 个单位");
    }

    [Fact]
    public async Task Leads_from_the_street_to_a_village_to_an_enterprise_and_back_up()
    {
        await using var reader = await site.OpenAsync(Street);
        await Assertions.Expect(reader.Page.Locator(".ind-below thead")).ToContainTextAsync("本年累计（万元）");
        await Assertions.Expect(reader.Page.Locator(".ind-months thead")).ToContainTextAsync("本年累计（亿元）");
        await reader.Page.Locator(".ind-below").GetByText("马家村").ClickAsync();
        await Assertions.Expect(reader.Page.Locator("h1")).ToContainTextAsync("马家村");

        // A village's figures are in a unit that fits them, whole.
        await Assertions.Expect(reader.Page.Locator(".ind-amount")).ToContainTextAsync(new Regex("[0-9]{4,}万元"));
        await Assertions.Expect(Month(reader, 12, "ytd")).ToHaveTextAsync(new Regex("^[0-9]{2,3},[0-9]{3}$"));
        await Assertions.Expect(reader.Page.Locator("[data-unit='91320404MA0000001L'] [data-column=month]")).ToHaveTextAsync("1,272.15");

        // What the village does not have, or the browser chose before, does not stay.
        await Assertions.Expect(reader.Page.Locator("#indicator")).ToHaveValueAsync("FIXED_ASSET_INVESTMENT");
        await Assertions.Expect(reader.Page.Locator(".ind-charts path[stroke='#8a5a00']")).ToHaveCountAsync(0);
        await reader.Page.Locator(".ind-below").GetByText("西林样例企业001").ClickAsync();
        await Assertions.Expect(Month(reader, 2, "month")).ToHaveTextAsync("1,443.65");
        await Assertions.Expect(reader.Page.Locator(".ind-months thead")).ToContainTextAsync("本月（万元）");
        await reader.AssertAccessibleAsync();
        await reader.Page.GetByRole(AriaRole.Navigation, new() { Name = "上级单位" }).GetByText("钟楼区").ClickAsync();
        await Assertions.Expect(reader.Page.Locator("[data-unit='320404004000']")).ToBeVisibleAsync();
        await Assertions.Expect(reader.Page.Locator("#indicator")).ToHaveValueAsync("FIXED_ASSET_INVESTMENT");
    }

    [Fact]
    public async Task Begins_with_a_headline_says_what_is_not_reported_and_keeps_the_choice_in_the_address()
    {
        await using var reader = await site.OpenAsync("/indicator?unit=320404004201&period=2022-12");
        await Assertions.Expect(reader.Page.Locator("h1")).ToContainTextAsync("固定资产投资");
        await reader.Page.Locator("#indicator").SelectOptionAsync("ENTERPRISE_VISITS");
        await Assertions.Expect(reader.Page.Locator("h1")).ToContainTextAsync("走访企业");
        Assert.Contains("indicator=ENTERPRISE_VISITS", reader.Page.Url, StringComparison.Ordinal);
        await reader.NavigateAsync("/indicator?unit=320404004201&period=2022-12&indicator=PUBLIC_BUDGET_REVENUE");
        await Assertions.Expect(reader.Page.Locator(".notice.empty").First).ToContainTextAsync("东岱村不报送这个指标");
        await reader.NavigateAsync("/indicator?unit=320404004000&period=2023-05&indicator=RETAIL_SALES");
        await Assertions.Expect(reader.Page.Locator(".notice.empty").First).ToContainTextAsync("2023 年还没有任何数据");
        await reader.AssertAccessibleAsync();
    }

    [Fact]
    public async Task Runs_no_script_out_of_its_address()
    {
        var script = Uri.EscapeDataString("\"><script>alert(1)</script><img src=x onerror=alert(1)>");
        await using var reader = await site.OpenAsync("/indicator?unit=320404004000&period=2022-12&indicator=" + script);
        foreach (var path in new[] { "/rankings?unit=320404004000&period=2022-12&indicator=",
            "/rankings?unit=320404004000&period=2022-12&indicator=RETAIL_SALES&version=" })
        {
            await Assertions.Expect(reader.Page.Locator(".notice.empty").First).ToBeVisibleAsync();
            await Assertions.Expect(reader.Page.Locator("img[src=x]")).ToHaveCountAsync(0);
            await reader.NavigateAsync(path + script);
        }

        await Assertions.Expect(reader.Page.Locator("img[src=x]")).ToHaveCountAsync(0);
        await reader.AssertAccessibleAsync();
    }

    private static ILocator Month(BrowserPage reader, int month, string column) =>
        reader.Page.Locator($"[data-month='2022-{month:00}'] [data-column={column}]");

    private static string Percent(decimal value) =>
        (value < 0 ? "−" : value > 0 ? "+" : "") + Math.Abs(value).ToString("F1", CultureInfo.InvariantCulture) + "%";
}
