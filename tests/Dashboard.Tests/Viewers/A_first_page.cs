using System.Diagnostics;
using Xunit.Abstractions;

namespace XilinIngest.Dashboard.Tests.Viewers;

/// <summary>
/// From the address to figures that one can read, and to a page that answers: a browser that was never here, before a service that has just
/// been started.
/// </summary>
public sealed class A_first_page(ITestOutputHelper output)
{
    private const int Times = 10;

    [Theory, Trait("suite", "long")]
    [InlineData("/", "[data-indicator] .amount")]
    [InlineData("/rankings?unit=320404004000&period=2022-12", ".ranking-table strong")]
    [InlineData("/indicator?unit=320404004000&period=2022-12", ".ind-amount")]
    [InlineData("/my?unit=320404004201&period=2022-12", "[data-last] .lead")]
    public async Task Is_read_within_a_second_and_answers_a_fifth_later(string path, string figure)
    {
        await using var service = await DashboardProcess.StartAsync(sample: true);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await HeadlessBrowser.LaunchAsync(playwright);
        await OpenAsync(browser, new Uri("about:blank"), "html");
        var (first, times) = ((Read: 0d, Live: 0d), new List<(double Read, double Live)>());
        for (var i = 0; i <= Times; i++)
        {
            var took = await OpenAsync(browser, new Uri(service.Address, path), figure);
            if (i == 0)
            {
                first = took;
            }
            else
            {
                times.Add(took);
            }
        }

        var (read, live) = (Median(times.Select(time => time.Read)), Median(times.Select(time => time.Live)));
        output.WriteLine(
            $"{path}: figures to be read: the first of all {first.Read:N0} ms, then {read:N0} ms; interactive: {first.Live:N0} ms, then "
            + $"{live:N0} ms (medians of {Times}, each a browser without cache)");
        Assert.True(read < 1_000, $"to be read after {read:N0} ms");
        Assert.True(live < 1_200, $"interactive after {live:N0} ms");
    }

    private static async Task<(double Read, double Live)> OpenAsync(IBrowser browser, Uri address, string figure)
    {
        await using var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = 1280, Height = 900 } });
        var page = await context.NewPageAsync();
        var since = Stopwatch.GetTimestamp();
        await page.GotoAsync(address.ToString(), new() { WaitUntil = WaitUntilState.Commit });
        await page.Locator(figure).First.WaitForAsync();
        var read = Stopwatch.GetElapsedTime(since).TotalMilliseconds;
        if (address.Scheme != "about")
        {
            await page.WaitForSelectorAsync("[data-interactive]", new() { State = WaitForSelectorState.Attached });
        }

        return (read, Stopwatch.GetElapsedTime(since).TotalMilliseconds);
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Times / 2);
}
