using System.Globalization;

namespace XilinIngest.Dashboard.Tests.Alerts;

[Collection("site")]
public sealed class An_alert_that_is_taken(DashboardSite site)
{
    private const string Village = "320404004202";
    private const string Address = $"/alerts?unit={Village}&period=2022-12";

    [Fact]
    public async Task Shows_who_has_it_is_handed_over_and_given_back()
    {
        await using var first = await site.OpenAsync(Address);
        await using var second = await site.OpenAsync(Address, 360, 740);
        var (one, other) = (Card(first), Card(second));
        await other.GetByText("认领", new() { Exact = true }).ClickAsync();
        await other.GetByLabel("由谁办理").FillAsync("人员2");

        await one.GetByText("认领", new() { Exact = true }).ClickAsync();
        await one.GetByLabel("由谁办理").FillAsync("人员1");
        await one.GetByLabel("说明").FillAsync("核实产量数据");
        var due = await DayAsync(3);
        await one.GetByLabel("办结期限").FillAsync(due);
        await one.GetByRole(AriaRole.Button, new() { Name = "认领预警" }).ClickAsync();
        await Assertions.Expect(one.Locator("[data-task]")).ToHaveTextAsync($"人员1已认领，{due}前办结：核实产量数据");
        await first.AssertAccessibleAsync();

        // The other one sees it without a word of their own.
        await Assertions.Expect(other.Locator("[data-task]")).ToContainTextAsync("人员1已认领");
        await second.AssertAccessibleAsync();
        await using (var overview = await site.OpenAsync($"/?unit={Village}&period=2022-12", english: true))
        {
            await Assertions.Expect(overview.Page.Locator("[data-task]").First).ToContainTextAsync($"taken by 人员1, due {due}");
            await overview.AssertAccessibleAsync();
        }

        await using (var indicator = await site.OpenAsync($"/indicator?unit={Village}&period=2022-12&indicator=INDUSTRIAL_OUTPUT"))
        {
            await Assertions.Expect(indicator.Page.Locator("[data-task]")).ToContainTextAsync("人员1已认领");
        }

        await using (var wall = await site.OpenAsync($"/alerts?wall=1&unit={Village}&period=2022-12"))
        {
            await Assertions.Expect(wall.Page.Locator("[data-task]").First).ToHaveTextAsync($"已认领，{due}前办结");
        }

        await one.GetByLabel("移交给").FillAsync("人员3");
        await one.GetByRole(AriaRole.Button, new() { Name = "移交", Exact = true }).ClickAsync();
        await Assertions.Expect(one.Locator("[data-task]")).ToContainTextAsync("人员3已认领");
        await one.GetByRole(AriaRole.Button, new() { Name = "退回" }).ClickAsync();
        await Assertions.Expect(one.Locator("[data-task]")).ToContainTextAsync("已退回，无人办理");
        var history = first.Page.Locator(".task-history");
        await Assertions.Expect(history).ToContainTextAsync("人员1认领（未登录用户）");
        await Assertions.Expect(history).ToContainTextAsync("移交给人员3");
        await Assertions.Expect(history.Locator("li").Last).ToContainTextAsync("退回");
    }

    [Fact]
    public async Task Stands_out_when_it_is_overdue()
    {
        // The sample year has one.
        await using var reader = await site.OpenAsync("/alerts?unit=320404004000&period=2022-12", 360, 740);
        var task = reader.Page.Locator("[data-alert='320404004000 RETAIL_SALES'] .is-overdue");
        await Assertions.Expect(task).ToContainTextAsync("经济发展科1已认领");
        await Assertions.Expect(task).ToContainTextAsync("已逾期：走访限上企业");
        await Assertions.Expect(reader.Page.Locator(".task-history", new() { HasText = "移交给财政所1" })).ToHaveCountAsync(1);
        await reader.AssertAccessibleAsync();
    }

    [Fact]
    public async Task Says_that_its_notices_are_silenced()
    {
        // The sample year silences the amber alerts of a village.
        await using var reader = await site.OpenAsync(Address, english: true);
        await Assertions.Expect(Card(reader).Locator("[data-silenced]")).ToContainTextAsync("notices silenced until 2023-");
        await using var street = await site.OpenAsync("/alerts?unit=320404004000&period=2022-12");
        await Assertions.Expect(street.Page.Locator("[data-alert='320404004000 RETAIL_SALES']")).ToBeVisibleAsync();
        await Assertions.Expect(street.Page.Locator("[data-silenced]")).ToHaveCountAsync(1);
    }

    private static ILocator Card(BrowserPage reader) => reader.Page.Locator($"[data-alert='{Village} INDUSTRIAL_OUTPUT']");

    private async Task<string> DayAsync(int ahead) =>
        DateTimeOffset.Parse((string)(await site.GetJsonAsync("/api/begin"))["now"]!, CultureInfo.InvariantCulture).AddDays(ahead)
            .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
