using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;

namespace XilinIngest.Dashboard.Tests.Harness;

/// <summary>Someone in front of a page. Whatever the browser complains of is kept, and is a failure at the end.</summary>
public sealed class BrowserPage : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _browserErrors = [];
    private int _refused;

    internal BrowserPage(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.Console += (_, message) => AddBrowserError(message.Type is "error" or "warning", message.Text);
        page.PageError += (_, error) => AddBrowserError(true, error);
        page.Dialog += (_, dialog) => AddBrowserError(true, $"A dialog: {dialog.Message}");
    }

    public IPage Page { get; }

    /// <summary>Opens a page and waits until it is interactive; an embedded chart never is.</summary>
    internal async Task NavigateAsync(string path)
    {
        var answer = await Page.GotoAsync(path);

        // A page that says what is wrong with its address is a 400 or a 404, which the browser writes into its console as well.
        _refused += answer is { Status: 400 or 404 } ? 1 : 0;
        await Page.WaitForSelectorAsync("[data-interactive], body.embed", new() { State = WaitForSelectorState.Attached });
    }

    /// <summary>
    /// What axe finds against WCAG 2.2 AA; and that nothing is wider than the screen, and that the browser has complained of nothing.
    /// </summary>
    internal async Task AssertAccessibleAsync()
    {
        // All rules run; what passes is not described, element by element, which takes a third of the time and up to 900 KB a page.
        var found = await Page.RunAxe(
            new()
            {
                RunOnly = new() { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
                ResultTypes = [ResultType.Violations],
            });
        Assert.True(found.Violations.Length == 0,
            string.Join("\n",
                found.Violations.Select(
                    fault => $"{fault.Id}: {fault.Help}: {string.Join(" | ", fault.Nodes.Take(3).Select(node => node.Html))}")));
        var (wide, room) = (await Page.EvaluateAsync<int>("document.documentElement.scrollWidth"),
                await Page.EvaluateAsync<int>("document.documentElement.clientWidth"));
        Assert.True(wide <= room,
            $"The page is {wide} px wide on a screen "
            + $"of {room}: {await Page.EvaluateAsync<string>("[...document.querySelectorAll('body *')].filter(each => "
                + "each.getBoundingClientRect().right > innerWidth + 1 && !each.closest('.scroll')).slice(0, 3).map(each => "
                + "each.outerHTML.slice(0, 200)).join(' | ')")}");
        AssertNoBrowserErrors();
    }

    /// <summary>That the browser has complained of nothing, a script that was run among it.</summary>
    internal void AssertNoBrowserErrors() =>
        Assert.True(_browserErrors.Count == _browserErrors.Count(IsOfRefusal) && _browserErrors.Count <= _refused,
            string.Join("\n", _browserErrors));

    private static bool IsOfRefusal(string complaint) => complaint.EndsWith("a status of 400 (Bad Request)", StringComparison.Ordinal)
        || complaint.EndsWith("a status of 404 (Not Found)", StringComparison.Ordinal);

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();

    private void AddBrowserError(bool counts, string text)
    {
        if (counts)
        {
            _browserErrors.Add(text);
        }
    }
}
