using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace XilinIngest.Dashboard.Tests.Report;

/// <summary>Of a village's report of a month that is not released yet.</summary>
[Collection("site")]
public sealed class A_section_that_is_edited(DashboardSite site)
{
    private const string Unit = "320404004004";
    private const string Address = $"/report/2022-12?unit={Unit}";

    [Fact]
    public async Task Is_marked_with_the_computed_text_at_hand_and_goes_into_Word_until_it_is_put_back()
    {
        await using var reader = await site.OpenAsync(Address);
        var (page, section) = (reader.Page, reader.Page.Locator("[data-section='ranks']"));
        var computed = await section.Locator("p").InnerTextAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "编辑：位次情况" }).ClickAsync();
        await Assertions.Expect(page.GetByLabel("“位次情况”的文字")).ToHaveValueAsync(computed);
        await page.GetByLabel("“位次情况”的文字").FillAsync(" \n");
        await page.GetByRole(AriaRole.Button, new() { Name = "保存" }).ClickAsync();
        await Assertions.Expect(section.GetByRole(AriaRole.Alert)).ToContainTextAsync("请填写文字");
        await page.GetByLabel("“位次情况”的文字").FillAsync("位次总体稳定。\n\n　<b>两项</b>指标前移。");
        await page.GetByRole(AriaRole.Button, new() { Name = "保存" }).ClickAsync();

        await Assertions.Expect(section.Locator(".report-mark")).ToContainTextAsync("已编辑");
        await Assertions.Expect(section.Locator(".report-mark")).ToContainTextAsync("，未登录用户。");
        await Assertions.Expect(section.Locator("p")).ToHaveTextAsync(["位次总体稳定。", "<b>两项</b>指标前移。"]);
        await Assertions.Expect(section.Locator(".report-changed")).ToHaveCountAsync(0);
        await section.GetByText("自动生成的文字", new() { Exact = true }).ClickAsync();
        await Assertions.Expect(section.Locator("details div")).ToHaveTextAsync(computed);
        await reader.AssertAccessibleAsync();

        var word = await page.APIRequest.GetAsync($"/export/report.docx?unit={Unit}&period=2022-12");
        using (var document = WordprocessingDocument.Open(new MemoryStream(await word.BodyAsync()), isEditable: false))
        {
            var lines = document.MainDocumentPart!.Document!.Body!.Elements<Paragraph>().Select(paragraph => paragraph.InnerText).ToList();
            Assert.Equal("<b>两项</b>指标前移。", lines[lines.IndexOf("位次总体稳定。") + 1]);
            Assert.DoesNotContain(computed, lines);
            Assert.DoesNotContain(lines, line => line.Contains("已编辑", StringComparison.Ordinal));
        }

        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await Assertions.Expect(section.Locator("p").First).ToBeVisibleAsync();
        await Assertions.Expect(section.Locator(".report-mark")).ToBeHiddenAsync();
        await page.EmulateMediaAsync(new() { Media = Media.Screen });
        await page.GetByRole(AriaRole.Button, new() { Name = "恢复自动生成的文字：位次情况" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "确认恢复" })).ToBeFocusedAsync();
        await Assertions.Expect(section.Locator(".report-mark")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "确认恢复" }).ClickAsync();
        await Assertions.Expect(section.Locator(".report-mark")).ToHaveCountAsync(0);
        await Assertions.Expect(section.Locator("p")).ToHaveTextAsync(computed);
    }

    [Fact]
    public async Task By_two_at_once_tells_the_second_who_was_first_and_what_has_changed_since()
    {
        await using var reader = await site.OpenAsync(Address);
        var (page, section) = (reader.Page, reader.Page.Locator("[data-section='发展/经济运行']"));
        await page.GetByRole(AriaRole.Button, new() { Name = "编辑：经济运行" }).ClickAsync();
        await page.GetByLabel("“经济运行”的文字").FillAsync("第二位的文字。");
        await site.PostJsonAsync("/api/report/texts", $$"""
            {"unit":"{{Unit}}","period":"2022-12","section":"发展/经济运行","language":"zh","version":0,"text":"第一位的文字。",
             "computed":"此前自动生成的文字。"}
            """);
        await page.GetByRole(AriaRole.Button, new() { Name = "保存" }).ClickAsync();
        await Assertions.Expect(section.GetByRole(AriaRole.Alert)).ToContainTextAsync("已由未登录用户先行编辑（第 1 版）");
        await Assertions.Expect(section.Locator("p")).ToContainTextAsync("第一位的文字。");
        await Assertions.Expect(section.Locator(".report-changed")).ToContainTextAsync("编辑之后数据有变化");

        await page.GetByRole(AriaRole.Button, new() { Name = "保存" }).ClickAsync();
        await Assertions.Expect(section.Locator("p")).ToHaveTextAsync("（一）经济运行。第二位的文字。");
        await Assertions.Expect(section.Locator(".report-changed")).ToHaveCountAsync(0);
        var texts = await site.GetJsonAsync($"/api/report/texts?unit={Unit}&period=2022-12");
        Assert.Equal(("第一位的文字。", 2), texts["sections"]!.AsArray().Where(text => (string?)text!["section"] == "发展/经济运行")
            .Select(text => ((string)text!["replaced"]!, (int)text["version"]!)).Single());
    }

    [Fact]
    public async Task By_a_program_is_on_an_open_page_within_two_seconds()
    {
        await using var reader = await site.OpenAsync("/report/2022-12?unit=320404004002");
        var section = reader.Page.Locator("[data-section='ranks']");
        await Assertions.Expect(section.Locator("p").First).ToBeVisibleAsync();
        await site.PostJsonAsync("/api/report/texts", Edit("320404004002", "ranks", 0, "由程序写入的文字。"));
        await Assertions.Expect(section.Locator("p")).ToHaveTextAsync("由程序写入的文字。", new() { Timeout = 2_000 });
    }

    [Fact]
    public async Task By_another_meanwhile_is_not_replaced_after_a_fault_of_the_text()
    {
        await using var reader = await site.OpenAsync("/report/2022-12?unit=320404004003", 360, 740);
        var (page, section) = (reader.Page, reader.Page.Locator("[data-section='ranks']"));
        var (edit, field, save) = (section.GetByRole(AriaRole.Button, new() { NameString = "编辑：" }), section.Locator("textarea"),
            page.GetByRole(AriaRole.Button, new() { Name = "保存" }));
        await edit.ClickAsync();
        await Assertions.Expect(field).ToBeFocusedAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "取消" }).ClickAsync();
        await Assertions.Expect(edit).ToBeFocusedAsync();
        await edit.ClickAsync();
        await field.FillAsync("第二位的\u202e文字。");
        await site.PostJsonAsync("/api/report/texts", $$"""
            {"unit":"320404004003","period":"2022-12","section":"ranks","language":"zh","version":0,"text":"{{new string('w', 200)}}",
             "computed":"此前自动生成的文字。"}
            """);
        await save.ClickAsync();
        await Assertions.Expect(section.GetByRole(AriaRole.Alert)).ToContainTextAsync("不可见字符");
        await Assertions.Expect(section.Locator("p")).ToContainTextAsync("www");
        Assert.Equal(360, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));

        var longest = new string('长', 8_000);
        await field.FillAsync(longest);
        await save.ClickAsync();
        await Assertions.Expect(section.GetByRole(AriaRole.Alert)).ToContainTextAsync("已由未登录用户先行编辑（第 1 版）");
        await save.ClickAsync();
        await Assertions.Expect(section.Locator("p")).ToContainTextAsync(longest);
    }

    private static string Edit(string unit, string section, int version, string text) => $$"""
        {"unit":"{{unit}}","period":"2022-12","section":"{{section}}","language":"zh","version":{{version}},"text":"{{text}}",
         "computed":"此前自动生成的文字。"}
        """;

    [Fact]
    public async Task Of_a_released_month_is_refused_with_the_reason_on_a_phone_in_English()
    {
        await using var reader = await site.OpenAsync($"/report/2021-05?unit={Unit}", 360, 740, english: true);
        await Assertions.Expect(reader.Page.Locator("[data-texts=closed]")).ToContainTextAsync("reopen the month first");
        await Assertions.Expect(reader.Page.GetByRole(AriaRole.Button, new() { NameString = "Edit" })).ToHaveCountAsync(0);
        await reader.AssertAccessibleAsync();
    }
}
