using System.Text.Json.Nodes;

namespace XilinIngest.Dashboard.Tests.Rankings;

[Collection("site")]
public sealed class The_history_of_a_ranking(DashboardSite site)
{
    private const string Rate = "SENIOR_VACCINATION_RATE";
    private const string Vaccination = "/rankings?unit=320404004000&period=2022-12&indicator=" + Rate;

    // Where a unit's name stands beside the bars, and where all of them do, frame by frame.
    private const string Watch = """
        window.tops = [];
        const look = () => {
            const names = [...document.querySelectorAll('.chart.bars text')].filter(text => /[村区]$/.test(text.textContent));
            const top = text => text.getBoundingClientRect().top;
            window.tops.push([top(names.find(text => text.textContent === '凌家塘社区')), names.map(top)]);
            requestAnimationFrame(look);
        };
        look();
        """;

    /// <summary>The last of seven becomes the first, which becomes a version beside the one before; then all is withdrawn.</summary>
    [Fact]
    public async Task Puts_what_was_said_beside_what_is_said_now_and_names_the_submission()
    {
        // How many versions the sample years make depends on how fast they come in.
        var before = (int)(await site.GetJsonAsync($"/api/rankings?parent=320404004000&indicator={Rate}&period=2022-12"))["version"]!;
        await using var reader = await site.OpenAsync(Vaccination);
        await Assertions.Expect(reader.Page.Locator("[data-version]")).ToHaveCountAsync(before);

        await using var bars = await site.OpenAsync($"/indicator?unit=320404004000&period=2022-12&indicator={Rate}", moving: true);
        await Assertions.Expect(bars.Page.Locator(".chart.bars text").GetByText("凌家塘社区")).ToBeVisibleAsync();
        await bars.Page.EvaluateAsync(Watch);

        var sequence = await SubmitAsync("320404004002", 99.9m);
        var moved = reader.Page.Locator(".ind-versions [data-unit='320404004002']");
        await Assertions.Expect(moved.Locator("[data-column=movement]")).ToHaveTextAsync("↑ 上升 6");
        Assert.Equal(["7", "96.0%", "1", "99.9%"], await moved.Locator("td.number").AllTextContentsAsync());
        await Assertions.Expect(reader.Page.Locator(".ind-versions [data-unit='320404004004'] [data-column=movement]"))
            .ToHaveTextAsync("↓ 下降 1");
        var newest = reader.Page.Locator($"[data-version='{before + 1}']");
        await Assertions.Expect(newest).ToContainTextAsync("凌家塘社区：第 7 → 第 1 名，96.0% → 99.9%");
        await Assertions.Expect(newest.Locator($"a[href='/submissions/{sequence}']")).ToBeVisibleAsync();
        await AgreesAsync(reader, before, "then");
        await AgreesAsync(reader, before + 1, "now");
        await reader.AssertAccessibleAsync();

        // Its bar has passed the six others on the way up, and is above them.
        await bars.Page.WaitForFunctionAsync("window.tops.at(-1)[0] === Math.min(...window.tops.at(-1)[1])");
        Assert.True(await bars.Page.EvaluateAsync<int>("new Set(window.tops.map(([top]) => Math.round(top))).size") > 2);

        await using var phone = await site.OpenAsync($"{Vaccination}&version={before}", 360, 740, english: true);
        await Assertions.Expect(phone.Page.Locator(".ind-versions [data-unit='320404004002'] [data-column=movement]"))
            .ToHaveTextAsync("↑ up 6");
        await phone.AssertAccessibleAsync();

        foreach (var unit in new[] { "320404004001", "320404004002", "320404004003", "320404004004", "320404004201", "320404004202",
            "320404004203" })
        {
            await SubmitAsync(unit, null);
        }

        await Assertions.Expect(reader.Page.Locator("section[aria-labelledby=then-now] .notice").First).ToContainTextAsync("排名已撤销：数据已全部撤回");
        await reader.NavigateAsync($"{Vaccination}&version={before + 1}");
        await Assertions.Expect(moved.Locator("[data-column=movement]")).ToHaveTextAsync("○ 不再有名次");
        await reader.AssertAccessibleAsync();
    }

    [Fact]
    public async Task Begins_with_the_current_version()
    {
        await using var reader = await site.OpenAsync("/rankings?unit=320404000000&period=2022-12&indicator=RETAIL_SALES", 360, 740);
        await Assertions.Expect(reader.Page.Locator(".ind-versions [data-unit='320404004000']")).ToContainTextAsync("+1.5%");
        await Assertions.Expect(reader.Page.Locator("[data-version='1']")).ToContainTextAsync("首次发布");
        await reader.AssertAccessibleAsync();
    }

    [Fact]
    public async Task Offers_the_parents_where_nothing_is_ranked()
    {
        await using var reader = await site.OpenAsync("/rankings?unit=320404004201&period=2022-12&indicator=RETAIL_SALES");
        await Assertions.Expect(reader.Page.Locator(".notice.empty")).ToContainTextAsync("企业不排名");
        await reader.Page.GetByText("查看西林街道各村（社区）排名").ClickAsync();
        await Assertions.Expect(reader.Page.Locator("[data-unit='320404004201']")).ToBeVisibleAsync();
        await reader.NavigateAsync("/rankings?unit=320404004000&period=2022-12&indicator=ENTERPRISE_VISITS");
        await Assertions.Expect(reader.Page.Locator(".notice.empty")).ToContainTextAsync("目录不对这个指标排名");
        await reader.AssertAccessibleAsync();
    }

    private async Task AgreesAsync(BrowserPage reader, int version, string side)
    {
        var said = await site.GetJsonAsync($"/api/rankings?parent=320404004000&indicator={Rate}&period=2022-12&version={version}");
        foreach (var unit in said["units"]!.AsArray())
        {
            await Assertions.Expect(reader.Page.Locator($".ind-versions [data-unit='{unit!["unit"]}'] [data-column=rank-{side}]"))
                .ToHaveTextAsync(unit["rank"]!.ToJsonString());
        }
    }

    private async Task<long> SubmitAsync(string unit, decimal? rate)
    {
        var value = TestSubmissions.Value(Rate, rate, "%");
        if (rate is { } percent)
        {
            value.Set("numerator", percent * 10).Set("denominator", 1_000);
        }

        JsonObject receipt =
            await site.SubmitAsync(
                TestSubmissions.NewSubmission(unit, "2022-12", value)
                .Set("revision", rate is null ? 3 : 2).Set("submittedAt", "2023-01-12T10:00:00+08:00"));
        Assert.True((string?)receipt["verdict"] == "accepted", receipt.ToJsonString());
        return (long)receipt["sequence"]!;
    }
}
