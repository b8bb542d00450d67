using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace XilinIngest.Dashboard.Report;

/// <summary>A text of a section that was typed and not saved.</summary>
/// <param name="Text">The text.</param>
/// <param name="Version">The version that its editor had before them.</param>
/// <param name="Basis">The hash of the computed text that they had before them.</param>
public sealed record SectionDraft(string Text, int Version, string Basis)
{
    /// <summary>The draft that an edit of the present text begins with.</summary>
    public static SectionDraft Begin(ReportSection section) =>
        new(section.Newest?.Text ?? section.Shared, section.ShownVersion, HashOf(section.Shared));

    /// <summary>Whether the computed text is another one by now.</summary>
    public bool IsOutdated(ReportSection section) => Basis != HashOf(section.Shared);

    private static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}

/// <summary>Keeps the draft of one section in the reader's tab of the browser.</summary>
public sealed class SectionDraftStore(IJSRuntime js, string key) : IAsyncDisposable
{
    private IJSObjectReference? _module;

    /// <summary>The draft that was left; null: there is none.</summary>
    public async Task<SectionDraft?> ReadAsync() => await (await ModuleAsync()).InvokeAsync<SectionDraft?>("read", key);

    /// <summary>Keeps what is typed into a field from now on.</summary>
    public async Task AttendAsync(ElementReference field, SectionDraft begun) =>
        await (await ModuleAsync()).InvokeVoidAsync("attend", field, key, begun.Version, begun.Basis);

    /// <summary>The reader leaves the page, and knows that the draft stays.</summary>
    public async Task LeaveAsync() => await (await ModuleAsync()).InvokeVoidAsync("leave", key);

    /// <summary>Removes the draft.</summary>
    public async Task ForgetAsync() => await (await ModuleAsync()).InvokeVoidAsync("forget", key);

    public async ValueTask DisposeAsync()
    {
        try
        {
            await (_module?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
        catch (Exception closed) when (closed is JSDisconnectedException or OperationCanceledException)
        {
            // The page is closed.
        }
    }

    private async Task<IJSObjectReference> ModuleAsync() =>
        _module ??= await js.InvokeAsync<IJSObjectReference>("import", "/dashboard/draft.js");
}
