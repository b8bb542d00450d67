using System.Text.RegularExpressions;

namespace XilinIngest.Dashboard.Tests.Map;

[Collection("site")]
public sealed class Units_on_a_map(DashboardSite site)
{
    private const string Of = "unit=320404004000&period=2022-12&indicator=FIXED_ASSET_INVESTMENT";

    [Fact]
    public async Task Are_tinted_by_their_ranks_and_listed_with_the_same_figures()
    {
        await using var reader = await site.OpenAsync($"/map?{Of}");
        var places = (await site.GetJsonAsync(
            "/api/rankings?parent=320404004000&indicator=FIXED_ASSET_INVESTMENT&period=2022-12"))["units"]!.AsArray();
        Assert.NotEmpty(places);
        foreach (var place in places)
        {
            var (unit, rank) = ((string)place!["unit"]!, (int?)place["rank"]);
            await Assertions.Expect(reader.Page.Locator($".map g[data-unit='{unit}']")).ToHaveClassAsync(
                new Regex(rank is null ? "quarter-0" : $"quarter-{((rank - 1) * 4 / places.Max(each => (int?)each!["rank"])) + 1}"));
            await Assertions.Expect(reader.Page.Locator($"tr[data-unit='{unit}'] td").First)
                .ToHaveTextAsync(rank is null ? "–" : $"{rank}");
        }

        // By the outlines of the sample, within the drawing.
        Assert.Equal(7, await reader.Page.Locator(".map path[d*='L']").CountAsync());
        Assert.True(await reader.Page.EvaluateAsync<bool>(
            """
            [...document.querySelectorAll('.map path')].every(each => {
                const [box, map] = [each.getBBox(), each.ownerSVGElement.viewBox.baseVal];
                return box.width > 20 && box.height > 20 && box.x >= 0 && box.y >= 0
                    && box.x + box.width <= map.width && box.y + box.height <= map.height;
            })
            """));
    }

    /// <summary>The district's streets have no outlines in the sample.</summary>
    [Fact]
    public async Task Are_tiles_where_there_are_no_outlines()
    {
        await using var reader = await site.OpenAsync($"/map?{Of.Replace("004000", "000000", StringComparison.Ordinal)}");
        await Assertions.Expect(reader.Page.Locator(".map path[d*='H']")).Not.ToHaveCountAsync(0);
        await Assertions.Expect(reader.Page.Locator("main")).ToContainTextAsync("排成方块");
    }
}
