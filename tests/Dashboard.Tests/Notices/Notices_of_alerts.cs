namespace XilinIngest.Dashboard.Tests.Notices;

public sealed class Notices_of_alerts : IDisposable
{
    private readonly string _catalogue = Directory.CreateTempSubdirectory("xilin-notices-").FullName;

    public void Dispose() => Directory.Delete(_catalogue, recursive: true);

    [Fact, Trait("suite", "long")]
    public async Task Are_listed_with_what_they_told_and_the_answer()
    {
        foreach (var file in Directory.EnumerateFiles(RepositoryFiles.Catalogue, "*.csv"))
        {
            File.Copy(file, Path.Combine(_catalogue, Path.GetFileName(file)));
        }

        File.WriteAllText(
            Path.Combine(_catalogue, "routes.csv"),
            "route,unit,scope,indicators,level,channel,language,group,wait,interval,repeat,quiet,days\n"
            + "street,320404004000,unit,,,page,zh,alert,,,,,\n");
        await using var service = await DashboardProcess.StartAsync(sample: true, _catalogue);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await HeadlessBrowser.LaunchAsync(playwright);
        var context = await browser.NewContextAsync(new() { BaseURL = service.Address.ToString() });
        await using var reader = new BrowserPage(context, await context.NewPageAsync());

        await reader.NavigateAsync("/alerts?unit=320404004000&period=2022-12");
        await reader.Page.GetByRole(AriaRole.Link, new() { Name = "通知记录" }).ClickAsync();

        // Reminders have the same time, and may be the newer ones.
        var row = reader.Page.Locator("[data-notice]", new() { HasText = "street → " }).First;

        // The notice of the last results may be made after the page was told of them.
        for (var tries = 0; tries < 20 && !await row.IsVisibleAsync(); tries++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(500));
            await reader.NavigateAsync(new Uri(reader.Page.Url).PathAndQuery);
        }

        await Assertions.Expect(row).ToContainTextAsync("street → 通知列表");
        await Assertions.Expect(row).ToContainTextAsync("项指标预警有变化");
        await Assertions.Expect(row).ToContainTextAsync("已发送");
        await reader.AssertAccessibleAsync();
    }
}
