using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;

namespace XilinIngest.Dashboard.Tests.Viewers;

/// <summary>
/// A page that is open, without a browser: its circuit is a real one, and what the service draws for it comes as it comes to a browser.
/// Two hundred browsers would not fit beside the service that is to be measured.
/// </summary>
internal sealed partial class CircuitClient : IAsyncDisposable
{
    private const int JSObjectReference = 1;
    private static readonly HttpClient Http = new();
    private readonly HubConnection _connection;
    private readonly Lock _lock = new();
    private byte[] _awaited = [];
    private TaskCompletionSource _seen = new();

    private CircuitClient(HubConnection connection) => _connection = connection;

    /// <summary>How many times something was drawn for it.</summary>
    public int Batches { get; private set; }

    /// <summary>Completes when the circuit has ended, as when something in it failed.</summary>
    public TaskCompletionSource<string> Ended { get; } = new();

    public static async Task<CircuitClient> OpenAsync(Uri page)
    {
        using var answer = await Http.GetAsync(page);
        var html = await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
        var operations = new JsonArray([.. Markers().Matches(html).Select((marker, i) => (JsonNode)new JsonObject
        {
            ["type"] = "add", ["ssrComponentId"] = i, ["marker"] = JsonNode.Parse(marker.Groups[1].Value),
        })]);
        Assert.True(operations.Count > 0, $"{page} has no interactive part.");
        var state = State().Match(html) is { Success: true } found ? found.Groups[1].Value : "";

        var builder = new HubConnectionBuilder().WithUrl(new Uri(page, "/_blazor"));
        builder.Services.AddSingleton<IHubProtocol, BlazorPackProtocol>();
        var connection = builder.Build();
        var viewer = new CircuitClient(connection);
        connection.On<long, byte[]>("JS.RenderBatch", viewer.DrawnAsync);
        connection.On<string>("JS.Error", words => viewer.Ended.TrySetResult(words));

        connection.On("JS.BeginInvokeJS", [typeof(long), typeof(string), typeof(string), typeof(int), typeof(long), typeof(int)],
            arguments => connection.SendAsync("EndInvokeJSFromDotNet", arguments[0], true,
                $"[{arguments[0]},true,{Result((string)arguments[1]!, (int)arguments[3]!)}]"));
        connection.Closed += exception =>
        {
            viewer.Ended.TrySetResult(exception?.Message ?? "closed");
            return Task.CompletedTask;
        };
        await connection.StartAsync();
        Assert.NotNull(await connection.InvokeAsync<string>("StartCircuit", new Uri(page, "/").ToString(), page.ToString(), "[]", ""));
        await connection.SendAsync("UpdateRootComponents", JsonSerializer.Serialize(new { batchId = 0, operations }), state);
        return viewer;
    }

    /// <summary>Completes when a text has been drawn that was not there before.</summary>
    public Task WaitForTextAsync(string text)
    {
        lock (_lock)
        {
            (_awaited, _seen) = (Encoding.UTF8.GetBytes(text), new(TaskCreationOptions.RunContinuationsAsynchronously));
            return _seen.Task;
        }
    }

    public async ValueTask DisposeAsync() => await _connection.DisposeAsync();

    // No script runs here: the page is told that what it asked for is done.
    private static string Result(string function, int kind) => kind == JSObjectReference ? "{\"__jsObjectId\":1}" : function switch
    {
        "window.hasOwnProperty" => "true",
        _ => "null",
    };

    private async Task DrawnAsync(long number, byte[] batch)
    {
        lock (_lock)
        {
            Batches++;
            if (_awaited.Length > 0 && batch.AsSpan().IndexOf(_awaited) >= 0)
            {
                _seen.TrySetResult();
            }
        }

        await _connection.SendAsync("OnRenderCompleted", number, (string?)null);
    }

    [GeneratedRegex("<!--Blazor:(\\{\"type\":\"server\".*?\\})-->")]
    private static partial Regex Markers();

    [GeneratedRegex("<!--Blazor-Server-Component-State:([^>]*)-->")]
    private static partial Regex State();
}
