namespace XilinIngest.Dashboard.Tests.Overview;

[Collection("site")]
public sealed class The_overview(DashboardSite site)
{
    [Fact]
    public async Task Shows_what_the_report_prints()
    {
        await using var reader = await site.OpenAsync("/?unit=320404004000&period=2022-12");
        var card = reader.Page.Locator("[data-indicator=TRADE_CATERING_SALES]");
        await Assertions.Expect(card.Locator(".amount")).ToHaveTextAsync("121.9亿元");
        await Assertions.Expect(card).ToContainTextAsync("增长7.6%");
        await Assertions.Expect(card).ToContainTextAsync("目标增长7.0%");
        await Assertions.Expect(card).ToContainTextAsync("高于目标0.6个百分点");
        await Assertions.Expect(card).ToContainTextAsync("排名 2 / 8");
        await Assertions.Expect(card).ToContainTextAsync("27/27 已报");
        await Assertions.Expect(card.Locator("svg")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Keeps_unit_and_month_in_the_address()
    {
        await using var reader = await site.OpenAsync("/?unit=320404004000&period=2022-12");
        await reader.Page.GetByLabel("单位", new() { Exact = true }).SelectOptionAsync("320404004201");
        await Assertions.Expect(reader.Page.Locator("h1")).ToContainTextAsync("东岱村");
        await reader.Page.GetByRole(AriaRole.Button, new() { Name = "上一月" }).ClickAsync();
        await Assertions.Expect(reader.Page.Locator("h1")).ToContainTextAsync("2022年11月");
        Assert.EndsWith("/?unit=320404004201&period=2022-11", reader.Page.Url, StringComparison.Ordinal);
        await reader.Page.GetByRole(AriaRole.Link, new() { Name = "催报", Exact = true }).ClickAsync();
        await Assertions.Expect(reader.Page.Locator("h1")).ToContainTextAsync("东岱村");
        Assert.EndsWith("/completeness?unit=320404004201&period=2022-11", reader.Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Speaks_English_when_it_is_told_to()
    {
        await using var reader = await site.OpenAsync("/?unit=320404004000&period=2022-12");
        await reader.Page.GetByRole(AriaRole.Link, new() { Name = "English" }).ClickAsync();
        var card = reader.Page.Locator("[data-indicator=TRADE_CATERING_SALES]");
        await Assertions.Expect(card.Locator(".amount")).ToHaveTextAsync("12.19 billion yuan");
        await Assertions.Expect(card).ToContainTextAsync("rank 2 of 8");
        Assert.Equal("en", await reader.Page.GetAttributeAsync("html", "lang"));
        Assert.EndsWith("/?unit=320404004000&period=2022-12", reader.Page.Url, StringComparison.Ordinal);
    }
}
