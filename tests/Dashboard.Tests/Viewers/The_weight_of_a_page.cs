using Xunit.Abstractions;

namespace XilinIngest.Dashboard.Tests.Viewers;

[Collection("every page")]
public sealed class The_weight_of_a_page(DashboardSite site, ITestOutputHelper output)
{
    /// <summary>
    /// For a browser that was never here: the page, its styles and scripts, and all that it asks until its charts are drawn. The library of
    /// charts, 372 of the kilobytes of a page that has some, is compressed better when the service is published: to 297.
    /// </summary>
    [Theory]
    [InlineData("/", 120)]
    [InlineData("/report", 120)]
    [InlineData("/rankings", 475)]
    [InlineData("/indicator", 475)]
    public async Task Is_bounded_on_the_line(string path, int kilobytes)
    {
        await using var context = await site.Browser.NewContextAsync(new() { BaseURL = site.Address.ToString() });
        var page = await context.NewPageAsync();
        var network = await context.NewCDPSessionAsync(page);
        var sizes = new List<(string Request, double Bytes)>();
        network.Event("Network.loadingFinished").OnEvent += (_, told) =>
            sizes.Add((told!.Value.GetProperty("requestId").GetString()!, told.Value.GetProperty("encodedDataLength").GetDouble()));
        var addresses = new Dictionary<string, string>();
        network.Event("Network.requestWillBeSent").OnEvent += (_, told) =>
            addresses[told!.Value.GetProperty("requestId").GetString()!] =
                told.Value.GetProperty("request").GetProperty("url").GetString()!;
        await network.SendAsync("Network.enable");

        await page.GotoAsync($"{path}?unit=320404004000&period=2022-12");
        await page.WaitForSelectorAsync("[data-interactive]", new() { State = WaitForSelectorState.Attached });
        await Assertions.Expect(page.Locator(".waiting")).ToHaveCountAsync(0);
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        if (path == "/indicator")
        {
            await Assertions.Expect(page.Locator(".chart svg").First).ToBeVisibleAsync();
        }

        var told = string.Join("\n", sizes.OrderByDescending(each => each.Bytes)
            .Select(each => $"{each.Bytes / 1000:N1} KB {addresses.GetValueOrDefault(each.Request)}"));
        output.WriteLine($"{path}: {sizes.Sum(each => each.Bytes) / 1000:N0} KB\n{told}");
        Assert.InRange(sizes.Sum(each => each.Bytes), 1_000, kilobytes * 1000);
    }
}
