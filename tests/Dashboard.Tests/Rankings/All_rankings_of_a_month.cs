using System.Text.Json.Nodes;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace XilinIngest.Dashboard.Tests.Rankings;

[Collection("site")]
public sealed class All_rankings_of_a_month(DashboardSite site)
{
    private const string OfTheStreet = "/rankings?unit=320404004000&period=2022-12";

    [Fact]
    public async Task Stand_in_one_table_as_they_are_published()
    {
        await using var reader = await site.OpenAsync(OfTheStreet);
        var rankings = (await site.GetJsonAsync("/api/rankings/table?parent=320404004000&period=2022-12")).AsArray();
        Assert.True(rankings.Count > 5);
        await Assertions.Expect(reader.Page.Locator(".ranking-table thead th")).ToHaveCountAsync(rankings.Count + 1);
        await Assertions.Expect(reader.Page.Locator(".ranking-table tbody tr")).ToHaveCountAsync(7);
        foreach (var ranking in rankings)
        {
            foreach (var unit in ranking!["units"]!.AsArray())
            {
                var cell = reader.Page.Locator($"tr[data-unit='{unit!["unit"]}'] [data-indicator='{ranking["indicator"]}'] strong");
                await Assertions.Expect(cell).ToHaveTextAsync(unit["rank"]?.ToJsonString() ?? "–");
            }
        }

        await reader.AssertAccessibleAsync();
    }

    [Fact]
    public async Task Of_a_unit_without_ranked_ones_below_are_those_it_stands_in()
    {
        await using var reader = await site.OpenAsync("/rankings?unit=320404004201&period=2022-12");
        await Assertions.Expect(reader.Page.Locator("h1")).ToContainTextAsync("西林街道各村（社区）排名");
        await Assertions.Expect(reader.Page.Locator("tr.is-own")).ToHaveAttributeAsync("data-unit", "320404004201");
    }

    [Fact]
    public async Task Lead_to_the_versions_of_each_and_back()
    {
        await using var reader = await site.OpenAsync(OfTheStreet);
        await reader.Page.Locator(".ranking-table thead a").First.ClickAsync();
        await Assertions.Expect(reader.Page.Locator("[data-version='1']")).ToBeVisibleAsync();
        await reader.Page.GetByText("← 全部排名").ClickAsync();
        await Assertions.Expect(reader.Page.Locator(".ranking-table")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Fit_a_phone_and_are_taken_along_as_they_stand()
    {
        await using var reader = await site.OpenAsync(OfTheStreet, 360, 740, english: false);
        await Assertions.Expect(reader.Page.Locator(".ranking-table")).ToBeVisibleAsync();
        await reader.AssertAccessibleAsync();

        var answer = await reader.Page.APIRequest.GetAsync("/export/rankings.csv?unit=320404004000&period=2022-12");
        var lines = (await answer.TextAsync()).TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var rankings = (await site.GetJsonAsync("/api/rankings/table?parent=320404004000&period=2022-12")).AsArray();
        Assert.Equal(8, lines.Length);
        Assert.Equal((rankings.Count * 3) + 1, lines[0].Split(',').Length);
        var first = rankings[0]!["units"]!.AsArray().Single(unit => (string)unit!["unit"]! == "320404004201")!;
        Assert.Contains(lines, line => line.StartsWith($"东岱村,{Text(first["rank"])},", StringComparison.Ordinal));
        var excel = await reader.Page.APIRequest.GetAsync("/export/rankings.xlsx?unit=320404004000&period=2022-12");
        using var workbook = SpreadsheetDocument.Open(new MemoryStream(await excel.BodyAsync()), isEditable: false);
        var head = workbook.WorkbookPart!.WorksheetParts.Single().Worksheet!.Descendants<Row>().Take(6)
            .Select(row => row.Elements<Cell>().First().InnerText).ToList();
        Assert.StartsWith("西林街道", head[0], StringComparison.Ordinal);
        Assert.Equal("时间：2022年12月", head[1]);
        Assert.Matches("^计量单位：.*%", head[2]);
        Assert.StartsWith("数据来源：西林街道月度指标（截至台账第", head[3], StringComparison.Ordinal);
        Assert.StartsWith("制表时间：2023-01-", head[4], StringComparison.Ordinal);
        Assert.Equal("单位", head[5]);
        Assert.Equal(404, (await reader.Page.APIRequest.GetAsync("/export/rankings.csv?unit=nowhere&period=2022-12")).Status);
    }

    private static string Text(JsonNode? rank) => rank?.ToJsonString() ?? "";
}
