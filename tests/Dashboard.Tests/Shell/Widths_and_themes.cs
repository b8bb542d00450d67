using System.Diagnostics;

namespace XilinIngest.Dashboard.Tests.Shell;

/// <summary>
/// Each page from a phone to a wall, light and dark, in both languages: <c>dotnet test tests/Dashboard.Tests -c Release --filter
/// "suite=long&amp;FullyQualifiedName~Widths_and_themes"</c>.
/// </summary>
[Collection("every page")]
public sealed class Widths_and_themes(DashboardSite site)
{
    private static readonly int[] Widths = [360, 390, 1440, 1920, 3840];

    // Text that is wider than the box that hides the rest of it, and choices that are wider than their field.
    private const string CutText =
        """
        () => {
            const isSeen = each => {
                const box = each.getBoundingClientRect();
                return each.checkVisibility({ visibilityProperty: true }) && box.width > 1 && box.height > 1 && box.right > 0;
            };
            const hides = each => ['hidden', 'clip'].includes(getComputedStyle(each).overflowX);
            const boxes = [...document.querySelectorAll('body *:not(svg *, script, style)')]
                .filter(each => isSeen(each) && hides(each) && each.textContent.trim() && each.scrollWidth > each.clientWidth + 1);
            const brush = document.createElement('canvas').getContext('2d');
            const choices = [...document.querySelectorAll('select')].filter(each => {
                // The name of the unit or indicator that is chosen stands whole above the page.
                const text = each.selectedOptions[0]?.textContent.trim() ?? '';
                if (!isSeen(each) || document.querySelector('h1').textContent.includes(text)) { return false; }
                const style = getComputedStyle(each);
                brush.font = style.font;
                return brush.measureText(text).width + parseFloat(style.paddingLeft) + parseFloat(style.paddingRight)
                    > each.clientWidth + 1;
            });
            return [...boxes, ...choices].map(each => each.outerHTML.slice(0, 160));
        }
        """;

    [Theory, Trait("suite", "long")]
    [MemberData(nameof(Every_page.AllPaths), MemberType = typeof(Every_page))]
    public async Task Fit_every_page(string path)
    {
        foreach (var english in new[] { false, true })
        {
            await using var reader = await site.OpenAsync(path, english: english);
            await Assertions.Expect(reader.Page.Locator("h1")).ToBeVisibleAsync();
            await Assertions.Expect(reader.Page.Locator(".waiting")).ToHaveCountAsync(0);
            foreach (var chart in await reader.Page.Locator(".chart").AllAsync())
            {
                await Assertions.Expect(chart.Locator("svg")).ToBeVisibleAsync();
            }

            foreach (var width in Widths)
            {
                await reader.Page.SetViewportSizeAsync(width, width < 1000 ? 800 : width * 9 / 16);
                await UntilChartsFitAsync(reader);
                var cut = await reader.Page.EvaluateAsync<string[]>(CutText);
                Assert.True(cut.Length == 0, $"{width} px, {(english ? "English" : "Chinese")}:\n{string.Join("\n", cut)}");
                await reader.AssertAccessibleAsync();
            }

            // What is dark depends on no width, but on a phone other elements are shown than on a desk.
            await reader.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
            foreach (var width in new[] { 1440, 360 })
            {
                await reader.Page.SetViewportSizeAsync(width, 800);
                await UntilChartsFitAsync(reader);
                await reader.AssertAccessibleAsync();
            }
        }
    }

    // A chart takes its new width a moment after the page has taken it.
    private static async Task UntilChartsFitAsync(BrowserPage reader)
    {
        for (var since = Stopwatch.StartNew(); since.Elapsed < TimeSpan.FromSeconds(5); await Task.Delay(20))
        {
            if (await reader.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
            {
                return;
            }
        }
    }
}
