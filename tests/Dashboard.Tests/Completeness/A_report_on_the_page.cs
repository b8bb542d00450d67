namespace XilinIngest.Dashboard.Tests.Completeness;

/// <summary>
/// It is January 2023 in the sample: December 2022 is open, the street reviews its villages from then on, and one report waits.
/// </summary>
public sealed class A_report_on_the_page : IDisposable
{
    private const string Unit = "320404004203";
    private readonly string _catalogue = Directory.CreateTempSubdirectory("xilin-reviews-").FullName;

    public void Dispose() => Directory.Delete(_catalogue, recursive: true);

    [Fact, Trait("suite", "long")]
    public async Task Is_returned_with_a_reason_that_its_office_reads_and_approved_also_on_a_narrow_phone()
    {
        foreach (var file in Directory.EnumerateFiles(RepositoryFiles.Catalogue, "*.csv"))
        {
            File.Copy(file, Path.Combine(_catalogue, Path.GetFileName(file)));
        }

        File.WriteAllText(Path.Combine(_catalogue, "workflow.csv"), "kind,subtree,reviewed,by,from\nvillage,,yes,above,2022-12\n");
        await using var service = await DashboardProcess.StartAsync(sample: true, _catalogue);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await HeadlessBrowser.LaunchAsync(playwright);
        var context = await browser.NewContextAsync(
            new() { BaseURL = service.Address.ToString(), ViewportSize = new() { Width = 360, Height = 740 } });
        await using var reader = new BrowserPage(context, await context.NewPageAsync());

        await reader.NavigateAsync("/completeness?unit=320404004000&period=2022-12");
        await Assertions.Expect(reader.Page.Locator(".lead .approved")).ToContainTextAsync("2/3");
        var report = reader.Page.Locator($".reviews li[data-unit='{Unit}']");
        await Assertions.Expect(report).ToHaveAttributeAsync("data-state", "waiting");
        await report.GetByText("退回…").First.ClickAsync();
        await report.GetByRole(AriaRole.Button, new() { Name = "退回", Exact = true }).First.ClickAsync();
        await Assertions.Expect(report.GetByText("F807")).ToBeVisibleAsync();

        await report.GetByLabel("退回理由").First.FillAsync("走访企业数与台账不符");
        await report.GetByRole(AriaRole.Button, new() { Name = "退回", Exact = true }).First.ClickAsync();
        await Assertions.Expect(report).ToHaveAttributeAsync("data-state", "returned");
        await Assertions.Expect(report).ToContainTextAsync("审核退回（未登录用户）：走访企业数与台账不符");
        await reader.AssertAccessibleAsync();
        Assert.True(await reader.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= 360"));

        // The office sees why, and what it had sent is there to be corrected.
        await reader.NavigateAsync($"/enter?unit={Unit}&period=2022-12");
        await Assertions.Expect(reader.Page.Locator("[data-review='returned']")).ToContainTextAsync("走访企业数与台账不符");
        await reader.AssertAccessibleAsync();

        await reader.NavigateAsync("/completeness?unit=320404004000&period=2022-12");
        report = reader.Page.Locator($".reviews li[data-unit='{Unit}']");
        await report.GetByRole(AriaRole.Button, new() { Name = "通过" }).First.ClickAsync();
        await Assertions.Expect(report.GetByText("审核通过（未登录用户）")).ToBeVisibleAsync();
    }
}
