namespace XilinIngest.Dashboard.Tests.Why;

[Collection("site")]
public sealed class The_reason_of_a_number(DashboardSite site)
{
    [Fact]
    public async Task Leads_from_a_card_down_to_the_submission_with_its_sender_time_and_hash()
    {
        await using var reader = await site.OpenAsync("/?unit=320404004000&period=2022-12");
        await reader.Page.Locator("[data-indicator=TRADE_CATERING_SALES] .amount a").ClickAsync();
        await Assertions.Expect(reader.Page.Locator("h1")).ToHaveTextAsync("为什么是这个数");
        var part = (await site.GetJsonAsync(
            "/api/lineage?unit=320404004000&indicator=TRADE_CATERING_SALES&period=2022-12&take=1"))["parts"]![0]!;
        var full = await site.GetJsonAsync($"/api/submissions/{part["sequence"]}");
        var row = reader.Page.Locator("tbody tr", new() { Has = reader.Page.Locator($"a[href='/submissions/{part["sequence"]}']") });
        await Assertions.Expect(row).ToContainTextAsync((string)full["sender"]!);
        await Assertions.Expect(row.Locator("code")).ToHaveAttributeAsync("title", (string)full["receipt"]!["leafHash"]!);

        await row.GetByRole(AriaRole.Link).ClickAsync();
        await Assertions.Expect(reader.Page.Locator("h1")).ToHaveTextAsync($"报送 #{part["sequence"]}");
        await Assertions.Expect(reader.Page.Locator(".body")).ToContainTextAsync("TRADE_CATERING_SALES");
        await reader.Page.GetByText("原文、编号和散列").ClickAsync();
        await Assertions.Expect(reader.Page.Locator(".sub-ids")).ToContainTextAsync((string)full["receipt"]!["leafHash"]!);
        var hashes = reader.Page.GetByRole(AriaRole.Link, new() { Name = "证明", Exact = true });
        var proof = await site.GetJsonAsync((await hashes.GetAttributeAsync("href"))!);
        Assert.Equal((long)full["receipt"]!["checkpoint"]!["treeSize"]!, (long)proof["treeSize"]!);
    }

    [Fact]
    public async Task Is_given_in_pages_where_there_are_many_parts()
    {
        await using var reader = await site.OpenAsync("/why?unit=320404004000&period=2022-12&indicator=TRADE_CATERING_SALES");
        var count = (int)(await site.GetJsonAsync(
            "/api/lineage?unit=320404004000&indicator=TRADE_CATERING_SALES&period=2022-12&take=1"))["count"]!;
        Assert.True(count > 100);
        await reader.Page.GetByRole(AriaRole.Link, new() { Name = "下一页" }).ClickAsync();
        await Assertions.Expect(reader.Page.Locator(".pager")).ToContainTextAsync($"101–200 / {count}");
    }
}
