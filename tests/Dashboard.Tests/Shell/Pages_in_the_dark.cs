namespace XilinIngest.Dashboard.Tests.Shell;

[Collection("every page")]
public sealed class Pages_in_the_dark(DashboardSite site)
{
    private const string Of = "unit=320404004000&period=2022-12";

    /// <summary>Where the device asks for it, without a choice of the reader.</summary>
    [Theory]
    [InlineData("/")]
    [InlineData("/enter")]
    public async Task Can_be_read_by_everyone(string path)
    {
        await using var reader = await site.OpenAsync($"{path}?{Of}", dark: true);
        await Assertions.Expect(reader.Page.Locator("h1")).ToBeVisibleAsync();
        await Assertions.Expect(reader.Page.Locator(".waiting")).ToHaveCountAsync(0);
        foreach (var chart in await reader.Page.Locator(".chart").AllAsync())
        {
            await Assertions.Expect(chart.Locator("svg")).ToBeVisibleAsync();
        }

        Assert.True(await LightnessAsync(reader) < 50, "The ground is light.");
        Assert.Equal(0, await reader.Page.Locator(".chart svg [stroke='#0b5cad']").CountAsync());
        await reader.AssertAccessibleAsync();
    }

    [Fact]
    public async Task Are_chosen_kept_and_given_up_by_a_link_and_are_printed_light()
    {
        await using var reader = await site.OpenAsync($"/indicator?{Of}");
        await Assertions.Expect(reader.Page.Locator(".chart svg [stroke='#0b5cad']").First).ToBeAttachedAsync();
        Assert.True(await LightnessAsync(reader) > 200);

        await reader.Page.GetByRole(AriaRole.Link, new() { Name = "深色", Exact = true }).ClickAsync();
        await Assertions.Expect(reader.Page.Locator("html[data-theme=dark]")).ToBeAttachedAsync();
        await Assertions.Expect(reader.Page.Locator(".chart svg [stroke='#82bdff']").First).ToBeAttachedAsync();
        Assert.True(await LightnessAsync(reader) < 50);

        // Paper is white, and so are its charts.
        await reader.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await reader.Page.EvaluateAsync("window.dispatchEvent(new Event('beforeprint'))");
        await Assertions.Expect(reader.Page.Locator(".chart svg [stroke='#0b5cad']").First).ToBeAttachedAsync();
        Assert.True(await LightnessAsync(reader) > 200);
        await reader.Page.EvaluateAsync("window.dispatchEvent(new Event('afterprint'))");
        await reader.Page.EmulateMediaAsync(new() { Media = Media.Screen });

        await reader.NavigateAsync($"/alerts?{Of}");
        Assert.True(await LightnessAsync(reader) < 50);
        await reader.Page.GetByRole(AriaRole.Link, new() { Name = "浅色", Exact = true }).ClickAsync();
        await Assertions.Expect(reader.Page.Locator("html[data-theme=light]")).ToBeAttachedAsync();
        Assert.True(await LightnessAsync(reader) > 200);
    }

    // The red part of the ground's colour, 0 to 255.
    private static Task<int> LightnessAsync(BrowserPage reader) =>
        reader.Page.EvaluateAsync<int>("Number(/[0-9]+/.exec(getComputedStyle(document.body).backgroundColor)[0])");
}
