using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace XilinIngest.Notifier.Tests.Channels;

/// <summary>
/// A receiver over real HTTP that holds the documented rules of the robots: signature, size, messages a minute. It refuses as they do: with
/// HTTP 200 and a code in the body.
/// </summary>
internal sealed class RobotReceiver : IAsyncDisposable
{
    internal const string Secret = "SEC-0123456789abcdef";
    private readonly WebApplication _app;
    private readonly Lock _lock = new();
    private readonly List<string> _texts = [];
    private readonly List<DateTimeOffset> _takenAt = [];
    private readonly Queue<DateTimeOffset> _times = [];
    private readonly TimeProvider _clock;
    private int _answered;

    private RobotReceiver(TimeProvider clock)
    {
        _clock = clock;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.MapPost("/cgi-bin/webhook/send", context => ReceiveAsync(context, WeCom));
        _app.MapPost("/robot/send", context => ReceiveAsync(context, DingTalk));
        _app.MapPost("/open-apis/bot/v2/hook/token", context => ReceiveAsync(context, Feishu));
    }

    /// <summary>The codes of the requests that were refused.</summary>
    internal List<int> Refused { get; } = [];

    /// <summary>How many requests came.</summary>
    internal int Answered => Volatile.Read(ref _answered);

    /// <summary>Whether it answers every request with 503.</summary>
    internal bool IsAway { get; set; }

    /// <summary>Which texts 企业微信 refuses for what they say; null: none.</summary>
    internal Func<string, bool>? Refuses { get; set; }

    /// <summary>When each of the texts was taken.</summary>
    internal IReadOnlyList<DateTimeOffset> TakenAt
    {
        get
        {
            lock (_lock)
            {
                return [.. _takenAt];
            }
        }
    }

    /// <summary>The texts that were taken.</summary>
    internal IReadOnlyList<string> Texts
    {
        get
        {
            lock (_lock)
            {
                return [.. _texts];
            }
        }
    }

    /// <param name="clock">By which it counts the messages of a minute; null: the system's.</param>
    internal static async Task<RobotReceiver> StartAsync(TimeProvider? clock = null)
    {
        var receiver = new RobotReceiver(clock ?? TimeProvider.System);
        await receiver._app.StartAsync();
        return receiver;
    }

    internal string UrlOf(string kind) => new Uri(new Uri(_app.Urls.Single()), kind switch
    {
        "wecom" => "/cgi-bin/webhook/send?key=693a91f6",
        "dingtalk" => "/robot/send?access_token=693a91f6",
        _ => "/open-apis/bot/v2/hook/token",
    }).ToString();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ReceiveAsync(HttpContext context, Func<HttpRequest, byte[], JsonNode, JsonObject> answer)
    {
        Interlocked.Increment(ref _answered);
        if (IsAway)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        using var buffer = new MemoryStream();
        await context.Request.Body.CopyToAsync(buffer);
        JsonObject said;
        lock (_lock)
        {
            said = answer(context.Request, buffer.ToArray(), JsonNode.Parse(buffer.ToArray())!);
        }

        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(said.ToJsonString());
    }

    private JsonObject WeCom(HttpRequest request, byte[] body, JsonNode json)
    {
        var text = (string)json["text"]!["content"]!;
        var code = request.Query["key"] != "693a91f6" ? 93000
            : (string?)json["msgtype"] != "text" ? 40008
            : Encoding.UTF8.GetByteCount(text) > 2048 ? 40058
            : Refuses?.Invoke(text) == true ? 40056
            : IsTooFast(20) ? 45009 : 0;
        return Keep(code, text, "errcode");
    }

    private JsonObject DingTalk(HttpRequest request, byte[] body, JsonNode json)
    {
        var (text, time) = ((string)json["text"]!["content"]!, (string?)request.Query["timestamp"] ?? "");
        var isSigned = request.Query["sign"] == Mac(Secret, $"{time}\n{Secret}")
            && DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(time, null)) is var at && IsRecent(at);
        var code = request.Query["access_token"] != "693a91f6" ? 300005
            : !isSigned ? 310000
            : body.Length > 20_000 ? 460101
            : IsTooFast(20) ? 130101 : 0;
        return Keep(code, text, "errcode");
    }

    private JsonObject Feishu(HttpRequest request, byte[] body, JsonNode json)
    {
        var (text, time) = ((string)json["content"]!["text"]!, (string?)json["timestamp"] ?? "");
        var isSigned = (string?)json["sign"] == Mac($"{time}\n{Secret}", "")
            && IsRecent(DateTimeOffset.FromUnixTimeSeconds(long.Parse(time, null)));
        var code = !isSigned ? 19021
            : body.Length > 20 * 1024 ? 9499
            : IsTooFast(100) ? 11232 : 0;
        return Keep(code, text, "code");
    }

    private JsonObject Keep(int code, string text, string field)
    {
        if (code == 0)
        {
            _texts.Add(text);
            _takenAt.Add(_clock.GetUtcNow());
        }
        else
        {
            Refused.Add(code);
        }

        return new JsonObject { [field] = code, [field == "code" ? "msg" : "errmsg"] = code == 0 ? "ok" : "refused" };
    }

    private bool IsTooFast(int perMinute)
    {
        var now = _clock.GetUtcNow();
        while (_times.TryPeek(out var oldest) && now - oldest > TimeSpan.FromMinutes(1))
        {
            _times.Dequeue();
        }

        _times.Enqueue(now);
        return _times.Count > perMinute;
    }

    private bool IsRecent(DateTimeOffset time) => (_clock.GetUtcNow() - time).Duration() < TimeSpan.FromHours(1);

    private static string Mac(string key, string text) =>
        Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(text)));
}
