namespace XilinIngest.Dashboard.Tests.Shell;

/// <summary>Someone is faster than the script that draws the charts, or keeps what is typed.</summary>
[Collection("site")]
public sealed class A_page_that_is_left(DashboardSite site)
{
    [Theory]
    [InlineData("chart.js", "预警")]
    [InlineData("enter.js", "填报")]
    [InlineData("draft.js", "报告")]
    public async Task Before_its_script_has_come_leaves_the_next_one_whole(string script, string name)
    {
        await using var reader = await site.OpenAsync("/submissions");
        var asked = new TaskCompletionSource();
        var released = new TaskCompletionSource();
        await reader.Page.RouteAsync($"**/dashboard/{script}", async route =>
        {
            asked.TrySetResult();
            await released.Task;
            await route.ContinueAsync();
        });

        await reader.Page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true }).ClickAsync();
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await reader.Page.GetByRole(AriaRole.Link, new() { Name = "报送", Exact = true }).ClickAsync();
        await Assertions.Expect(reader.Page.Locator("h1")).ToContainTextAsync("报送");
        released.SetResult();

        // The page after it is still alive, and shows its charts.
        await reader.Page.GetByRole(AriaRole.Link, new() { Name = "预警", Exact = true }).ClickAsync();
        await Assertions.Expect(reader.Page.Locator(".chart svg").First).ToBeVisibleAsync();
        reader.AssertNoBrowserErrors();
    }
}
