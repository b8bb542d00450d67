namespace XilinIngest.Dashboard.Tests.Releases;

/// <summary>The years of the sample are locked by now, so each of their months has a release.</summary>
[Collection("site")]
public sealed class A_month_that_was_released(DashboardSite site)
{
    private const string Address = "/releases?unit=320404004000&period=2021-03";

    [Fact]
    public async Task Is_shown_beside_what_has_changed_since_and_taken_along()
    {
        const string Ranking = "/api/rankings?parent=320404004000&indicator=TRADE_CATERING_SALES&period=2021-03";
        var ranking = (await site.GetJsonAsync(Ranking)).ToJsonString();
        await using var reader = await site.OpenAsync(Address);
        await Assertions.Expect(reader.Page.Locator("[data-release='1']")).ToContainTextAsync("第 1 次发布");
        await Assertions.Expect(reader.Page.GetByText("数据没有变化")).ToBeVisibleAsync();

        await site.PostJsonAsync(
            "/api/months/2021-03/reopen", """{"messageId":"7d1d5b0e-0001-4000-8000-000000000001","reason":"核实后更正走访数"}""");
        await site.PostJsonAsync("/api/submissions",
            """
            {"submissionId":"7d1d5b0e-0002-4000-8000-000000000002","unit":"320404004201","period":"2021-03","revision":9,
             "submittedAt":"2022-08-01T09:00:00+08:00","correction":{"reason":"核实后更正走访数"},
             "values":[{"indicator":"ENTERPRISE_VISITS","value":77,"unit":"家"}]}
            """);
        var changed = reader.Page.Locator("tr[data-unit='320404004000'][data-indicator='ENTERPRISE_VISITS']");
        await Assertions.Expect(changed).ToBeVisibleAsync();
        await Assertions.Expect(changed.Locator("td").Nth(3)).ToContainTextAsync("家");

        // The reopening made it provisional, and the correction changed it.
        await Assertions.Expect(changed.Locator("a")).ToHaveCountAsync(2);
        Assert.NotEqual(ranking, (await site.GetJsonAsync(Ranking)).ToJsonString());
        Assert.Equal(ranking, (await site.GetJsonAsync($"{Ranking}&release=1")).ToJsonString());
        await reader.AssertAccessibleAsync();
        var download = await reader.Page.RunAndWaitForDownloadAsync(() => reader.Page.GetByText("导出 CSV").ClickAsync());
        Assert.Contains("ENTERPRISE_VISITS", await File.ReadAllTextAsync(await download.PathAsync()), StringComparison.Ordinal);

        await reader.Page.GetByText("报告（按此次发布）").ClickAsync();
        await Assertions.Expect(reader.Page.Locator("strong[data-release='1']")).ToBeVisibleAsync();
        await Assertions.Expect(reader.Page.Locator("h1")).ToContainTextAsync("2021年1—3月");
        await site.PostJsonAsync(
            "/api/months/2021-03/close", """{"messageId":"7d1d5b0e-0003-4000-8000-000000000003","reason":"更正完毕，按期关账"}""");
    }

    [Theory]
    [InlineData("/releases?unit=320404004000&period=2021-05&from=1")]
    [InlineData("/releases?unit=320404004000&period=2027-05")]
    public async Task Is_told_in_English_on_a_narrow_phone(string path)
    {
        await using var reader = await site.OpenAsync(path, 360, 740, english: true);
        await Assertions.Expect(reader.Page.Locator("h1")).ToContainTextAsync("Releases and revisions");
        await reader.AssertAccessibleAsync();
    }
}
