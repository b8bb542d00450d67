using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace XilinIngest.Dashboard.Tests.Enter;

/// <summary>Zhangjia village corrects its visits of December, in a browser; what it found there is put back at the end.</summary>
[Collection("site")]
public sealed partial class A_month_that_is_entered(DashboardSite site)
{
    private const string Unit = "320404004203";
    private const string Of = $"unit={Unit}&period=2022-12";
    private const string Script = "<script>alert('x')</script><img src=x onerror=alert('y')> 补报上月漏报的一家";

    [Fact]
    public async Task Is_checked_as_one_types_explained_sent_and_seen_in_the_overview()
    {
        var before = await EntryAsync();
        await using var watcher = await site.OpenAsync($"/?{Of}");
        await using var reader = await site.OpenAsync($"/enter?{Of}");
        var line = reader.Page.Locator("[data-entry=ENTERPRISE_VISITS]");
        var visits = Box(reader, "走访企业 家 本月");
        await Assertions.Expect(visits).ToHaveValueAsync(Text(before["now"]!["value"]!));
        await Assertions.Expect(line.Locator("[data-figure=lastMonth]"))
            .ToContainTextAsync($"上月 {Text(before["lastMonth"]!["value"]!)}");
        await Assertions.Expect(line.Locator("[data-figure=lastYear]"))
            .ToContainTextAsync($"上年同月 {Text(before["lastYear"]!["value"]!)}");
        await Assertions.Expect(reader.Page.Locator(".ent-revision")).ToContainTextAsync("修订号是 2");

        var months = (await site.GetJsonAsync($"/api/series?unit={Unit}&indicator=ENTERPRISE_VISITS&year=2022")).AsArray()
            .Select(month => (decimal)month!["month"]!).ToList();
        var total = months.Sum() + 9;
        await visits.FillAsync(Text(months[11] + 3));
        await line.GetByRole(AriaRole.Button, new() { Name = "口径" }).ClickAsync();
        await Assertions.Expect(line.Locator("[data-fact=what]")).ToBeVisibleAsync();
        await Assertions.Expect(line.Locator(".ent-guide")).ToContainTextAsync("填本月发生数，不是累计数，计量单位为家");
        await Box(reader, "走访企业 家 1—本月累计").FillAsync(Text(total));
        await Box(reader, "走访企业 家 备注").FillAsync(Script);
        var question = line.Locator("[data-rule=R06]");
        await Assertions.Expect(question).ToContainTextAsync("R06 · 待说明");
        await Assertions.Expect(question).ToContainTextAsync($"各月之和 {Text(total - 6)}");
        await Assertions.Expect(State(reader)).ToHaveAttributeAsync("data-state", "questions");

        // Pressed too early it goes to what is missing.
        await Send(reader).ClickAsync();
        var explanation = question.GetByLabel("说明原因");
        await Assertions.Expect(explanation).ToBeFocusedAsync();
        await explanation.FillAsync("核实无误");
        await Assertions.Expect(question).ToContainTextAsync("还没有说明原因");
        await explanation.FillAsync(Script);
        await Assertions.Expect(State(reader)).ToHaveTextAsync("核对通过，可以报送 1 项。");
        await reader.AssertAccessibleAsync();

        await Send(reader).ClickAsync();
        var receipt = reader.Page.Locator(".ent-receipt");
        await Assertions.Expect(receipt.Locator(".verdict")).ToHaveTextAsync("已接收");
        var sequence =
            long.Parse((await receipt.Locator("a").First.InnerTextAsync())[1..], System.Globalization.CultureInfo.InvariantCulture);
        var row = await site.GetJsonAsync($"/api/submissions/{sequence}");
        await Assertions.Expect(receipt).ToContainTextAsync((string)row["receipt"]!["leafHash"]!);
        await Assertions.Expect(receipt).ToContainTextAsync((string)row["receipt"]!["submissionId"]!);
        await Assertions.Expect(receipt.Locator("[data-proof] svg")).ToBeVisibleAsync();
        await Assertions.Expect(watcher.Page.Locator("[data-indicator=ENTERPRISE_VISITS] .number")).ToHaveTextAsync($"{Text(total)}家");
        await reader.AssertAccessibleAsync();

        await receipt.Locator("a").First.ClickAsync();
        await Assertions.Expect(reader.Page.Locator(".body")).ToContainTextAsync($"\"text\": \"{Script}\"");
        await Assertions.Expect(reader.Page.Locator(".body")).ToContainTextAsync($"\"note\": \"{Script}\"");
        reader.AssertNoBrowserErrors();
        await PutBackAsync(months[11]);
    }

    [Fact]
    public async Task Is_kept_back_while_something_is_wrong()
    {
        await using var reader = await site.OpenAsync("/enter?unit=91320404MA0000001L&period=2022-12", 360, 740, english: true);
        var rows = await RowsAsync("91320404MA0000001L");
        var investment = Box(reader, "Fixed-asset investment 10,000 yuan Month");
        var line = reader.Page.Locator("[data-entry=FIXED_ASSET_INVESTMENT]");
        foreach (var (typed, found) in new[] { ("1,234", "thousands separator or a decimal point"), ("1.2亿", "has a unit of measure in it"),
            ("-5", "cannot be negative"), ("0.5", "is larger than fixed-asset investment") })
        {
            await investment.FillAsync(typed);
            await Assertions.Expect(line.Locator(".findings .error").First).ToContainTextAsync(found, new() { IgnoreCase = true });
            await Assertions.Expect(State(reader)).ToHaveAttributeAsync("data-state", "faults");
            await Assertions.Expect(investment).ToHaveAttributeAsync("aria-invalid", "true");
        }

        await reader.AssertAccessibleAsync();
        await Send(reader).ClickAsync();
        await Assertions.Expect(investment).ToBeFocusedAsync();

        // Enter moves on. Full-width digits are digits, and what stands already is nothing to be sent.
        await investment.PressAsync("Enter");
        await Assertions.Expect(Box(reader, "Fixed-asset investment 10,000 yuan Last year to date")).ToBeFocusedAsync();
        var stands = (await site.GetJsonAsync("/api/form?unit=91320404MA0000001L&period=2022-12"))["entries"]![0]!["now"]!["value"]!;
        await investment.FillAsync(FullWidth(Text(stands)));
        await Assertions.Expect(State(reader)).ToHaveTextAsync("Nothing is changed.");
        await Send(reader).ClickAsync();
        await investment.FillAsync("");
        await Assertions.Expect(line.Locator(".error")).ToContainTextAsync("a figure is both given and withdrawn");
        Assert.Equal(rows, await RowsAsync("91320404MA0000001L"));
    }

    [Fact]
    public async Task Is_one_submission_however_often_the_button_is_pressed()
    {
        await using var reader = await site.OpenAsync("/enter?unit=320404004202&period=2022-12");
        var before = (await site.GetJsonAsync("/api/form?unit=320404004202&period=2022-12"))["entries"]!.AsArray()
            .Single(each => (string?)each!["indicator"] == "VEHICLES_CHECKED")!["now"]!["value"]!;
        var rows = await RowsAsync("320404004202");
        await Box(reader, "摸排外地来常车辆 辆 本月").FillAsync(Text((decimal)before + 1));
        await Assertions.Expect(State(reader)).ToHaveAttributeAsync("data-state", "ready");
        await Send(reader).ClickAsync(new() { ClickCount = 3 });
        await Assertions.Expect(reader.Page.Locator(".ent-receipt .verdict")).ToHaveTextAsync("已接收");
        Assert.Equal(rows + 1, await RowsAsync("320404004202"));

        // The form goes on from there: what was sent stands now.
        await reader.Page.GetByRole(AriaRole.Button, new() { Name = "继续填报" }).ClickAsync();
        await Assertions.Expect(reader.Page.Locator(".ent-revision")).ToContainTextAsync("修订号是 3");
        await Box(reader, "摸排外地来常车辆 辆 本月").FillAsync(Text(before));
        await Assertions.Expect(State(reader)).ToHaveAttributeAsync("data-state", "ready");
        await Send(reader).ClickAsync();
        await Assertions.Expect(reader.Page.Locator(".ent-receipt")).ToContainTextAsync(Text(before));
        Assert.Equal(rows + 2, await RowsAsync("320404004202"));
    }

    /// <summary>Zhangjia's clerk types while another one sends.</summary>
    [Fact]
    public async Task Says_that_someone_else_has_changed_what_is_being_changed()
    {
        const string of = "VEHICLES_CHECKED";
        await using var reader = await site.OpenAsync($"/enter?{Of}");
        var line = reader.Page.Locator($"[data-entry={of}]");
        var box = Box(reader, "摸排外地来常车辆 辆 本月");
        var stood = await box.InputValueAsync();
        await box.FillAsync(stood + "1");
        await Assertions.Expect(State(reader)).ToHaveAttributeAsync("data-state", "ready");

        // Enter goes to what can be seen, not to what is folded away.
        await box.PressAsync("Enter");
        await Assertions.Expect(box).Not.ToBeFocusedAsync();
        await Assertions.Expect(reader.Page.Locator(".ent-form :focus")).ToBeVisibleAsync();
        var other = decimal.Parse(stood, System.Globalization.CultureInfo.InvariantCulture) + 2;
        var receipt =
            await site.SubmitAsync(
                TestSubmissions.NewSubmission(Unit, "2022-12", TestSubmissions.Value(of, other, "辆"))
                .Set("revision", 40).Set("submittedAt", "2023-01-12T10:00:00+08:00"));
        Assert.True((string?)receipt["verdict"] == "accepted", receipt.ToJsonString());
        await Assertions.Expect(line.Locator(".ent-overtaken")).ToContainTextAsync($"第 {receipt["sequence"]} 号报送刚把它改为 {Text(other)}");
        await Assertions.Expect(box).ToHaveValueAsync(stood + "1");
        await box.FillAsync(Text(other));
        await Assertions.Expect(line.Locator(".ent-overtaken")).ToHaveCountAsync(0);
        await reader.AssertAccessibleAsync();
        await site.SubmitAsync(
            TestSubmissions.NewSubmission(Unit, "2022-12",
                TestSubmissions.Value(of, decimal.Parse(stood, System.Globalization.CultureInfo.InvariantCulture), "辆"))
                .Set("revision", 41).Set("submittedAt", "2023-01-12T10:01:00+08:00"));
    }

    [Fact]
    public async Task Is_not_another_units_where_the_address_names_none_that_there_is()
    {
        await using var reader = await site.OpenAsync("/enter?unit=999&period=2022-12");
        await Assertions.Expect(reader.Page.Locator(".notice.error")).ToContainTextAsync("没有单位 999");
        await Assertions.Expect(reader.Page.Locator(".ent-form")).ToHaveCountAsync(0);
        await reader.AssertAccessibleAsync();
    }

    [Fact]
    public async Task Is_found_by_a_part_of_a_name_and_is_the_one_that_is_due()
    {
        await using var reader = await site.OpenAsync("/enter");
        await Assertions.Expect(reader.Page.Locator("h1")).ToContainTextAsync("2022年12月");
        var unit = reader.Page.GetByLabel("单位", new() { Exact = true });
        await unit.FillAsync("样例企业00");
        await unit.PressAsync("Enter");
        await Assertions.Expect(reader.Page.Locator("#ent-none")).ToContainTextAsync("有 9 个");
        await unit.FillAsync("企业007");
        await unit.PressAsync("Enter");
        await Assertions.Expect(reader.Page.Locator("h1")).ToContainTextAsync("西林样例企业007");
        await Assertions.Expect(reader.Page.Locator(".ent-line")).ToHaveCountAsync(3);
        Assert.EndsWith("/enter?unit=91320404MA00000077&period=2022-12", reader.Page.Url, StringComparison.Ordinal);
        await reader.Page.GotoAsync("/enter?unit=91320404MA00000077&period=2022-06");
        await Assertions.Expect(reader.Page.Locator(".notice").First).ToContainTextAsync("更正须写明理由");
        await Assertions.Expect(reader.Page.GetByLabel("更正理由")).ToBeVisibleAsync();
    }

    private static ILocator Box(BrowserPage reader, string name) =>
        reader.Page.GetByRole(AriaRole.Textbox, new() { Name = name, Exact = true });

    private static ILocator State(BrowserPage reader) => reader.Page.Locator(".ent-state");

    private static ILocator Send(BrowserPage reader) => reader.Page.Locator(".ent-send");

    private async Task<JsonNode> EntryAsync() =>
        (await site.GetJsonAsync($"/api/form?{Of}"))["entries"]!.AsArray()
        .Single(each => (string?)each!["indicator"] == "ENTERPRISE_VISITS")!;

    private async Task<int> RowsAsync(string unit) =>
        (await site.GetJsonAsync($"/api/submissions?unit={unit}&period=2022-12&limit=500")).AsArray().Count;

    private async Task PutBackAsync(decimal visits)
    {
        var sheet = TestSubmissions.NewSubmission(Unit, "2022-12",
            TestSubmissions.Value("ENTERPRISE_VISITS", visits, "家").Set("withdraw", new JsonArray("yearToDate")))
            .Set("revision", 3).Set("submittedAt", "2023-01-09T00:00:00+08:00");
        var receipt = await site.SubmitAsync(sheet);
        Assert.True((string?)receipt["verdict"] == "accepted", receipt.ToJsonString());
    }

    private static string Text(JsonNode number) => Text((decimal)number);

    private static string Text(decimal number) => number.ToString("0.######", System.Globalization.CultureInfo.InvariantCulture);

    private static string FullWidth(string text) => Digit().Replace(text, digit => ((char)(digit.Value[0] + 0xFEE0)).ToString());

    [GeneratedRegex("[0-9.]")]
    private static partial Regex Digit();
}
