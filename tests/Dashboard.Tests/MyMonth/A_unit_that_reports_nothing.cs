namespace XilinIngest.Dashboard.Tests.MyMonth;

[Collection("site")]
public sealed class A_unit_that_reports_nothing(DashboardSite site)
{
    private const string District = "320404000000";

    [Fact]
    public async Task Is_told_so_and_not_that_it_is_late()
    {
        await using var reader = await site.OpenAsync($"/my?unit={District}&period=2022-12");
        await Assertions.Expect(reader.Page.Locator("[data-nothing-due]")).ToContainTextAsync("本月没有应报指标");
        await Assertions.Expect(reader.Page.GetByText("逾期")).ToHaveCountAsync(0);
        await Assertions.Expect(reader.Page.Locator("[data-deadline]")).ToHaveCountAsync(0);
    }
}
