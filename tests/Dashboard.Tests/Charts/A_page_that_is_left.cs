namespace XilinIngest.Dashboard.Tests.Charts;

/// <summary>Someone is faster than the script that draws the charts.</summary>
[Collection("site")]
public sealed class A_page_that_is_left(DashboardSite site)
{
    [Fact]
    public async Task Before_its_charts_are_drawn_leaves_the_next_one_whole()
    {
        await using var reader = await site.OpenAsync("/submissions");
        var asked = new TaskCompletionSource();
        var released = new TaskCompletionSource();
        await reader.Page.RouteAsync("**/dashboard/chart.js", async route =>
        {
            asked.TrySetResult();
            await released.Task;
            await route.ContinueAsync();
        });

        await reader.Page.GetByRole(AriaRole.Link, new() { Name = "预警", Exact = true }).ClickAsync();
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await reader.Page.GetByRole(AriaRole.Link, new() { Name = "报送", Exact = true }).ClickAsync();
        await Assertions.Expect(reader.Page.Locator("h1")).ToContainTextAsync("报送");
        await Assertions.Expect(reader.Page.Locator(".chart")).ToHaveCountAsync(0);
        released.SetResult();

        // The page after it is still alive, and shows its charts.
        await reader.Page.GetByRole(AriaRole.Link, new() { Name = "总览", Exact = true }).ClickAsync();
        await Assertions.Expect(reader.Page.Locator(".chart svg").First).ToBeVisibleAsync();
        reader.AssertNoBrowserErrors();
    }
}
