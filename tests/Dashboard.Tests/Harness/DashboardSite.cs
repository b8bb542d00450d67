using System.Text;
using System.Text.Json.Nodes;

namespace XilinIngest.Dashboard.Tests.Harness;

/// <summary>
/// The sample years in a real service, and Debian's Chromium before it: one of each for all tests. Who submits does so for a unit and month
/// of its own.
/// </summary>
public sealed class DashboardSite : IAsyncLifetime, IAsyncDisposable
{
    private readonly HttpClient _client = new();
    private readonly FramingSite _framing = new();
    private readonly CatalogueCopy _catalogue = new();
    private DashboardProcess? _service;
    private IPlaywright? _playwright;

    /// <summary>The browser.</summary>
    public IBrowser Browser { get; private set; } = null!;

    /// <summary>Another site, whose pages may embed charts.</summary>
    internal FramingSite Framing => _framing;

    /// <summary>The service's address.</summary>
    public Uri Address => _service!.Address;

    public async Task InitializeAsync()
    {
        await _framing.StartAsync();
        var service = DashboardProcess.StartAsync(
            sample: true, _catalogue.Path, embeddedBy: _framing.Named.GetLeftPart(UriPartial.Authority));
        _playwright = await Microsoft.Playwright.Playwright.CreateAsync();

        Browser = await HeadlessBrowser.LaunchAsync(_playwright);
        _service = await service;
        _client.BaseAddress = Address;
    }

    public async Task DisposeAsync()
    {
        await Browser.DisposeAsync();
        _playwright!.Dispose();
        _client.Dispose();
        await _service!.DisposeAsync();
        await _framing.DisposeAsync();
        _catalogue.Dispose();
    }

    /// <summary>A page of a reader of its own, that is interactive.</summary>
    /// <param name="path">From / on.</param>
    /// <param name="width">In pixels.</param>
    /// <param name="height">In pixels.</param>
    /// <param name="english">Switched to English.</param>
    /// <param name="moving">Someone who does not mind motion.</param>
    /// <param name="dark">On a device that asks for dark pages.</param>
    /// <param name="touch">On a device that is touched, where a phone's rules of layout apply.</param>
    public async Task<BrowserPage> OpenAsync(
        string path, int width = 1280, int height = 900, bool english = false, bool moving = false, bool dark = false, bool touch = false)
    {
        var context =
            await Browser.NewContextAsync(
                new()
                {
                    BaseURL = Address.ToString(),
                    ViewportSize = new() { Width = width, Height = height },
                    ReducedMotion = moving
                    ? ReducedMotion.NoPreference : ReducedMotion.Reduce,
                    ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
                    HasTouch = touch,
                    IsMobile = touch,
                });
        if (english)
        {
            await context.AddCookiesAsync([new() { Name = "xilin-lang", Value = "en", Url = Address.ToString() }]);
        }

        var reader = new BrowserPage(context, await context.NewPageAsync());
        await reader.NavigateAsync(path);
        return reader;
    }

    /// <summary>Submits over HTTP as a client does; the receipt.</summary>
    internal async Task<JsonObject> SubmitAsync(JsonObject sheet)
    {
        using var body = new StringContent(sheet.ToJsonString(), Encoding.UTF8, "application/json");
        using var answer = await _client.PostAsync("/api/submissions", body);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject();
    }

    /// <summary>Edits a file of the service's own copy of the catalogue.</summary>
    internal void EditCatalogue(string file, Func<string, string> edit) => _catalogue.Edit(file, edit);

    internal async Task PostJsonAsync(string path, string body)
    {
        using var answer = await _client.PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"));
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    internal async Task<JsonNode> GetJsonAsync(string path) => JsonNode.Parse(await _client.GetStringAsync(path))!;

    async ValueTask IAsyncDisposable.DisposeAsync() => await DisposeAsync();
}

[CollectionDefinition("site")]
public sealed class DashboardSiteCollection : ICollectionFixture<DashboardSite>;

/// <summary>A second one, for what is asked of all pages alike: two lots of tests run side by side.</summary>
[CollectionDefinition("every page")]
public sealed class EveryPageCollection : ICollectionFixture<DashboardSite>;
