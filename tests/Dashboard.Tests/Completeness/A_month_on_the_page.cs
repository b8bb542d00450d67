namespace XilinIngest.Dashboard.Tests.Completeness;

/// <summary>The years of the sample are locked by now.</summary>
[Collection("site")]
public sealed class A_month_on_the_page(DashboardSite site)
{
    private const string Address = "/completeness?unit=320404004000&period=2021-02";

    [Fact]
    public async Task Is_reopened_with_a_reason_and_closed_again()
    {
        await using var reader = await site.OpenAsync(Address);
        var state = reader.Page.Locator(".month-state");
        await Assertions.Expect(state).ToHaveAttributeAsync("data-state", "locked");
        await Assertions.Expect(state).ToContainTextAsync("个单位");

        await state.GetByRole(AriaRole.Button, new() { Name = "重开" }).ClickAsync();
        await Assertions.Expect(state.GetByText("F706")).ToBeVisibleAsync();
        await Assertions.Expect(state).ToHaveAttributeAsync("data-state", "locked");

        await state.GetByLabel("理由").FillAsync("补报漏报的两份报表");
        await state.GetByLabel("重开至").FillAsync("2099-03-01");
        await state.GetByRole(AriaRole.Button, new() { Name = "重开" }).ClickAsync();
        await Assertions.Expect(state).ToHaveAttributeAsync("data-state", "reopened");
        await Assertions.Expect(state.Locator("li").Last).ToContainTextAsync("重开（未登录用户），至 2099-03-02 00:00:00：补报漏报的两份报表");
        await reader.AssertAccessibleAsync();

        await state.GetByLabel("理由").FillAsync("补报完毕，按期关账");
        await state.GetByRole(AriaRole.Button, new() { Name = "关账" }).ClickAsync();
        await Assertions.Expect(state).ToHaveAttributeAsync("data-state", "closed");
        await Assertions.Expect(state.Locator("li").Last).ToContainTextAsync("关账（未登录用户）：补报完毕，按期关账");

        var history = (await site.GetJsonAsync("/api/months?year=2021"))[1]!["history"]!.AsArray();
        Assert.Equal(DateTimeOffset.Parse("2099-03-02T00:00:00+08:00", System.Globalization.CultureInfo.InvariantCulture),
            (DateTimeOffset)history[0]!["until"]!);
        Assert.Equal(["reopened", "closed"], history.Select(change => (string?)change!["transition"]));
    }

    [Fact]
    public async Task Is_told_in_English()
    {
        await using var reader = await site.OpenAsync("/completeness?unit=320404004000&period=2021-04", english: true);
        await Assertions.Expect(reader.Page.Locator(".month-state")).ToContainTextAsync("locked on 2022-06-30");
        await reader.AssertAccessibleAsync();
    }
}
