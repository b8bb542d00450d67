namespace XilinIngest.Dashboard.Tests.Shell;

/// <summary>
/// Each page on a phone in English, and the first on a desk and on a wall in Chinese: no fault of WCAG 2.2 AA, nothing wider than the
/// screen, no complaint of the browser. <see cref="Widths_and_themes"/> looks at all of them on every screen.
/// </summary>
[Collection("every page")]
public sealed class Every_page(DashboardSite site)
{
    private static readonly (int Width, int Height, bool English)[] Screens = [(360, 740, true), (1280, 900, false), (3840, 2160, false)];

    // The form has its own tests, filled in, and the kiosk.
    private static readonly string[] LookedAtHere =
    [
        "/?unit=320404004000&period=2022-12",
        "/why?unit=320404004000&period=2022-12&indicator=TRADE_CATERING_SALES",
        "/submissions",
        "/my?unit=320404004201&period=2022-12",
        "/submissions/1",
        "/submissions/1/proof",
        "/completeness?unit=320404004000&period=2022-12",
        "/timeliness?unit=320404004000&period=2022-12",
        "/releases?unit=320404004000&period=2022-12",
        "/alerts?unit=320404004000&period=2022-12",
        "/silences?unit=320404004000&period=2022-12",
        "/report/2022",
        "/search?unit=320404004000&period=2022-12&q=%E6%9D%91",
        "/map?unit=320404004000&period=2022-12",
        "/status",
        "/dictionary?unit=320404004000&period=2022-12",
        "/tables?unit=320404004000&period=2022-12",
        "/no-such-page",
        "/embed/indicator?unit=320404004000&indicator=FIXED_ASSET_INVESTMENT&chart=year&period=2022-12",
    ];

    public static TheoryData<string> Paths => [.. LookedAtHere];

    /// <summary>Those above, and those that are looked at elsewhere.</summary>
    public static TheoryData<string> AllPaths =>
    [
        .. LookedAtHere,
        "/enter?unit=320404004201&period=2022-12",
        "/indicator?unit=320404004000&period=2022-12",
        "/indicator?unit=320404004000&period=2022-12&indicator=FIXED_ASSET_INVESTMENT",
        "/rankings?unit=320404004000&period=2022-12",
        "/rankings?unit=320404004000&period=2022-12&indicator=TRADE_CATERING_SALES",
        "/report/2022-09?unit=320404004000",
        "/notices?unit=320404004000&period=2022-12",
    ];

    /// <summary>
    /// Whoever works by keyboard sees where they are: each stop has a ring of its own, inside the window and not cut off.
    /// </summary>
    [Theory]
    [InlineData("/?unit=320404004000&period=2022-12")]
    [InlineData("/rankings?unit=320404004000&period=2022-12")]
    [InlineData("/enter")]
    public Task Shows_where_the_keyboard_is(string path) => FollowKeyboardAsync(path);

    [Theory, Trait("suite", "long")]
    [MemberData(nameof(Paths))]
    public Task Shows_where_the_keyboard_is_everywhere(string path) => FollowKeyboardAsync(path);

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Can_be_used_by_everyone(string path)
    {
        var screens = path.StartsWith("/?", StringComparison.Ordinal) ? Screens.Length : 1;
        foreach (var (width, height, english) in Screens.Take(screens))
        {
            await using var reader = await site.OpenAsync(path, width, height, english);
            await Assertions.Expect(reader.Page.Locator("h1")).ToBeVisibleAsync();
            await Assertions.Expect(reader.Page.Locator(".waiting")).ToHaveCountAsync(0);
            foreach (var chart in await reader.Page.Locator(".chart").AllAsync())
            {
                await Assertions.Expect(chart.Locator("svg")).ToBeVisibleAsync();
            }

            await reader.AssertAccessibleAsync();
        }
    }

    private async Task FollowKeyboardAsync(string path)
    {
        await using var reader = await site.OpenAsync(path, 1280, 900, english: false);
        await Assertions.Expect(reader.Page.Locator("h1")).ToBeVisibleAsync();
        await Assertions.Expect(reader.Page.Locator(".waiting")).ToHaveCountAsync(0);
        var stops = new List<string>();
        for (var i = 0; i < 40; i++)
        {
            await reader.Page.Keyboard.PressAsync("Tab");
            var at = await reader.Page.EvaluateAsync<string>(
                """
                () => {
                    const at = document.activeElement;
                    if (!at || at === document.body) { return 'end'; }
                    // A field's ring may be that of the frame around it.
                    const ringed = [at, at.parentElement].filter(each => each)
                        .some(each => {
                            const s = getComputedStyle(each);
                            return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2;
                        });
                    const box = at.getBoundingClientRect();
                    const seen = box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight;
                    return (ringed && seen ? 'ok ' : `no ring (${ringed}) or not seen (${seen}): `) + at.outerHTML.slice(0, 120);
                }
                """);
            if (at == "end")
            {
                break;
            }

            stops.Add(at);
        }

        Assert.True(stops.Count > 0, string.Join("\n", stops));
        Assert.All(stops, stop => Assert.StartsWith("ok ", stop, StringComparison.Ordinal));
    }
}
