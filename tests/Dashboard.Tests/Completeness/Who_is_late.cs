namespace XilinIngest.Dashboard.Tests.Completeness;

[Collection("site")]
public sealed class Who_is_late(DashboardSite site)
{
    [Fact]
    public async Task Is_listed_marked_in_the_year_and_copied()
    {
        await using var reader = await site.OpenAsync("/completeness?unit=320404004000&period=2023-01");
        var month = await site.GetJsonAsync("/api/completeness?unit=320404004000&period=2023-01");
        Assert.True((int)month["expected"]! > 0 && (int)month["reported"]! < (int)month["expected"]!);
        await Assertions.Expect(reader.Page.Locator(".lead")).ToContainTextAsync($"{month["reported"]}/{month["expected"]} 已报齐");
        var missing = month["missing"]![0]!;
        await Assertions.Expect(reader.Page.GetByLabel("催报名单")).ToContainTextAsync((string)missing["nameZh"]!);
        await Assertions.Expect(reader.Page.Locator($"[data-unit='{missing["unit"]}'] td").First)
            .ToContainTextAsync($"{missing["indicators"]!.AsArray().Count}");

        await reader.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await reader.Page.GetByRole(AriaRole.Button, new() { Name = "复制催报名单" }).ClickAsync();
        await Assertions.Expect(reader.Page.GetByText("已复制。")).ToBeVisibleAsync();
        var copied = (await reader.Page.EvaluateAsync<string>("navigator.clipboard.readText()")).Split('\n');
        Assert.StartsWith("【催报】", copied[0], StringComparison.Ordinal);
        Assert.Contains($"{month["missing"]!.AsArray().Count} 家未报齐，截止 2023-02-", copied[0], StringComparison.Ordinal);
        Assert.Contains((string)missing["nameZh"]!, copied[1], StringComparison.Ordinal);
        Assert.EndsWith("/enter?period=2023-01", copied[^1], StringComparison.Ordinal);
        Assert.InRange(copied.Length, 3, 14);
    }

    [Fact]
    public async Task Can_be_called_and_written_to()
    {
        await using var reader = await site.OpenAsync("/completeness?unit=320404004000&period=2023-01");
        var unit = (string)(await site.GetJsonAsync("/api/completeness?unit=320404004000&period=2023-01"))["missing"]![0]!["unit"]!;
        var contact = (await site.GetJsonAsync($"/api/contacts?unit={unit}&period=2023-01"))[0]!;
        var line = reader.Page.Locator($".contacts [data-unit='{unit}']");
        await Assertions.Expect(line).ToContainTextAsync($"填报人 {contact["name"]}");
        await Assertions.Expect(line.GetByRole(AriaRole.Link, new() { Name = (string)contact["telephone"]! }).First)
            .ToHaveAttributeAsync("href", $"tel:{contact["telephone"]}");
        await Assertions.Expect(line.GetByRole(AriaRole.Link, new() { Name = (string)contact["mail"]! }).First)
            .ToHaveAttributeAsync("href", $"mailto:{contact["mail"]}");
    }

    [Fact]
    public async Task Is_no_one_where_all_have_reported()
    {
        await using var reader = await site.OpenAsync("/completeness?unit=320404004000&period=2022-11");
        await Assertions.Expect(reader.Page.GetByText("本月全部报齐。")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Is_counted_over_the_year_and_taken_along()
    {
        await using var reader = await site.OpenAsync("/completeness?unit=320404004000&period=2022-12");
        await reader.Page.GetByRole(AriaRole.Link, new() { Name = "全年报送及时情况（按时、迟报、未报）" }).ClickAsync();
        await Assertions.Expect(reader.Page.Locator("h1")).ToContainTextAsync("报送及时情况");
        var year = await site.GetJsonAsync("/api/timeliness?unit=320404004000&year=2022");
        var units = year["units"]!.AsArray();
        Assert.True(units.Sum(unit => (int)unit!["onTime"]!) > 0);
        await Assertions.Expect(reader.Page.Locator("table tbody tr")).ToHaveCountAsync(units.Count);
        var first = units[0]!;
        await Assertions.Expect(reader.Page.Locator($"[data-unit='{first["unit"]}'] td").First)
            .ToHaveTextAsync($"{(decimal)first["onTimePerCent"]!:0.0}%");

        var download = await reader.Page.RunAndWaitForDownloadAsync(() => reader.Page.GetByText("导出 CSV").ClickAsync());
        var lines = (await File.ReadAllTextAsync(await download.PathAsync())).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(units.Count + 1, lines.Length);
        Assert.StartsWith("单位,单位代码,按时,迟报,未报,及时率（%）,2022年1月", lines[0].TrimStart('\uFEFF'), StringComparison.Ordinal);
        Assert.StartsWith($"{first["nameZh"]},{first["unit"]},{first["onTime"]},{first["late"]},{first["missing"]},", lines[1],
            StringComparison.Ordinal);
    }
}
