namespace XilinIngest.Dashboard.Tests.Report;

/// <summary>Typed into the report of a village and not saved.</summary>
[Collection("site")]
public sealed class A_draft_of_a_section(DashboardSite site)
{
    private const string Address = "/report/2022-12?unit=320404004001";

    [Fact]
    public async Task Warns_who_leaves_and_is_offered_when_they_are_back_until_it_is_discarded()
    {
        await using var reader = await site.OpenAsync(Address, 360, 740);
        var (page, section, field) = await EditAsync(reader);
        Assert.True(await MayLeaveAsync(page));
        await field.FillAsync("写到一半的文字。");
        Assert.False(await MayLeaveAsync(page));
        await page.GetByRole(AriaRole.Link, new() { Name = "报送", Exact = true }).ClickAsync();
        await Assertions.Expect(section.GetByRole(AriaRole.Alert)).ToContainTextAsync("尚未保存");
        await reader.AssertAccessibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "继续编辑" }).ClickAsync();
        await Assertions.Expect(field).ToBeFocusedAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "报送", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "离开，保留草稿" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("报送");
        Assert.True(await MayLeaveAsync(page));

        await reader.NavigateAsync(Address);
        await reader.AssertAccessibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "继续编辑草稿" }).ClickAsync();
        await Assertions.Expect(field).ToHaveValueAsync("写到一半的文字。");
        await Assertions.Expect(section.Locator(".report-changed")).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "取消" }).ClickAsync();
        await Assertions.Expect(section.GetByRole(AriaRole.Button, new() { NameString = "编辑：" })).ToBeFocusedAsync();
        await page.ReloadAsync();
        await Assertions.Expect(section.GetByRole(AriaRole.Button, new() { NameString = "编辑：" })).ToBeVisibleAsync();
        Assert.Equal(0, await page.EvaluateAsync<int>("sessionStorage.length"));
    }

    [Fact]
    public async Task Written_before_the_figures_changed_says_so()
    {
        await using var reader = await site.OpenAsync(Address);
        var (page, section, field) = await EditAsync(reader);
        await field.FillAsync("旧数据的文字。");
        await page.EvaluateAsync(
            """
            () => {
                const [key, kept] = [sessionStorage.key(0), JSON.parse(sessionStorage.getItem(sessionStorage.key(0)))];
                sessionStorage.setItem(key, JSON.stringify({ ...kept, basis: "the hash of another text" }));
            }
            """);
        await page.GetByRole(AriaRole.Link, new() { Name = "报送", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "离开，保留草稿" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("报送");
        await reader.NavigateAsync(Address);
        await page.GetByRole(AriaRole.Button, new() { Name = "继续编辑草稿" }).ClickAsync();
        await Assertions.Expect(section.Locator(".report-changed")).ToContainTextAsync("写草稿之后数据有变化");
        await page.GetByRole(AriaRole.Button, new() { Name = "保存" }).ClickAsync();
        await Assertions.Expect(section.Locator("p")).ToHaveTextAsync("旧数据的文字。");
        Assert.Equal(0, await page.EvaluateAsync<int>("sessionStorage.length"));
    }

    private static async Task<(IPage Page, ILocator Section, ILocator Field)> EditAsync(BrowserPage reader)
    {
        var section = reader.Page.Locator("[data-section='ranks']");
        await section.GetByRole(AriaRole.Button, new() { NameString = "编辑：" }).ClickAsync();
        var field = section.Locator("textarea[data-keys=on]");
        await Assertions.Expect(field).ToBeFocusedAsync();
        return (reader.Page, section, field);
    }

    // Whether the browser lets the tab be closed without asking.
    private static Task<bool> MayLeaveAsync(IPage page) =>
        page.EvaluateAsync<bool>("dispatchEvent(new Event('beforeunload', { cancelable: true }))");
}
