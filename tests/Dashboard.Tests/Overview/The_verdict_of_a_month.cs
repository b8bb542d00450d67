namespace XilinIngest.Dashboard.Tests.Overview;

[Collection("site")]
public sealed class The_verdict_of_a_month(DashboardSite site)
{
    private const string September = "/?unit=320404004000&period=2022-09";

    [Fact]
    public async Task Says_first_how_many_targets_are_met_and_what_is_worst()
    {
        await using var reader = await site.OpenAsync(September);
        await Assertions.Expect(reader.Page.Locator(".verdict-line"))
            .ToHaveTextAsync("11项考核指标：8绿3黄；一般公共预算收入下降8.4%，低于目标13.4个百分点，连续6个月。");
        await Assertions.Expect(reader.Page.Locator("[data-behind]")).ToHaveCountAsync(3);
    }

    [Fact]
    public async Task Names_who_pulls_an_indicator_down_and_leads_there()
    {
        await using var reader = await site.OpenAsync(September);
        var retail = reader.Page.Locator("[data-behind=RETAIL_SALES]");
        await Assertions.Expect(retail).ToContainTextAsync("凌家塘社区 −8.2");
        await retail.GetByRole(AriaRole.Link, new() { Name = "凌家塘社区" }).ClickAsync();
        await Assertions.Expect(reader.Page.Locator("h1")).ToContainTextAsync("凌家塘社区");
        Assert.Contains("/indicator?unit=320404004002&period=2022-09&indicator=RETAIL_SALES", reader.Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Has_someone_to_call_in_one_touch()
    {
        await using var reader = await site.OpenAsync(September);
        await Assertions.Expect(reader.Page.Locator("[data-behind=RETAIL_SALES] a[href^='tel:']")).ToHaveTextAsync("0519-55500025");
    }

    [Theory]
    [InlineData(360, 740)]
    [InlineData(390, 844)]
    public async Task Stands_with_what_is_behind_on_the_first_screen_of_a_phone(int width, int height)
    {
        await using var reader = await site.OpenAsync(September, width, height, english: false);
        await Assertions.Expect(reader.Page.Locator("[data-behind]")).ToHaveCountAsync(3);
        var box = await reader.Page.Locator("[data-behind]").Last.BoundingBoxAsync();
        Assert.InRange(box!.Y + box.Height, 1, height);
    }

    [Fact]
    public async Task Is_said_in_English()
    {
        await using var reader = await site.OpenAsync(September, 1280, 900, english: true);
        await Assertions.Expect(reader.Page.Locator(".verdict-line")).ToHaveTextAsync(
            "11 judged indicators: 8 green, 3 amber. General public budget revenue −8.4%, below the target by 13.4 pp, for 6 months.");
    }

    [Fact]
    public async Task Says_that_no_target_is_set()
    {
        await using var district = await site.OpenAsync("/?unit=320404000000&period=2022-12");
        await Assertions.Expect(district.Page.Locator(".verdict-line")).ToHaveTextAsync("没有为这个单位设考核目标。");
    }
}
