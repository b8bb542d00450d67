using System.Text.Json.Nodes;

namespace XilinIngest.Dashboard.Tests.Rankings;

[Collection("site")]
public sealed class The_ranks_of_a_year(DashboardSite site)
{
    private const string OfTheStreet = "320404004000", Dongdai = "320404004201", Indicator = "FIXED_ASSET_INVESTMENT";

    [Fact]
    public async Task Are_lines_that_cross_and_a_table_with_the_same_ranks()
    {
        await using var reader = await site.OpenAsync($"/rankings?unit={OfTheStreet}&period=2022-12&indicator={Indicator}");
        var months = (await site.GetJsonAsync($"/api/rankings/year?parent={OfTheStreet}&indicator={Indicator}&year=2022")).AsArray();
        Assert.Equal(11, months.Count);
        await Assertions.Expect(reader.Page.Locator(".chart.ranks svg text", new() { HasText = "东岱村" })).ToBeVisibleAsync();
        await reader.Page.GetByText("各月位次表").ClickAsync();
        await Assertions.Expect(reader.Page.Locator($"tr[data-ranks='{Dongdai}'] td")).ToHaveTextAsync(
            [.. months.Select(month => RankIn(month!, Dongdai))]);
        await reader.AssertAccessibleAsync();

        var csv = await reader.Page.APIRequest.GetAsync($"/export/ranks.csv?unit={OfTheStreet}&indicator={Indicator}&year=2022");
        Assert.Contains($"东岱村,{string.Join(',', months.Select(month => RankIn(month!, Dongdai)))}", await csv.TextAsync(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Are_chosen_by_indicator_below_the_table_of_all()
    {
        await using var reader = await site.OpenAsync($"/rankings?unit={Dongdai}&period=2022-12");
        await reader.Page.GetByLabel("位次变化").SelectOptionAsync("TRADE_CATERING_SALES");
        await Assertions.Expect(reader.Page.Locator("#rank-year")).ToHaveTextAsync("西林街道限额以上批零住餐销售额2022年各月位次");
        await reader.Page.GetByText("各月位次表").ClickAsync();
        await Assertions.Expect(reader.Page.Locator("tr[data-ranks][aria-current=true]")).ToHaveAttributeAsync("data-ranks", Dongdai);
        var download = await reader.Page.RunAndWaitForDownloadAsync(() => reader.Page.GetByText("存为图片").ClickAsync());
        var (width, height) = Png.SizeOf(await File.ReadAllBytesAsync((await download.PathAsync())!));
        Assert.StartsWith("西林街道各村（社区）排名", download.SuggestedFilename, StringComparison.Ordinal);
        Assert.InRange(width, 1500, 6000);
        Assert.InRange(height, 600, 2000);
    }

    private static string RankIn(JsonNode month, string unit) =>
        month["units"]!.AsArray().Single(place => (string)place!["unit"]! == unit)!["rank"]?.ToJsonString() ?? "–";
}
