namespace XilinIngest.Dashboard.Tests.MyMonth;

/// <summary>The pages run by themselves, and nothing answers where the worker should be, which knows how punctual an office was.</summary>
[Collection("site")]
public sealed class An_office_whose_intake_is_away(DashboardSite site)
{
    [Fact]
    public async Task Is_told_so_and_not_that_it_has_no_history()
    {
        await using var pages = await DashboardProcess.StartPagesAsync(results: site.Address, intake: new Uri("http://127.0.0.1:9"));
        await using var reader = await site.OpenAsync(new Uri(pages.Address, "/my?unit=320404004201&period=2022-12").ToString());
        await Assertions.Expect(reader.Page.Locator("[data-due]")).ToBeVisibleAsync();
        await Assertions.Expect(reader.Page.Locator("#history + .notice.error")).ToBeVisibleAsync();
        await Assertions.Expect(reader.Page.Locator("[data-history]")).ToHaveCountAsync(0);
    }
}
