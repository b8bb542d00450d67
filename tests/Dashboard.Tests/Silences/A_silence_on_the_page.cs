using System.Globalization;

namespace XilinIngest.Dashboard.Tests.Silences;

[Collection("site")]
public sealed class A_silence_on_the_page(DashboardSite site)
{
    private const string Address = "/silences?unit=320404004203&period=2022-12";

    [Fact]
    public async Task Is_made_and_ended_and_stays_in_the_list()
    {
        await using var reader = await site.OpenAsync(Address);
        var page = reader.Page;
        await page.GetByRole(AriaRole.Button, new() { Name = "静默", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByText("请选择截止日期")).ToBeVisibleAsync();

        // The last day that the field takes has an end that no time can have. What follows shows that the page lives.
        await page.GetByLabel("到哪一天").FillAsync("9999-12-31");
        await page.GetByRole(AriaRole.Button, new() { Name = "静默", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("至多 90 天");

        await page.GetByLabel("到哪一天").FillAsync(await DayAsync(5));
        await page.GetByLabel("理由").FillAsync("短");
        await page.GetByRole(AriaRole.Button, new() { Name = "静默", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByText("理由应为一行文字")).ToBeVisibleAsync();

        await page.GetByLabel("理由").FillAsync("国庆期间统一处置");
        await page.GetByLabel("级别").SelectOptionAsync("Amber");
        await page.GetByRole(AriaRole.Button, new() { Name = "静默", Exact = true }).ClickAsync();
        var row = page.Locator("[data-silence]", new() { HasText = "国庆期间统一处置" });
        await Assertions.Expect(row).ToContainTextAsync("（仅黄色）");
        await Assertions.Expect(row).ToContainTextAsync("生效中");
        await reader.AssertAccessibleAsync();

        await row.GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(row).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Link, new() { Name = "也看已结束的" }).ClickAsync();
        await Assertions.Expect(row).ToContainTextAsync("由http结束");
        await reader.AssertAccessibleAsync();
    }

    [Fact]
    public async Task Can_be_read_on_a_phone_in_English()
    {
        await using var reader = await site.OpenAsync(Address, 360, 740, english: true);
        await Assertions.Expect(reader.Page.GetByText("While a silence holds")).ToBeVisibleAsync();
        await Assertions.Expect(reader.Page.Locator(".waiting")).ToHaveCountAsync(0);
        await reader.AssertAccessibleAsync();
    }

    // The sample's clock stands in early 2023.
    private async Task<string> DayAsync(int ahead) =>
        DateTimeOffset.Parse((string)(await site.GetJsonAsync("/api/begin"))["now"]!, CultureInfo.InvariantCulture).AddDays(ahead)
            .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
