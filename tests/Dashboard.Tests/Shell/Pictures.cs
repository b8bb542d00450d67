using XilinIngest.Dashboard.Tests.SignIn;

namespace XilinIngest.Dashboard.Tests.Shell;

/// <summary>Every page as it looks with the sample years, into docs/screenshots: <c>./screenshots.sh</c>.</summary>
[Collection("site"), Trait("suite", "pictures")]
public sealed class Pictures(DashboardSite site, SignInSite guarded) : IClassFixture<SignInSite>
{
    private const string Street = "unit=320404004000&period=2022-12";

    public static TheoryData<string, string> Pages => new()
    {
        { "overview", $"/?{Street}" },
        { "indicator", $"/indicator?{Street}&indicator=TRADE_CATERING_SALES" },
        { "rankings", $"/rankings?{Street}" },
        { "ranking-history", $"/rankings?{Street}&indicator=TRADE_CATERING_SALES" },
        { "map", $"/map?{Street}" },
        { "status", "/status" },
        { "tables", $"/tables?{Street}" },
        { "my", "/my?unit=320404004201&period=2022-12" },
        { "why", $"/why?{Street}&indicator=TRADE_CATERING_SALES" },
        { "completeness", $"/completeness?{Street}" },
        { "submissions", "/submissions" },
        { "submission", "/submissions/3" },
        { "alerts", $"/alerts?{Street}" },
        { "report", $"/report/2022-12?unit=320404004000" },
        { "enter", "/enter?unit=320404004201&period=2022-12" },
    };

    [Theory, MemberData(nameof(Pages))]
    public Task Are_taken_on_a_desk(string name, string path) => TakeAsync(name, path, 1280, 900);

    [Fact]
    public Task Are_taken_on_a_phone() => TakeAsync("overview-phone", $"/?{Street}", 390, 844);

    [Fact]
    public Task Are_taken_in_the_dark() => TakeAsync("overview-dark", $"/?{Street}", 1280, 900, dark: true);

    [Fact]
    public Task Are_taken_in_English() => TakeAsync("overview-en", $"/?{Street}", 1280, 900, english: true);

    [Fact]
    public Task Are_taken_on_a_wall() => TakeAsync("wall", $"/?{Street}&wall=1", 1920, 1080);

    [Fact]
    public async Task Are_taken_where_people_sign_in()
    {
        await using var context = await site.Browser.NewContextAsync(new() { ViewportSize = new() { Width = 1280, Height = 900 } });
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(guarded.Address, "/sign-in").ToString());
        await page.ScreenshotAsync(new() { Path = PathOf("sign-in") });
    }

    private static string PathOf(string name) => Path.Combine(RepositoryFiles.Root, "docs", "screenshots", name + ".png");

    private async Task TakeAsync(string name, string path, int width, int height, bool english = false, bool dark = false)
    {
        await using var reader = await site.OpenAsync(path, width, height, english, dark: dark);
        await Assertions.Expect(reader.Page.Locator(".waiting")).ToHaveCountAsync(0);
        foreach (var chart in await reader.Page.Locator(".chart").AllAsync())
        {
            await Assertions.Expect(chart.Locator("svg")).ToBeVisibleAsync();
        }

        await reader.Page.ScreenshotAsync(new() { Path = PathOf(name) });
    }
}
