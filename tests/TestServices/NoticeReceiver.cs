using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace XilinIngest.TestServices;

/// <summary>A receiver of webhooks over real HTTP. It keeps a notice once, by its Idempotency-Key, and answers as the test says.</summary>
internal sealed class NoticeReceiver : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly WebApplication _app;
    private readonly List<ReceivedNotice> _requests = [];
    private readonly List<ReceivedNotice> _kept = [];
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    private NoticeReceiver()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.MapPost("/notices", ReceiveAsync);
    }

    /// <summary>Answers a request; null: takes it. A status of success keeps the notice.</summary>
    internal Func<ReceivedNotice, HttpContext, Task<int>>? Answer { get; set; }

    internal Uri Url => new(new Uri(_app.Urls.Single()), "/notices");

    /// <summary>Every request, also those that were refused or came twice.</summary>
    internal IReadOnlyList<ReceivedNotice> Requests
    {
        get
        {
            lock (_lock)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>The notices, in the order in which each was taken first.</summary>
    internal IReadOnlyList<ReceivedNotice> Kept
    {
        get
        {
            lock (_lock)
            {
                return [.. _kept];
            }
        }
    }

    internal static async Task<NoticeReceiver> StartAsync()
    {
        var receiver = new NoticeReceiver();
        await receiver._app.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ReceiveAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var notice = new ReceivedNotice(
            context.Request.Headers["Idempotency-Key"].ToString(), context.Request.Headers["Xilin-Signature"].ToString(),
            context.Request.Headers.Authorization.ToString(), await reader.ReadToEndAsync());
        lock (_lock)
        {
            _requests.Add(notice);
        }

        var status = Answer is { } answer ? await answer(notice, context) : StatusCodes.Status204NoContent;
        if (status is >= 200 and < 300)
        {
            lock (_lock)
            {
                if (_ids.Add(notice.Id))
                {
                    _kept.Add(notice);
                }
            }
        }

        if (!context.Response.HasStarted)
        {
            context.Response.StatusCode = status;
        }
    }
}

/// <summary>A request of a webhook.</summary>
internal sealed record ReceivedNotice(string Id, string Signature, string Authorization, string Body)
{
    internal JsonNode Json => JsonNode.Parse(Body)!;
}
