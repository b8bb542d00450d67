using System.Text.RegularExpressions;

namespace XilinIngest.Dashboard.Tests.Submissions;

[Collection("site")]
public sealed class The_intake(DashboardSite site)
{
    [Fact]
    public async Task Shows_a_refusal_as_it_happens_and_why()
    {
        await using var reader = await site.OpenAsync("/submissions");
        var receipt =
            await site.SubmitAsync(
                TestSubmissions.NewSubmission("320404004201", "2031-01", TestSubmissions.Value("ENTERPRISE_VISITS", 1, "家")));
        var row = reader.Page.Locator($"[data-sequence='{receipt["sequence"]}']");
        await Assertions.Expect(row).ToContainTextAsync("已退回");
        await Assertions.Expect(row).ToContainTextAsync((string)receipt["findings"]![0]!["rule"]!);
        await row.GetByRole(AriaRole.Link).ClickAsync();
        await Assertions.Expect(reader.Page.Locator(".findings .error").First)
            .ToContainTextAsync((string)receipt["findings"]![0]!["messageZh"]!);
    }

    [Fact]
    public async Task Names_the_indicator_of_a_finding_once()
    {
        await using var reader = await site.OpenAsync("/submissions");
        var receipt = await site.SubmitAsync(
            TestSubmissions.NewSubmission("320404004201", "2022-12", TestSubmissions.Value("ENTERPRISE_VISITS", 1, "个")));
        await reader.Page.Locator($"[data-sequence='{receipt["sequence"]}']").GetByRole(AriaRole.Link).ClickAsync();
        var finding = reader.Page.Locator(".findings .error").First;
        await Assertions.Expect(finding).ToContainTextAsync("F307");
        Assert.Equal(2, (await finding.InnerTextAsync()).Split("走访企业").Length);
    }

    [Fact]
    public async Task Is_filtered_by_unit_verdict_and_rule()
    {
        var rule = (string)(await site.GetJsonAsync("/api/submissions?limit=500&before=1900")).AsArray()
            .SelectMany(row => row!["rules"]!.AsArray()).First(each => ((string)each!)[0] == 'R')!;
        var rows = (await site.GetJsonAsync($"/api/submissions?rule={rule}&verdict=accepted&limit=500")).AsArray();
        Assert.All(rows, row => Assert.Contains(rule, row!["rules"]!.AsArray().Select(each => (string?)each)));
        await using var reader = await site.OpenAsync("/submissions");
        await reader.Page.GetByLabel("规则").FillAsync(rule);
        await reader.Page.GetByLabel("结果").SelectOptionAsync("accepted");
        await reader.Page.GetByRole(AriaRole.Button, new() { Name = "筛选" }).ClickAsync();
        await Assertions.Expect(reader.Page.Locator("tbody tr")).ToHaveCountAsync(rows.Count);
        await Assertions.Expect(reader.Page.Locator("tbody tr").First).ToContainTextAsync(rule);
        await reader.Page.GetByLabel("单位名称或代码").FillAsync("320404004202");
        await reader.Page.GetByRole(AriaRole.Button, new() { Name = "筛选" }).ClickAsync();
        await Assertions.Expect(reader.Page.Locator(".notice.empty")).ToHaveTextAsync("没有符合条件的报送。");
    }

    [Fact]
    public async Task Is_of_the_unit_chosen_above_and_those_below_it_and_so_is_its_export()
    {
        const string village = "320404004203";
        var rows = (await site.GetJsonAsync($"/api/submissions?within={village}&limit=50")).AsArray();
        Assert.Contains(rows, row => (string?)row!["unit"] != village);
        await using var reader = await site.OpenAsync("/submissions?unit=320404004000&of=320404004202&verdict=accepted");
        await Assertions.Expect(reader.Page.Locator("tbody tr").First).ToContainTextAsync("马家村");
        await reader.Page.GetByLabel("单位", new() { Exact = true }).SelectOptionAsync(village);
        await Assertions.Expect(reader.Page.GetByPlaceholder("张家村及下属单位")).ToBeEmptyAsync();
        await Assertions.Expect(reader.Page.GetByText("马家村", new() { Exact = true }).And(reader.Page.Locator("td"))).ToHaveCountAsync(0);
        await reader.Page.GetByRole(AriaRole.Link, new() { Name = "清除" }).ClickAsync();
        await Assertions.Expect(reader.Page.GetByRole(AriaRole.Link, new() { NameString = "导出 CSV" }))
            .ToHaveAttributeAsync("href", new Regex($@"\?within={village}$"));
        await Assertions.Expect(reader.Page.Locator($"[data-sequence='{rows[^1]!["sequence"]}']")).ToBeVisibleAsync();
        Assert.Equal(rows.Select(row => $"#{row!["sequence"]}"), await reader.Page.Locator("tbody th").AllInnerTextsAsync());
    }

    [Fact]
    public async Task Is_narrowed_by_unit_month_and_sender_at_once_and_goes_back_with_the_reader()
    {
        const string of = "unit=320404004203&period=2022-03";
        var rows = (await site.GetJsonAsync($"/api/submissions?{of}&limit=50")).AsArray();
        var sender = (string)rows[0]!["sender"]!;
        await using var reader = await site.OpenAsync("/submissions?of=320404004203");
        await Assertions.Expect(reader.Page.GetByLabel("单位名称或代码")).ToHaveValueAsync("张家村");
        await reader.Page.GetByLabel("报告期").SelectOptionAsync("2022-03");
        await reader.Page.GetByLabel("报送人").FillAsync(sender);
        await reader.Page.GetByRole(AriaRole.Button, new() { Name = "筛选" }).ClickAsync();
        await Assertions.Expect(reader.Page.Locator("tbody tr")).ToHaveCountAsync(rows.Count);
        Assert.Contains("&of=320404004203&month=2022-03&sender=", reader.Page.Url, StringComparison.Ordinal);
        await reader.Page.GetByLabel("报送人").FillAsync("无此人");
        await reader.Page.GetByRole(AriaRole.Button, new() { Name = "筛选" }).ClickAsync();
        await Assertions.Expect(reader.Page.Locator(".notice.empty")).ToHaveTextAsync("没有符合条件的报送。");
        await reader.Page.GoBackAsync();
        await Assertions.Expect(reader.Page.GetByLabel("报送人")).ToHaveValueAsync(sender);
        await Assertions.Expect(reader.Page.Locator("tbody tr")).ToHaveCountAsync(rows.Count);
        await reader.Page.GetByLabel("单位名称或代码").FillAsync("样例企业");
        await reader.Page.GetByRole(AriaRole.Button, new() { Name = "筛选" }).ClickAsync();
        await Assertions.Expect(reader.Page.Locator("#of-none")).ToContainTextAsync("或不止一个");
    }

    [Fact]
    public async Task Says_of_a_correction_what_stood_before_and_folds_its_hashes_away()
    {
        const string unit = "320404004004";
        var stood = (decimal)(await site.GetJsonAsync($"/api/form?unit={unit}&period=2022-12"))["entries"]!.AsArray()
            .Single(each => (string?)each!["indicator"] == "VEHICLES_CHECKED")!["now"]!["value"]!;
        var receipt = await site.SubmitAsync(
            TestSubmissions.NewSubmission(unit, "2022-12", TestSubmissions.Value("VEHICLES_CHECKED", stood + 2, "辆"))
                .Set("revision", 70).Set("submittedAt", "2023-01-12T10:00:00+08:00"));
        await using var reader = await site.OpenAsync($"/submissions/{receipt["sequence"]}", 360, 740);
        await Assertions.Expect(reader.Page.Locator("[data-outcome]")).ToContainTextAsync("已接收");
        await Assertions.Expect(reader.Page.Locator(".sub-figures tbody tr"))
            .ToContainTextAsync(new System.Text.RegularExpressions.Regex($@"本月\s+{stood:#,0}\s+→ {stood + 2:#,0}\s+辆"));
        var hash = reader.Page.GetByText((string)receipt["leafHash"]!);
        await Assertions.Expect(hash).ToBeHiddenAsync();
        await reader.Page.GetByText("原文、编号和散列").ClickAsync();
        await Assertions.Expect(hash).ToBeVisibleAsync();
        await reader.AssertAccessibleAsync();

        // The office reads the same on its own page, newest first.
        await reader.NavigateAsync($"/my?unit={unit}&period=2022-12");
        await Assertions.Expect(reader.Page.Locator($"[data-last='{receipt["sequence"]}']")).ToContainTextAsync("已接收，待审");
        await Assertions.Expect(reader.Page.Locator(".sub-figures tbody tr")).ToContainTextAsync($"→ {stood + 2:#,0}");
        await Assertions.Expect(reader.Page.GetByText("本月已报过。")).ToBeVisibleAsync();
        await Assertions.Expect(reader.Page.GetByText("下面是现在的数")).ToHaveCountAsync(0);
        await reader.NavigateAsync($"/my?unit={unit}&period=2022-07");
        await Assertions.Expect(reader.Page.Locator("[data-deadline]")).ToHaveTextAsync("已重开，至再次关账");
        await site.SubmitAsync(TestSubmissions.NewSubmission(unit, "2022-12", TestSubmissions.Value("VEHICLES_CHECKED", stood, "辆"))
            .Set("revision", 71).Set("submittedAt", "2023-01-12T10:01:00+08:00"));
    }

    [Fact]
    public async Task Says_after_a_return_what_the_returned_report_had()
    {
        const string unit = "320404004004";
        var entry = (await site.GetJsonAsync($"/api/form?unit={unit}&period=2022-12"))["entries"]!.AsArray()
            .Single(each => (string?)each!["indicator"] == "DUST_CONTROL_RATE")!["now"]!;
        var (part, whole) = ((decimal)entry["numerator"]!, (decimal)entry["denominator"]!);
        var sent = await SubmitRateAsync(part - 3, 80);
        await using var reader = await site.OpenAsync($"/my?unit={unit}&period=2022-12");
        var rows = reader.Page.Locator(".sub-figures tbody tr");
        await Assertions.Expect(rows.Nth(1)).ToContainTextAsync(Arrow("分子", $"{part:#,0}", part - 3));

        // A rate's per cent has no notice of its own.
        await Assertions.Expect(rows.First).ToContainTextAsync(Arrow("本月", $"{part * 100 / whole:0.#}", Percent(part - 3)));

        await site.PostJsonAsync($"/api/submissions/{sent["sequence"]}/review", $$"""
            { "unit": "{{unit}}", "period": "2022-12", "decision": "return", "reason": "接种人数与台账不符", "messageId": "{{Guid.NewGuid()}}" }
            """);
        var corrected = await SubmitRateAsync(part, 81);
        await Assertions.Expect(reader.Page.Locator($"[data-last='{corrected["sequence"]}']")).ToBeVisibleAsync();
        await Assertions.Expect(rows.Nth(1)).ToContainTextAsync(Arrow("分子", $"{part - 3:#,0}（审核退回）", part));
        await Assertions.Expect(rows.First).ToContainTextAsync(Arrow("本月", $"{Percent(part - 3):0.#}（审核退回）", Percent(part)));
        await Assertions.Expect(reader.Page.Locator(".life li", new() { HasText = $"#{sent["sequence"]} " })).ToContainTextAsync("审核退回");
        await reader.NavigateAsync($"/submissions/{corrected["sequence"]}");
        await Assertions.Expect(reader.Page.Locator(".findings li", new() { HasText = "F602" }))
            .ToContainTextAsync($"分子 {part - 3:0.#}（审核退回） → ");

        decimal Percent(decimal numerator) => Math.Round(numerator * 100 / whole, 1, MidpointRounding.AwayFromZero);

        static System.Text.RegularExpressions.Regex Arrow(string what, string old, decimal now) =>
            new($@"{what}\s+{System.Text.RegularExpressions.Regex.Escape(old)}\s+→ {now:#,0.#}");

        Task<System.Text.Json.Nodes.JsonObject> SubmitRateAsync(decimal numerator, int revision)
        {
            var value = TestSubmissions.Value("DUST_CONTROL_RATE", Percent(numerator), "%")
                .Set("numerator", numerator).Set("denominator", whole);
            return site.SubmitAsync(TestSubmissions.NewSubmission(unit, "2022-12", value)
                .Set("revision", revision).Set("submittedAt", "2023-01-12T10:00:00+08:00"));
        }
    }

    [Theory]
    [InlineData("/submissions?of=%3Cscript%3Ealert(1)%3C/script%3E")]
    [InlineData("/submissions?rule=%27%3B--")]
    [InlineData("/submissions/999999999")]
    [InlineData("/?unit=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E&period=2022-99")]
    [InlineData("/why?indicator=%22%3E%3Cscript%3Ealert(1)%3C/script%3E")]
    public async Task Takes_nothing_out_of_an_address_but_text(string path)
    {
        await using var reader = await site.OpenAsync(path);
        await Assertions.Expect(reader.Page.Locator("h1")).ToBeVisibleAsync();
        await reader.AssertAccessibleAsync();
    }

    /// <summary>A page of the browser's own: it would show a dialog, or load a picture, and the reader would complain.</summary>
    [Fact]
    public async Task Shows_what_people_wrote_as_text()
    {
        const string script = "</pre><script>alert('x')</script><img src=x onerror=alert('y')>";
        var sheet = TestSubmissions.NewSubmission("320404004203", "2031-02", TestSubmissions.Value("ENTERPRISE_VISITS", 1, "家"))
            .Set("note", script).Set("submittedBy", script);
        var receipt = await site.SubmitAsync(sheet);
        await using var reader = await site.OpenAsync($"/submissions/{receipt["sequence"]}");
        await Assertions.Expect(reader.Page.Locator(".body")).ToContainTextAsync("<script>alert('x')</script>");
        await reader.AssertAccessibleAsync();
    }
}
