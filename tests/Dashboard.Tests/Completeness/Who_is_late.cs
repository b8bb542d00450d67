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
        Assert.Contains((string)missing["nameZh"]!, await reader.Page.EvaluateAsync<string>("navigator.clipboard.readText()"),
            StringComparison.Ordinal);
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
}
