using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace XilinIngest.Dashboard.Tests.Enter;

/// <summary>
/// The pages as a process of their own; between them and the service is a line that takes the first submission there and loses its answer.
/// </summary>
[Collection("site")]
public sealed class An_answer_that_is_lost(DashboardSite site)
{
    private const string Of = "unit=320404004001&period=2022-12";

    [Fact]
    public async Task Is_asked_for_again_with_the_same_submission_which_counts_once()
    {
        await using var line = await ReplyDroppingProxy.StartAsync(site.Address);
        await using var pages = await DashboardProcess.StartPagesAsync(results: site.Address, intake: line.Address);
        await using var reader = await site.OpenAsync(new Uri(pages.Address, $"/enter?{Of}").ToString());
        var before = await RowsAsync();
        var visits = reader.Page.GetByRole(AriaRole.Textbox, new() { Name = "走访企业 家 本月", Exact = true });
        var stood = await visits.InputValueAsync();
        await visits.FillAsync(stood + "1");
        await Assertions.Expect(State(reader)).ToHaveAttributeAsync("data-state", "ready");
        await reader.Page.Locator(".ent-send").ClickAsync();
        await Assertions.Expect(reader.Page.Locator("[role=alert]", new() { HasText = "同一份不会计两次" })).ToBeVisibleAsync();
        Assert.Equal(before.Count + 1, (await RowsAsync()).Count);

        // The page is loaded anew: what was typed, and what was sent, are still there.
        await reader.NavigateAsync(new Uri(pages.Address, $"/enter?{Of}").ToString());
        await reader.Page.GetByRole(AriaRole.Button, new() { Name = "再次报送" }).ClickAsync();
        var receipt = reader.Page.Locator(".ent-receipt");
        await Assertions.Expect(receipt.Locator(".verdict")).ToHaveTextAsync("已接收");
        var after = await RowsAsync();
        Assert.Equal(before.Count + 1, after.Count);
        await Assertions.Expect(receipt).ToContainTextAsync($"#{after[0]!["sequence"]}");

        // Away altogether, it says so and keeps what was typed.
        await reader.Page.GetByRole(AriaRole.Button, new() { Name = "继续填报" }).ClickAsync();
        line.IsAway = true;
        await visits.FillAsync(stood);
        await Assertions.Expect(reader.Page.Locator("[role=alert]", new() { HasText = "核对不了" })).ToBeVisibleAsync();
        var held = new TaskCompletionSource();
        line.Held = held.Task;
        await reader.Page.Locator(".ent-send").ClickAsync();
        await Assertions.Expect(State(reader)).ToHaveAttributeAsync("data-state", "sending");
        held.SetResult();
        await Assertions.Expect(State(reader)).ToHaveAttributeAsync("data-state", "away");
        await Assertions.Expect(visits).ToHaveValueAsync(stood);
        line.IsAway = false;
        await reader.Page.Locator(".ent-send").ClickAsync();
        await Assertions.Expect(receipt.Locator(".verdict")).ToHaveTextAsync("已接收");
        Assert.Equal(before.Count + 2, (await RowsAsync()).Count);

        // What is typed after an answer was lost is another submission, also over a reload: the old one is not sent in its place.
        await reader.Page.GetByRole(AriaRole.Button, new() { Name = "继续填报" }).ClickAsync();
        line.LosesTheNext = true;
        await visits.FillAsync(stood + "2");
        await Assertions.Expect(State(reader)).ToHaveAttributeAsync("data-state", "ready");
        await reader.Page.Locator(".ent-send").ClickAsync();
        await Assertions.Expect(reader.Page.Locator("[role=alert]", new() { HasText = "同一份不会计两次" })).ToBeVisibleAsync();
        await visits.FillAsync(stood + "3");
        await reader.NavigateAsync(new Uri(pages.Address, $"/enter?{Of}").ToString());
        await Assertions.Expect(visits).ToHaveValueAsync(stood + "3");
        await Assertions.Expect(State(reader)).ToHaveAttributeAsync("data-state", "ready");
        await reader.Page.GetByRole(AriaRole.Button, new() { Name = "报送更正" }).ClickAsync();
        await Assertions.Expect(receipt.Locator(".verdict")).ToHaveTextAsync("已接收");
        await Assertions.Expect(receipt).ToContainTextAsync(stood + "3");
        Assert.Equal(before.Count + 4, (await RowsAsync()).Count);

        // As it was.
        await reader.Page.GetByRole(AriaRole.Button, new() { Name = "继续填报" }).ClickAsync();
        await visits.FillAsync(stood);
        await Assertions.Expect(State(reader)).ToHaveAttributeAsync("data-state", "ready");
        await reader.Page.Locator(".ent-send").ClickAsync();
        await Assertions.Expect(receipt.Locator(".verdict")).ToHaveTextAsync("已接收");
    }

    private static ILocator State(BrowserPage reader) => reader.Page.Locator(".ent-state");

    private async Task<JsonArray> RowsAsync() => (await site.GetJsonAsync($"/api/submissions?{Of}&limit=500")).AsArray();

    /// <summary>Passes on what it is asked.</summary>
    private sealed class ReplyDroppingProxy : IAsyncDisposable
    {
        private readonly HttpClient _service = new();
        private readonly WebApplication _app;

        private ReplyDroppingProxy(Uri to)
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Logging.ClearProviders();
            _app = builder.Build();
            _app.Run(context => PassOnAsync(context, to));
        }

        internal Uri Address => new(_app.Urls.Single());

        internal bool IsAway { get; set; }

        /// <summary>While it is away, it hangs up only when this is done.</summary>
        internal Task Held { get; set; } = Task.CompletedTask;

        internal bool LosesTheNext { get; set; } = true;

        internal static async Task<ReplyDroppingProxy> StartAsync(Uri to)
        {
            var line = new ReplyDroppingProxy(to);
            await line._app.StartAsync();
            return line;
        }

        public async ValueTask DisposeAsync()
        {
            await _app.DisposeAsync();
            _service.Dispose();
        }

        private async Task PassOnAsync(HttpContext context, Uri to)
        {
            if (IsAway)
            {
                await Held;
                context.Abort();
                return;
            }

            using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method),
                    new Uri(to, context.Request.Path + context.Request.QueryString));
            if (context.Request.ContentType is { } type)
            {
                request.Content = new StreamContent(context.Request.Body) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } };
            }

            using var answer = await _service.SendAsync(request, context.RequestAborted);
            if (LosesTheNext && request is { Method.Method: "POST", RequestUri.AbsolutePath: "/api/submissions" })
            {
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
                LosesTheNext = false;
                context.Abort();
                return;
            }

            context.Response.StatusCode = (int)answer.StatusCode;
            context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
            await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
        }
    }
}
