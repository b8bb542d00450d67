using System.Text.Json.Nodes;
using XilinIngest.TestBrokers;

namespace XilinIngest.Dashboard.Tests.Shell;

/// <summary>Between the pages and their services: nothing passes any more, and neither end has closed.</summary>
[Collection("every page")]
public sealed class A_line_that_falls_silent(DashboardSite site)
{
    private static readonly LocatorAssertionsToContainTextOptions WithinFortySeconds = new() { Timeout = 40_000 };

    [Fact, Trait("suite", "long")]
    public async Task Of_the_results_is_said_on_the_page_in_time_and_taken_up_again_when_it_is_cut()
    {
        await using var proxy = TcpProxy.InFrontOf(site.Address);
        await using var pages = await DashboardProcess.StartPagesAsync(new Uri($"http://127.0.0.1:{proxy.Port}"), site.Address);
        await using var reader =
            await site.OpenAsync(new Uri(pages.Address, "/?unit=320404004201&period=2022-12").ToString(), english: false);
        var live = reader.Page.Locator(".live").First;
        await Assertions.Expect(live).ToContainTextAsync("● 实时");
        proxy.Stall();
        await Assertions.Expect(live).ToContainTextAsync("推送中断", WithinFortySeconds);
        proxy.Cut();
        await Assertions.Expect(live).ToContainTextAsync("● 实时", WithinFortySeconds);
    }

    [Fact, Trait("suite", "long")]
    public async Task Of_the_intake_is_answered_on_the_page_by_another_worker_that_is_named_beside_it()
    {
        await using var silent = TcpProxy.InFrontOf(site.Address);
        silent.Stall();
        using var http = new Data.ServiceTransport(null, new(role => role == Data.ServiceRole.Intake
            ? [new Uri($"http://127.0.0.1:{silent.Port}"), site.Address] : [site.Address]));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var answer = await http.SendAsync(HttpMethod.Get, "/api/submissions?limit=1", null, limit.Token);
        Assert.IsType<JsonArray>(JsonNode.Parse(await answer.Content.ReadAsStringAsync()));

        // From then on the one that answers is asked first.
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        using var again = await http.SendAsync(HttpMethod.Get, "/api/submissions?limit=1", null, soon.Token);
        Assert.True(again.IsSuccessStatusCode);
    }
}
