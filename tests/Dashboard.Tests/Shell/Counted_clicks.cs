namespace XilinIngest.Dashboard.Tests.Shell;

/// <summary>How many clicks lie between the address of the system and what somebody comes for. The clerk's way, without a mouse, is in
/// DataEntry.</summary>
[Collection("every page")]
public sealed class Counted_clicks(DashboardSite site)
{
    private const string September = "/?unit=320404004000&period=2022-09";

    [Fact]
    public async Task Lead_the_leader_to_the_verdict_in_none_and_to_whom_to_call_in_one()
    {
        await using var reader = await site.OpenAsync(September, 360, 740, touch: true);
        var verdict = reader.Page.Locator(".verdict-line");
        await Assertions.Expect(verdict).ToBeVisibleAsync();
        await Assertions.Expect(reader.Page.Locator("[data-behind]")).ToHaveCountAsync(3);
        await IsOnFirstScreenAsync(verdict);
        var worst = reader.Page.Locator("[data-behind]").First;
        await IsOnFirstScreenAsync(worst);

        // The one touch dials.
        var call = worst.Locator("a[href^='tel:']");
        await IsOnFirstScreenAsync(call);
        await Assertions.Expect(call).ToHaveAttributeAsync("href", new System.Text.RegularExpressions.Regex("^tel:[0-9-]{7,}$"));
    }

    [Fact]
    public async Task Lead_the_statistician_in_two_to_the_bulletin_and_the_picture_of_the_ranking()
    {
        await using var reader = await site.OpenAsync(September);
        var clicks = new Clicks(reader);
        await clicks.ClickAsync(Menu(reader, "报告"));
        Assert.EndsWith(".docx", (await clicks.SaveAsync("Word（公文格式）")).SuggestedFilename, StringComparison.Ordinal);
        Assert.Equal(2, clicks.Count);

        await reader.NavigateAsync(September);
        clicks = new Clicks(reader);
        await clicks.ClickAsync(Menu(reader, "排名"));
        var picture = await clicks.SaveAsync("存为图片");
        Assert.Equal(2, clicks.Count);
        Assert.Equal("西林街道各村（社区）排名 2022-09.png", picture.SuggestedFilename);
        var (width, height) = Png.SizeOf(await File.ReadAllBytesAsync((await picture.PathAsync())!));
        Assert.InRange(width, 1000, 6000);
        Assert.InRange(height, 500, 6000);
    }

    [Fact]
    public async Task Lead_the_statistician_in_two_to_how_a_growth_came_about()
    {
        await using var reader = await site.OpenAsync(September);
        var clicks = new Clicks(reader);
        await clicks.ClickAsync(reader.Page.Locator("[data-behind=RETAIL_SALES] > p:first-child a"));
        await Assertions.Expect(reader.Page.Locator(".exp-waterfall .chart svg")).ToBeVisibleAsync();
        await clicks.ClickAsync(reader.Page.Locator(".exp-bases summary"));
        await Assertions.Expect(reader.Page.Locator(".exp-bases [data-basis=published]")).ToBeVisibleAsync();
        Assert.Equal(2, clicks.Count);
    }

    private static ILocator Menu(BrowserPage reader, string name) =>
        reader.Page.GetByRole(AriaRole.Navigation, new() { Name = "页面" }).GetByRole(AriaRole.Link, new() { Name = name, Exact = true });

    private static async Task IsOnFirstScreenAsync(ILocator what)
    {
        var box = (await what.BoundingBoxAsync())!;
        Assert.InRange(box.Y + box.Height, 1, 740);
    }

    private sealed class Clicks(BrowserPage reader)
    {
        public int Count { get; private set; }

        public async Task ClickAsync(ILocator what)
        {
            await what.ClickAsync();
            Count++;
        }

        public Task<IDownload> SaveAsync(string what) =>
            reader.Page.RunAndWaitForDownloadAsync(() => ClickAsync(reader.Page.GetByText(what, new() { Exact = true }).First));
    }
}
