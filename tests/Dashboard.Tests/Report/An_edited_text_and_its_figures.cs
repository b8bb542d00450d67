namespace XilinIngest.Dashboard.Tests.Report;

/// <summary>Of a village's report of a month that is not released yet.</summary>
[Collection("site")]
public sealed class An_edited_text_and_its_figures(DashboardSite site)
{
    private const string Unit = "320404004002";
    private const string Address = $"/report/2022-12?unit={Unit}";

    [Fact]
    public async Task That_change_during_the_edit_are_told_beside_the_text_and_its_versions_are_one_click_away()
    {
        var before = await ReportVehiclesAsync(null, 80);
        await using var reader = await site.OpenAsync(Address);
        var (page, section) = (reader.Page, reader.Page.Locator("[data-section='民生/疫情防控']"));
        var computed = await section.Locator("p").InnerTextAsync();
        await section.GetByRole(AriaRole.Button, new() { NameString = "编辑：" }).ClickAsync();
        await section.Locator("textarea").FillAsync("写的是改报以前的数。");
        await ReportVehiclesAsync(before + 2, 81);
        await Assertions.Expect(section.Locator("p")).Not.ToHaveTextAsync(computed);
        await page.GetByRole(AriaRole.Button, new() { Name = "保存" }).ClickAsync();

        await Assertions.Expect(section.Locator("p")).ToContainTextAsync("写的是改报以前的数。");
        await Assertions.Expect(section.Locator(".report-changed")).ToContainTextAsync("编辑之后数据有变化");
        await ReportVehiclesAsync(before, 82);
        await Assertions.Expect(section.Locator(".report-changed")).ToHaveCountAsync(0);

        await page.GetByRole(AriaRole.Button, new() { Name = "恢复自动生成的文字：疫情防控" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "确认恢复" }).ClickAsync();
        await Assertions.Expect(section.Locator("p")).ToHaveTextAsync(computed);
        await page.GetByRole(AriaRole.Button, new() { Name = "历次文字：疫情防控（2）" }).ClickAsync();
        await Assertions.Expect(section.Locator("[data-text-version]")).ToHaveCountAsync(2);
        await Assertions.Expect(section.Locator("[data-text-version='2']")).ToContainTextAsync("恢复为自动生成的文字");
        await Assertions.Expect(section.Locator("[data-text-version='1']"))
            .ToContainTextAsync(new System.Text.RegularExpressions.Regex("(?s)第 1 版.*，未登录用户.*写的是改报以前的数。"));
        await reader.AssertAccessibleAsync();
    }

    [Fact]
    public async Task That_are_all_gone_leave_it_on_the_page_with_a_warning()
    {
        await using var reader = await site.OpenAsync(Address);
        var section = reader.Page.Locator("[data-section='建设/城市管理']");
        await Assertions.Expect(reader.Page.Locator("[data-section='ranks'] p").First).ToBeVisibleAsync();
        await Assertions.Expect(section).ToHaveCountAsync(0);
        await site.PostJsonAsync("/api/report/texts", $$"""
            {"unit":"{{Unit}}","period":"2022-12","section":"建设/城市管理","language":"zh","version":0,"text":"数据撤回以前写的文字。",
             "computed":"此前自动生成的文字。"}
            """);
        await Assertions.Expect(section.Locator("p")).ToHaveTextAsync(
            new System.Text.RegularExpressions.Regex("^（.+）城市管理。数据撤回以前写的文字。$"));
        await Assertions.Expect(section.Locator("[data-figures=none]")).ToContainTextAsync("这一部分已没有数据");
        await reader.Page.GetByRole(AriaRole.Button, new() { Name = "恢复自动生成的文字：城市管理" }).ClickAsync();
        await reader.Page.GetByRole(AriaRole.Button, new() { Name = "确认恢复" }).ClickAsync();
        await Assertions.Expect(section).ToHaveCountAsync(0);
    }

    // Null: the figure that is there, reported again. The figure before is returned.
    private async Task<decimal> ReportVehiclesAsync(decimal? value, int revision)
    {
        var stands = (decimal)(await site.GetJsonAsync($"/api/form?unit={Unit}&period=2022-12"))["entries"]!.AsArray()
            .Single(each => (string?)each!["indicator"] == "VEHICLES_CHECKED")!["now"]!["value"]!;
        var receipt = await site.SubmitAsync(
            TestSubmissions.NewSubmission(Unit, "2022-12", TestSubmissions.Value("VEHICLES_CHECKED", value ?? stands, "辆"))
                .Set("revision", revision).Set("submittedAt", $"2023-01-12T10:00:{revision - 80:00}+08:00"));
        Assert.True((string?)receipt["verdict"] == "accepted", receipt.ToJsonString());
        return stands;
    }
}
