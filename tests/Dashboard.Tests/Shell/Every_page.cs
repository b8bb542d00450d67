namespace XilinIngest.Dashboard.Tests.Shell;

/// <summary>Each page, on a desk in Chinese and on a phone in English: no fault of WCAG 2.2 AA, nothing wider than the screen, no complaint of the browser.</summary>
[Collection("site")]
public sealed class Every_page(Site site)
{
    // The first page is looked at on a large screen too. The form has its own tests, filled in, and the wall.
    private static readonly (int Width, int Height, bool English)[] Screens = [(1280, 900, false), (360, 740, true), (3840, 2160, false)];

    public static TheoryData<string> Paths =>
    [
        "/?unit=320404004000&period=2022-12",
        "/why?unit=320404004000&period=2022-12&indicator=TRADE_CATERING_SALES",
        "/submissions",
        "/submissions/1",
        "/completeness?unit=320404004000&period=2022-12",
        "/alerts?unit=320404004000&period=2022-12",
        "/report/2022",
        "/no-such-page",
    ];

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Can_be_used_by_everyone_on_every_screen(string path)
    {
        foreach (var (width, height, english) in Screens.Take(path.StartsWith("/?", StringComparison.Ordinal) ? 3 : 2))
        {
            await using var reader = await site.OpenAsync(path, width, height, english);
            await Assertions.Expect(reader.Page.Locator("h1")).ToBeVisibleAsync();
            await Assertions.Expect(reader.Page.Locator(".waiting")).ToHaveCountAsync(0);
            foreach (var chart in await reader.Page.Locator(".chart").AllAsync())
            {
                await Assertions.Expect(chart.Locator("svg")).ToBeVisibleAsync();
            }

            await reader.HoldsAsync();
        }
    }
}
