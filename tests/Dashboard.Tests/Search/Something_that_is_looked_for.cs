using System.Text.RegularExpressions;

namespace XilinIngest.Dashboard.Tests.Search;

[Collection("site")]
public sealed class Something_that_is_looked_for(DashboardSite site)
{
    [Theory]
    [InlineData("固定资产", "FIXED_ASSET_INVESTMENT", "/indicator")]
    [InlineData("fixed_asset_inv", "FIXED_ASSET_INVESTMENT", "/indicator")]
    [InlineData("马家", "320404004202", "/")]
    [InlineData("320404004202", "320404004202", "/")]
    public async Task Is_found_by_a_part_of_its_name_or_code_and_leads_to_its_page(string text, string code, string page)
    {
        await using var reader = await site.OpenAsync("/?unit=320404004000&period=2022-12");
        await reader.Page.Keyboard.PressAsync("/");
        await Assertions.Expect(reader.Page).ToHaveURLAsync(new Regex("/search"));
        await reader.Page.GetByRole(AriaRole.Searchbox).FillAsync(text);
        var found = reader.Page.Locator(".found li", new() { HasText = code }).First;
        await Assertions.Expect(found).ToBeVisibleAsync();
        await found.Locator("a").ClickAsync();
        await Assertions.Expect(reader.Page).ToHaveURLAsync(new Regex($"{Regex.Escape(page)}\\?.*{code}"));
    }

    [Fact]
    public async Task Is_kept_in_the_address_and_only_text_on_the_page()
    {
        const string Script = "<img src=x onerror=alert(1)>";
        await using var reader = await site.OpenAsync($"/search?period=2022-12&q={Uri.EscapeDataString(Script)}", 360, 740);
        await Assertions.Expect(reader.Page.GetByRole(AriaRole.Searchbox)).ToHaveValueAsync(Script);
        await Assertions.Expect(reader.Page.Locator("p[role=status]")).ToHaveTextAsync("找到 0 个单位、0 项指标、0 个页面。");
        await reader.Page.GetByRole(AriaRole.Searchbox).FillAsync("村");
        await reader.Page.GetByRole(AriaRole.Searchbox).PressAsync("Enter");
        await Assertions.Expect(reader.Page).ToHaveURLAsync(new Regex("q=%E6%9D%91"));
        await Assertions.Expect(reader.Page.Locator(".found li").First).ToBeVisibleAsync();
        await reader.AssertAccessibleAsync();
    }
}
