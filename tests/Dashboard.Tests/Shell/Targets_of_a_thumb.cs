namespace XilinIngest.Dashboard.Tests.Shell;

/// <summary>What is chosen, pressed or filled in on a phone. In full: <c>--filter suite=long</c>.</summary>
[Collection("every page")]
public sealed class Targets_of_a_thumb(DashboardSite site)
{
    private const string TooLow =
        """
        () => {
            document.querySelectorAll('details').forEach(each => each.open = true);
            const isSeen = each => {
                const box = each.getBoundingClientRect();
                return each.checkVisibility({ visibilityProperty: true }) && box.width > 1 && box.height > 1 && box.right > 0;
            };

            // A link in a sentence is as high as the line it stands in.
            const isInSentence = each => {
                if (each.localName !== 'a' || getComputedStyle(each).display !== 'inline') { return false; }
                let block = each.parentElement;
                while (getComputedStyle(block).display === 'inline') { block = block.parentElement; }
                const words = block.cloneNode(true);
                words.querySelectorAll('a, button, .visually-hidden').forEach(link => link.remove());
                return block.closest('.paragraph')
                    || (!block.matches('td, th') && words.textContent.replace(/[^\p{L}]/gu, '').length >= 6);
            };

            // Who touches the words beside a box to be ticked has ticked it.
            const touched = each => each.matches('[type=checkbox], [type=radio], [type=file]') ? each.closest('label') ?? each : each;
            return [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
                .filter(each => isSeen(each) && !isInSentence(each) && touched(each).getBoundingClientRect().height < 43.5)
                .map(each => `${touched(each).getBoundingClientRect().height.toFixed(0)} px: ${each.outerHTML.slice(0, 120)}`);
        }
        """;

    [Theory]
    [InlineData("/?unit=320404004000&period=2022-12")]
    [InlineData("/indicator?unit=320404004000&period=2022-12&indicator=FIXED_ASSET_INVESTMENT")]
    [InlineData("/enter?unit=320404004201&period=2022-12")]
    public Task Are_as_high_as_a_thumb_is_wide(string path) => MeasureAsync(path, 360, english: false);

    [Theory, Trait("suite", "long")]
    [MemberData(nameof(Every_page.AllPaths), MemberType = typeof(Every_page))]
    public async Task Are_as_high_as_a_thumb_is_wide_everywhere(string path)
    {
        foreach (var (width, english) in new[] { (360, true), (390, false), (390, true) })
        {
            await MeasureAsync(path, width, english);
        }
    }

    [Fact]
    public async Task Leave_the_months_of_an_indicator_one_line_each_and_the_rest_on_demand()
    {
        await using var reader = await site.OpenAsync(
            "/indicator?unit=320404004000&period=2022-12&indicator=FIXED_ASSET_INVESTMENT", 360, 740, touch: true);
        var months = reader.Page.Locator(".ind-months");
        await Assertions.Expect(months.Locator("[data-month='2022-12'] [data-column=ytd]")).ToHaveTextAsync("34.3");
        Assert.InRange((await months.BoundingBoxAsync())!.Height, 12 * 30, 800);
        await Assertions.Expect(months.Locator("[data-month='2022-12'] [data-column=recorded]")).ToBeHiddenAsync();
        Assert.True(await months.EvaluateAsync<bool>("table => table.scrollWidth <= table.parentElement.clientWidth"));
        await reader.Page.GetByLabel("显示全部列").CheckAsync();
        await Assertions.Expect(months.Locator("[data-month='2022-12'] [data-column=recorded]")).ToBeVisibleAsync();
        await reader.AssertAccessibleAsync();
    }

    private async Task MeasureAsync(string path, int width, bool english)
    {
        await using var reader = await site.OpenAsync(path, width, 780, english, touch: true);
        await Assertions.Expect(reader.Page.Locator("h1")).ToBeVisibleAsync();
        await Assertions.Expect(reader.Page.Locator(".waiting")).ToHaveCountAsync(0);
        var low = await reader.Page.EvaluateAsync<string[]>(TooLow);
        Assert.True(low.Length == 0, $"{path} at {width} px, {(english ? "English" : "Chinese")}:\n{string.Join("\n", low)}");
    }
}
