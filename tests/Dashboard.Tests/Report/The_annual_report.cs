using System.Text.RegularExpressions;

namespace XilinIngest.Dashboard.Tests.Report;

[Collection("site")]
public sealed class The_annual_report(DashboardSite site)
{
    [Fact]
    public async Task Is_the_statements_and_table_of_the_service_with_a_way_to_every_number()
    {
        await using var reader = await site.OpenAsync("/report/2022");
        var report = await site.GetJsonAsync("/api/report/2022");
        var stated = report["rows"]!.AsArray().Select(row => (string?)row!["statementZh"]).OfType<string>().ToList();
        var figures = reader.Page.Locator(".paragraph a");
        Assert.True(stated.Count > 35, string.Join('\n', stated));
        Assert.Equal(stated, (await figures.AllInnerTextsAsync()).Take(stated.Count));
        Assert.Matches(
            "^（一）经济运行。2022年，西林街道全年预计完成公共财政预算[0-9.]+亿元，(增长|下降)[0-9.]+%；",
            await reader.Page.Locator(".paragraph p").First.InnerTextAsync());
        Assert.Equal(40, await reader.Page.Locator("tr[data-indicator] a").CountAsync());
        await reader.Page.Locator("tr[data-indicator=KEY_SERVICE_REVENUE] a").ClickAsync();
        await Assertions.Expect(reader.Page.Locator(".facts")).ToContainTextAsync("2.15亿元");
    }

    [Fact]
    public async Task Says_what_is_behind_by_how_much_and_because_of_whom()
    {
        await using var reader = await site.OpenAsync("/report/2022-09");
        var shortfalls = (await site.GetJsonAsync("/api/shortfalls?unit=320404004000&period=2022-09")).AsArray();
        var text = await reader.Page.Locator(".paragraph").InnerTextAsync();
        Assert.NotEmpty(shortfalls);
        Assert.Contains("、落后指标及原因", text, StringComparison.Ordinal);
        var causes = shortfalls.SelectMany(shortfall => shortfall!["causes"]!.AsArray())
            .Select(cause => -(decimal)cause!["points"]!).ToList();
        Assert.All(causes, points => Assert.Contains(
            $"（拉低增幅{points.ToString("F1", System.Globalization.CultureInfo.InvariantCulture)}个百分点）", text, StringComparison.Ordinal));
        Assert.Matches("连续[0-9]+个月", text);
        Assert.DoesNotContain("暂无数据", text, StringComparison.Ordinal);
        Assert.DoesNotContain("预计", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/report/2022", "西林街道2022年主要指标完成情况")]
    [InlineData("/report/2022-09?unit=320404004000", "西林街道2022年1—9月主要指标完成情况")]
    public async Task Prints_on_numbered_pages_of_A4_without_what_belongs_to_a_screen(string path, string title)
    {
        await using var reader = await site.OpenAsync(path);
        await reader.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await Assertions.Expect(reader.Page.Locator("header.bar")).ToBeHiddenAsync();
        await Assertions.Expect(reader.Page.Locator(".place")).ToBeHiddenAsync();
        await Assertions.Expect(reader.Page.Locator(".paragraph")).ToBeVisibleAsync();
        var pdf = await reader.Page.PdfAsync(new() { PreferCSSPageSize = true });
        Assert.Contains("/MediaBox [0 0 594.95996 841.91998]", System.Text.Encoding.Latin1.GetString(pdf), StringComparison.Ordinal);
        var pages = PdfText.PagesOf(pdf);
        Assert.InRange(pages.Count, 2, 4);
        Assert.Contains("西林街道办事处文件", pages[0], StringComparison.Ordinal);
        Assert.Contains(title, pages[0], StringComparison.Ordinal);
        Assert.Contains("2023年1月12日", string.Concat(pages), StringComparison.Ordinal);
        Assert.All(pages.Index(), page =>
            Assert.Contains($"— {page.Index + 1} / {pages.Count} —", page.Item, StringComparison.Ordinal));
        Assert.All(pages, page => Assert.True(page.Length > 80, page));
        Assert.All(pages, page => Assert.DoesNotContain("编辑", page, StringComparison.Ordinal));

        // The heading of a section is not the last row of a page.
        var headings = await reader.Page.Locator("th[scope=rowgroup]").AllInnerTextsAsync();
        Assert.All(pages, page => Assert.DoesNotContain(headings, heading =>
            page.TrimEnd().EndsWith(heading.Trim(), StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Has_an_address_for_each_month_and_year_that_the_choice_at_the_top_follows()
    {
        await using var reader = await site.OpenAsync("/report?unit=320404004000&period=2022-12");
        await Assertions.Expect(reader.Page).ToHaveURLAsync(new Regex("/report/2022-12\\?unit=320404004000$"));
        await reader.Page.GetByLabel("月份").SelectOptionAsync("2021-06");
        await Assertions.Expect(reader.Page.Locator("h1")).ToContainTextAsync("2021年1—6月");
        await Assertions.Expect(reader.Page).ToHaveURLAsync(new Regex("/report/2021-06\\?unit=320404004000$"));
        await reader.Page.GetByRole(AriaRole.Link, new() { Name = "2021年7月 ›" }).ClickAsync();
        await Assertions.Expect(reader.Page.Locator("h1")).ToContainTextAsync("2021年1—7月");
        await Assertions.Expect(reader.Page.GetByLabel("月份")).ToHaveValueAsync("2021-07");
        await reader.Page.GetByRole(AriaRole.Link, new() { Name = "2021年全年" }).ClickAsync();
        await Assertions.Expect(reader.Page.Locator("h1")).ToHaveTextAsync(new Regex("西林街道2021年主要指标完成情况"));
        Assert.Equal(404, (await reader.Page.APIRequest.GetAsync("/report/2022-13")).Status);
    }

    [Fact]
    public async Task Of_a_village_is_about_the_village_and_leaves_out_what_it_does_not_report()
    {
        await using var reader = await site.OpenAsync("/report/2022-09?unit=320404004201");
        var text = await reader.Page.Locator(".paragraph").InnerTextAsync();
        Assert.Contains("2022年1—9月，东岱村完成", text, StringComparison.Ordinal);
        Assert.Contains("居全街道第", text, StringComparison.Ordinal);
        Assert.DoesNotContain("公共财政预算", text, StringComparison.Ordinal);
        Assert.Equal(0, await reader.Page.Locator("tr[data-indicator=PUBLIC_BUDGET_REVENUE]").CountAsync());
    }

    [Fact]
    public async Task Of_a_village_in_January_names_what_is_exempt_and_nothing_that_it_never_reports()
    {
        var report = await site.GetJsonAsync("/api/report/2022?unit=320404004201&month=1");
        Assert.Contains("。1月，固定资产投资免报；", (string)report["paragraphZh"]!, StringComparison.Ordinal);
        Assert.Contains("Fixed-asset investment: no report due in January", (string)report["paragraphEn"]!, StringComparison.Ordinal);
        Assert.DoesNotContain("一般公共预算收入", (string)report["paragraphZh"]!, StringComparison.Ordinal);
        Assert.DoesNotContain("暂无数据", (string)report["paragraphZh"]!, StringComparison.Ordinal);
        Assert.DoesNotContain("no figures yet", (string)report["paragraphEn"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Goes_into_Excel_as_figures()
    {
        await using var reader = await site.OpenAsync("/report/2022");
        var answer = await reader.Page.APIRequest.GetAsync("/export/report.csv?unit=320404004000&period=2022-12");
        var lines = (await answer.TextAsync()).TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var rows = (await site.GetJsonAsync("/api/report/2022"))["rows"]!.AsArray();
        Assert.Equal(rows.Count(row => row!["amountZh"] is not null) + 1, lines.Length);
        Assert.Contains(lines, line => line.StartsWith("限额以上批零住餐销售额,亿元,121.9,121.9,113.3,上年原报数口径,,7.6,%,", StringComparison.Ordinal));
        var packs = rows.Single(row => row!["indicator"]!.GetValue<string>() == "SUPPLY_PACKS")!;
        Assert.True(packs["uncut"]!.GetValue<decimal>() > packs["yearToDate"]!.GetValue<decimal>());
        Assert.Contains(lines, line => line.StartsWith($"{packs["nameZh"]},份,{packs["uncut"]},", StringComparison.Ordinal));
    }
}
