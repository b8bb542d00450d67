namespace XilinIngest.Dashboard.Tests.Overview;

[Collection("site")]
public sealed class The_overview(Site site)
{
    [Theory]
    [InlineData(1280, 900, false)]
    [InlineData(360, 740, false)]
    [InlineData(360, 740, true)]
    [InlineData(3840, 2160, true)]
    public async Task Shows_what_the_report_prints(int width, int height, bool english)
    {
        await using var reader = await site.OpenAsync("/?unit=320404004000&period=2022-12", width, height, english);
        var card = reader.Page.Locator("[data-indicator=TRADE_CATERING_SALES]");
        await Assertions.Expect(card).ToContainTextAsync("+7.6%");
        await Assertions.Expect(card).ToContainTextAsync(english ? "rank 2 of 8" : "排名 2 / 8");
        await Assertions.Expect(card.Locator("svg")).ToBeVisibleAsync();
        if (Environment.GetEnvironmentVariable("XILIN_SHOTS") is { } folder) await reader.Page.ScreenshotAsync(new() { Path = $"{folder}/overview-{width}-{english}.png", FullPage = true });
        await reader.HoldsAsync();
    }
}
