using System.Diagnostics;
using System.Globalization;
using XilinIngest.Indicators;
using Xunit.Abstractions;

namespace XilinIngest.Dashboard.Tests.Viewers;

/// <summary>
/// A catalogue of 20,000 enterprises more, none of which has reported: the pages that list units keep answering. A browser is frozen as
/// long as one task of its page takes.
/// </summary>
[Collection("every page")]
public sealed class Twenty_thousand_units(DashboardSite site, ITestOutputHelper output) : IDisposable
{
    private const int Units = 20_000;
    private const string Of = "unit=320404004000&period=2026-10";
    private readonly string _catalogue = Directory.CreateTempSubdirectory("xilin-many-units-").FullName;

    [Fact, Trait("suite", "long")]
    public async Task Never_freeze_a_page_for_a_fifth_of_a_second()
    {
        WriteCatalogue();
        await using var service = await DashboardProcess.StartAsync(sample: false, _catalogue);
        await MeasureAsync(service, $"/tables?{Of}&view=units-indicators&scope=enterprises&indicators=INDUSTRIAL_OUTPUT", async page =>
        {
            await page.Locator("[data-keys=on]").WaitForAsync();
            await page.Locator(".desk thead th").First.FocusAsync();
            await page.Keyboard.PressAsync("Control+End");
            await page.Locator(".desk td:focus").WaitForAsync();
        });
        await MeasureAsync(service, $"/completeness?{Of}", async page =>
        {
            await page.Locator(".matrix tbody tr[data-unit]").First.WaitForAsync();
            await page.Locator(".frozen").EvaluateAsync("area => area.scrollTop = area.scrollHeight");
            await page.Locator(".matrix tr[data-unit]", new() { HasText = "样例企业20000" }).WaitForAsync();
            await page.GetByLabel("只看有欠报的单位").CheckAsync();
            await page.Locator(".matrix tbody tr[data-unit]").First.WaitForAsync();
        });
        await MeasureAsync(service, $"/search?{Of}", async page =>
        {
            await page.Locator("#q").PressSequentiallyAsync("样例企业19999");
            await page.Locator(".found", new() { HasText = "样例企业19999" }).WaitForAsync();
        });
        await MeasureAsync(service, $"/submissions?{Of}", async page =>
        {
            await page.Locator("#of").FillAsync("样例企业19999");
            await page.Locator("#units option[value='样例企业19999']").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        });
        await MeasureAsync(service, $"/enter?{Of}", async page =>
        {
            await page.Locator(".ent-unit").FillAsync("样例企业19999");
            await page.Locator("#ent-units option[value^='样例企业19999']").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        });
    }

    public void Dispose() => Directory.Delete(_catalogue, recursive: true);

    private async Task MeasureAsync(DashboardProcess service, string path, Func<IPage, Task> use)
    {
        await using var context = await site.Browser.NewContextAsync(new() { ViewportSize = new() { Width = 1440, Height = 900 } });
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(60_000);
        await page.AddInitScriptAsync(
            """
            window.longTasks = [];
            new PerformanceObserver(told => longTasks.push(...told.getEntries().map(task => task.duration)))
                .observe({ type: 'longtask', buffered: true });
            """);
        var since = Stopwatch.GetTimestamp();
        await page.GotoAsync(new Uri(service.Address, path).ToString());
        await page.WaitForSelectorAsync("[data-interactive]", new() { State = WaitForSelectorState.Attached });
        await Assertions.Expect(page.Locator(".waiting")).ToHaveCountAsync(0, new() { Timeout = 60_000 });
        var opened = Stopwatch.GetElapsedTime(since).TotalMilliseconds;
        await use(page);
        var tasks = await page.EvaluateAsync<double[]>("longTasks");
        var longest = string.Join(", ", tasks.OrderDescending().Take(3));
        output.WriteLine($"{path}: interactive after {opened:N0} ms; longest tasks {longest} ms");
        Assert.True(tasks.DefaultIfEmpty().Max() < 200, $"{path}: {string.Join(", ", tasks)} ms");
    }

    private void WriteCatalogue()
    {
        foreach (var file in Directory.EnumerateFiles(RepositoryFiles.Catalogue, "*.csv"))
        {
            File.Copy(file, Path.Combine(_catalogue, Path.GetFileName(file)));
        }

        File.AppendAllLines(Path.Combine(_catalogue, "units.csv"), Enumerable.Range(1, Units).Select(number =>
        {
            var first = string.Create(CultureInfo.InvariantCulture, $"91320404MA1{number:000000}");
            return string.Create(CultureInfo.InvariantCulture, $"{first}{UnitCode.CheckCharacter(first)},样例企业{number:00000},"
                + $"Sample enterprise {number:00000},enterprise,32040400420{1 + (number % 3)},2020-01,,industry,no");
        }));
    }
}
