using System.Globalization;

namespace XilinIngest.Dashboard.Tests.Enter;

/// <summary>The clerk of Lingjiatang community, who works with the keyboard and with Excel.</summary>
[Collection("site")]
public sealed class A_month_without_a_mouse(DashboardSite site)
{
    private const string Unit = "320404004002";
    private const string Of = $"unit={Unit}&period=2022-12";

    [Fact]
    public async Task Is_seen_whole_filled_in_and_sent_to_its_receipt()
    {
        await using var reader = await site.OpenAsync($"/enter?{Of}", 1440, 900);
        await Assertions.Expect(reader.Page.Locator("[data-keys=on]")).ToBeAttachedAsync();
        var keys = reader.Page.Keyboard;
        var vehicles = Box(reader, "VEHICLES_CHECKED");
        await Assertions.Expect(vehicles).ToBeEnabledAsync();
        var stood = decimal.Parse(await vehicles.InputValueAsync(), CultureInfo.InvariantCulture);
        Assert.Equal("all on one screen", await reader.Page.EvaluateAsync<string>(
            """
            () => {
                const lines = [...document.querySelectorAll('.ent-line')];
                const last = lines.at(-1).getBoundingClientRect().bottom;
                return lines.length >= 22 && last <= innerHeight ? 'all on one screen' : `${lines.length} rows down to ${last}`;
            }
            """));

        await PressUntilAsync(reader, "Tab", ".ent-line input");
        await PressUntilAsync(reader, "ArrowDown", "[data-entry=VEHICLES_CHECKED] input");
        await keys.PressAsync("ArrowUp");
        await Assertions.Expect(vehicles).Not.ToBeFocusedAsync();
        await keys.PressAsync("ArrowDown");
        await Assertions.Expect(vehicles).ToBeFocusedAsync();
        await keys.TypeAsync(Text(stood + 1));
        await Assertions.Expect(reader.Page.Locator("[data-entry=VEHICLES_CHECKED]")).ToHaveAttributeAsync("data-mark", "changed");
        await Assertions.Expect(reader.Page.Locator(".ent-state")).ToHaveAttributeAsync("data-state", "ready");

        // Enter goes on to the end and passes over optional figures.
        await keys.PressAsync("Enter");
        await Assertions.Expect(Box(reader, "TRANSIT_PASSES")).ToBeFocusedAsync();
        await PressUntilAsync(reader, "Enter", ".ent-send");
        await keys.PressAsync("Enter");
        await Assertions.Expect(reader.Page.Locator("#receipt")).ToBeFocusedAsync();
        await Assertions.Expect(reader.Page.Locator(".ent-receipt .verdict")).ToHaveTextAsync("已接收");
        await reader.AssertAccessibleAsync();
        await site.SubmitAsync(TestSubmissions.NewSubmission(Unit, "2022-12", TestSubmissions.Value("VEHICLES_CHECKED", stood, "辆"))
            .Set("revision", 50).Set("submittedAt", "2023-01-12T11:00:00+08:00"));
    }

    [Fact]
    public async Task Is_pasted_from_Excel_and_kept_over_a_reload()
    {
        await using var reader = await site.OpenAsync($"/enter?{Of}", 1440, 900);
        await Assertions.Expect(reader.Page.Locator("[data-keys=on]")).ToBeAttachedAsync();
        var first = Box(reader, "SUPPLY_PACKS");
        await Assertions.Expect(first).ToBeEnabledAsync();
        await first.EvaluateAsync(
            """
            (field, text) => {
                const data = new DataTransfer();
                data.setData('text/plain', text);
                field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
            }
            """, "1,234,567\r\n１２３\r\n1.2亿\r\n\r\n90\r\n");
        var report = reader.Page.Locator("[data-paste]");
        await Assertions.Expect(report).ToContainTextAsync("已填入 3 格");
        await Assertions.Expect(report).ToContainTextAsync("1 个空白单元格");
        await Assertions.Expect(report).ToContainTextAsync("第 5 行第 1 列“90”：“60周岁以上老人新冠疫苗接种率”要分别填分子和分母");
        await Assertions.Expect(first).ToHaveValueAsync("1,234,567");
        await Assertions.Expect(reader.Page.Locator("[data-entry=TRANSIT_PASSES] .error")).ToContainTextAsync("带有计量单位");
        await Assertions.Expect(reader.Page.Locator(".ent-state")).ToHaveAttributeAsync("data-state", "faults");
        await reader.AssertAccessibleAsync();

        await reader.NavigateAsync($"/enter?{Of}");
        await Assertions.Expect(first).ToHaveValueAsync("1,234,567");
        await Assertions.Expect(Box(reader, "VEHICLES_CHECKED")).ToHaveValueAsync("１２３");
    }

    [Fact]
    public async Task Is_only_read_once_it_is_locked()
    {
        await using var reader = await site.OpenAsync($"/enter?unit={Unit}&period=2021-11", 360, 740);
        await Assertions.Expect(reader.Page.Locator("[data-locked]")).ToHaveTextAsync("本月已锁定。");
        await Assertions.Expect(reader.Page.Locator(".notice").First).ToContainTextAsync("请街道统计站重新开放本月");
        await Assertions.Expect(reader.Page.Locator(".ent-state")).ToHaveAttributeAsync("data-state", "shut");
        await Assertions.Expect(Box(reader, "VEHICLES_CHECKED")).ToBeDisabledAsync();
        await Assertions.Expect(reader.Page.Locator(".ent-send")).ToHaveCountAsync(0);
        await reader.AssertAccessibleAsync();
    }

    private static ILocator Box(BrowserPage reader, string indicator) =>
        reader.Page.Locator($"[data-entry={indicator}] input[data-keep='{indicator} value']");

    private static async Task PressUntilAsync(BrowserPage reader, string key, string selector)
    {
        for (var i = 0; i < 60; i++)
        {
            await reader.Page.Keyboard.PressAsync(key);
            if (await reader.Page.EvaluateAsync<bool>("selector => document.activeElement?.matches(selector) ?? false", selector))
            {
                return;
            }
        }

        Assert.Fail($"{key} never reaches {selector}.");
    }

    private static string Text(decimal number) => number.ToString("0.######", CultureInfo.InvariantCulture);
}
