namespace XilinIngest.Dashboard.Tests.Completeness;

/// <summary>The sample's January of 2023, which opens earlier here, has not been reported.</summary>
public sealed class Offices_that_are_reminded : IAsyncLifetime
{
    private const string Address = "/completeness?unit=320404004000&period=2023-01";
    private readonly string _catalogue = Directory.CreateTempSubdirectory("xilin-reminders-").FullName;
    private DashboardProcess _service = null!;
    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;

    public async Task InitializeAsync()
    {
        foreach (var file in Directory.EnumerateFiles(RepositoryFiles.Catalogue, "*.csv"))
        {
            File.Copy(file, Path.Combine(_catalogue, Path.GetFileName(file)));
        }

        var calendar = Path.Combine(_catalogue, "calendar.csv");
        var dates = File.ReadAllText(calendar).Replace("2023-01,2023-02-01T", "2023-01,2023-01-02T", StringComparison.Ordinal);
        File.WriteAllText(calendar, dates);

        // A rule that never comes: by hand its people, channel and language count.
        File.WriteAllText(
            Path.Combine(_catalogue, "reminders.csv"),
            "rule,kind,unit,offset,time,to,channel,language,quiet,days\nby-hand,,,31,09:00,reporter,page,,,\n");
        _service = await DashboardProcess.StartAsync(sample: true, _catalogue);
        _playwright = await Playwright.CreateAsync();
        _browser = await HeadlessBrowser.LaunchAsync(_playwright);
    }

    public async Task DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
        await _service.DisposeAsync();
        Directory.Delete(_catalogue, recursive: true);
    }

    [Fact]
    public async Task Are_previewed_reminded_and_listed_and_not_twice_in_a_short_time()
    {
        await using var reader = await OpenAsync(1280, english: false);
        var section = reader.Page.Locator(".reminders");
        await section.GetByRole(AriaRole.Button, new() { Name = "预览催报" }).ClickAsync();
        var first = section.Locator("[data-preview]").First;
        await Assertions.Expect(first).ToContainTextAsync("通知列表");
        var unit = await first.GetAttributeAsync("data-preview");
        await first.Locator("summary").ClickAsync();
        await Assertions.Expect(first).ToContainTextAsync("未报指标：");
        await reader.AssertAccessibleAsync();

        await section.GetByRole(AriaRole.Button, new() { Name = "发送催报" }).ClickAsync();
        await Assertions.Expect(section.GetByText("已催报")).ToBeVisibleAsync();
        var row = section.Locator($"[data-reminder='{unit}']").First;
        await Assertions.Expect(row).ToContainTextAsync("人工（未登录用户）");
        await Assertions.Expect(row).ToContainTextAsync("通知列表：");
        await Assertions.Expect(row).ToContainTextAsync("✗ 否");
        await reader.AssertAccessibleAsync();

        await section.GetByRole(AriaRole.Button, new() { Name = "预览催报" }).ClickAsync();
        await section.GetByRole(AriaRole.Button, new() { Name = "发送催报" }).ClickAsync();
        await Assertions.Expect(section.GetByText("未再催")).ToBeVisibleAsync();
        await section.GetByRole(AriaRole.Button, new() { Name = "预览催报" }).ClickAsync();
        await section.GetByLabel("也再催").CheckAsync();
        await section.GetByRole(AriaRole.Button, new() { Name = "发送催报" }).ClickAsync();
        await Assertions.Expect(section.Locator($"[data-reminder='{unit}']")).ToHaveCountAsync(2);
    }

    [Fact, Trait("suite", "long")]
    public async Task Can_be_reminded_on_a_phone_in_English_with_targets_that_a_thumb_meets()
    {
        await using var reader = await OpenAsync(360, english: true);
        var section = reader.Page.Locator(".reminders");
        await section.GetByRole(AriaRole.Button, new() { Name = "Preview reminders" }).ClickAsync();
        await Assertions.Expect(section.Locator("[data-preview]").First).ToContainTextAsync("missing, list of notices");
        foreach (var target in await section.Locator("button, summary").AllAsync())
        {
            var box = (await target.BoundingBoxAsync())!;
            Assert.True(box is { Height: >= 24, Width: >= 24 }, $"{box.Width} × {box.Height}");
        }

        await reader.AssertAccessibleAsync();
    }

    private async Task<BrowserPage> OpenAsync(int width, bool english)
    {
        var context = await _browser.NewContextAsync(new()
        {
            BaseURL = _service.Address.ToString(),
            ViewportSize = new() { Width = width, Height = 800 },
            ReducedMotion = ReducedMotion.Reduce,
        });
        if (english)
        {
            await context.AddCookiesAsync([new() { Name = "xilin-lang", Value = "en", Url = _service.Address.ToString() }]);
        }

        var reader = new BrowserPage(context, await context.NewPageAsync());
        await reader.NavigateAsync(Address);
        return reader;
    }
}
