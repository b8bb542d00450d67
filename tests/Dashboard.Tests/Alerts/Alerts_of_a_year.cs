namespace XilinIngest.Dashboard.Tests.Alerts;

[Collection("site")]
public sealed class Alerts_of_a_year(DashboardSite site)
{
    [Fact]
    public async Task Stand_with_reason_threshold_and_trend_and_have_a_life()
    {
        await using var reader = await site.OpenAsync("/alerts?unit=320404004000&period=2022-12");
        var alert = reader.Page.Locator("[data-alert='320404004000 RETAIL_SALES']");
        await Assertions.Expect(alert).ToContainTextAsync("增长1.5%，目标增长8%，低于目标6.5个百分点");
        await Assertions.Expect(alert).ToContainTextAsync("自2022年3月起");
        await Assertions.Expect(alert.Locator("svg")).ToBeVisibleAsync();
        var life = reader.Page.GetByRole(AriaRole.Region, new() { Name = "西林街道 限额以上社会消费品零售总额" });
        await Assertions.Expect(life).ToContainTextAsync("发出");
        Assert.NotEqual(0, await life.Locator("a[href^='/submissions/']").CountAsync());
    }

    [Fact]
    public async Task Are_those_of_the_unit_and_what_is_below_it()
    {
        await using var reader = await site.OpenAsync("/alerts?unit=320404004202&period=2022-12");
        await Assertions.Expect(reader.Page.Locator("[data-alert]").First)
            .ToHaveAttributeAsync("data-alert", "320404004202 INDUSTRIAL_OUTPUT");
        await Assertions.Expect(reader.Page.Locator("[data-alert]")).ToHaveCountAsync(1);
    }
}
