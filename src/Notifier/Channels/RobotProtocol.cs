using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace XilinIngest.Notifier.Channels;

/// <summary>What a robot of a group chat takes, and what its answers mean: each service in its own way.</summary>
internal abstract record RobotProtocol(int MaxTextBytes, int PerMinute)
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>企业微信: no signature (the key is in the address), texts of 2,048 bytes, 20 messages a minute.</summary>
    public static RobotProtocol WeCom { get; } = new WeComProtocol();

    /// <summary>钉钉: the signature is in the address, 20 messages a minute.</summary>
    public static RobotProtocol DingTalk { get; } = new DingTalkProtocol();

    /// <summary>飞书: the signature is in the body, 100 messages a minute, bodies of 20 KB.</summary>
    public static RobotProtocol Feishu { get; } = new FeishuProtocol();

    /// <summary>The address and the body of a message.</summary>
    /// <param name="url">The robot's address.</param>
    /// <param name="secret">The key of the signature; null: the robot asks for none.</param>
    /// <param name="text">The text.</param>
    /// <param name="now">The time of the signature.</param>
    public abstract (Uri Url, string Body) Write(Uri url, string? secret, string text, DateTimeOffset now);

    /// <summary>What an answer with HTTP 200 means: the code in the body says whether the robot took the message.</summary>
    public DeliveryAnswer Read(string body)
    {
        int? code;
        try
        {
            code = JsonNode.Parse(body) is JsonObject answer && answer[CodeField] is JsonValue value && value.TryGetValue(out int found)
                ? found : null;
        }
        catch (JsonException)
        {
            code = null;
        }

        var said = HttpSending.Clean(body);
        return code switch
        {
            0 => new(DeliveryOutcome.Accepted, "taken"),
            null => new(DeliveryOutcome.Failed, $"an answer without a code: {said}"),
            { } known when RateCodes.Contains(known) => new(DeliveryOutcome.Failed, said, TimeSpan.FromMinutes(1)),
            -1 => new(DeliveryOutcome.Failed, said),
            _ => new(DeliveryOutcome.Refused, said),
        };
    }

    /// <summary>The field of an answer that holds its code.</summary>
    protected abstract string CodeField { get; }

    /// <summary>The codes that say that too many messages were sent.</summary>
    protected abstract IReadOnlyList<int> RateCodes { get; }

    private static string Sign(string key, string text) =>
        Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(text)));

    private static string TextMessage(string text) =>
        new JsonObject { ["msgtype"] = "text", ["text"] = new JsonObject { ["content"] = text } }.ToJsonString(Readable);

    private sealed record WeComProtocol() : RobotProtocol(MaxTextBytes: 2048, PerMinute: 20)
    {
        protected override string CodeField => "errcode";

        protected override IReadOnlyList<int> RateCodes => [45009];

        public override (Uri Url, string Body) Write(Uri url, string? secret, string text, DateTimeOffset now) => (url, TextMessage(text));
    }

    private sealed record DingTalkProtocol() : RobotProtocol(MaxTextBytes: 15_000, PerMinute: 20)
    {
        protected override string CodeField => "errcode";

        protected override IReadOnlyList<int> RateCodes => [130101, 410100];

        // The text that is signed is the time and the secret, and the secret is the key too.
        public override (Uri Url, string Body) Write(Uri url, string? secret, string text, DateTimeOffset now)
        {
            if (secret is null)
            {
                return (url, TextMessage(text));
            }

            var time = FormattableString.Invariant($"{now.ToUnixTimeMilliseconds()}");
            var sign = Uri.EscapeDataString(Sign(secret, $"{time}\n{secret}"));
            var joint = url.Query.Length > 0 ? '&' : '?';
            return (new Uri($"{url.AbsoluteUri}{joint}timestamp={time}&sign={sign}"), TextMessage(text));
        }
    }

    private sealed record FeishuProtocol() : RobotProtocol(MaxTextBytes: 15_000, PerMinute: 100)
    {
        protected override string CodeField => "code";

        protected override IReadOnlyList<int> RateCodes => [9499, 11232];

        // Time and secret are the key, and an empty text is signed.
        public override (Uri Url, string Body) Write(Uri url, string? secret, string text, DateTimeOffset now)
        {
            // The robot reads tags in a text: one in someone's note, such as <at user_id="all">, would call everyone.
            var plain = text.Replace('<', '＜');
            var body = new JsonObject { ["msg_type"] = "text", ["content"] = new JsonObject { ["text"] = plain } };
            if (secret is not null)
            {
                var time = FormattableString.Invariant($"{now.ToUnixTimeSeconds()}");
                (body["timestamp"], body["sign"]) = (time, Sign($"{time}\n{secret}", ""));
            }

            return (url, body.ToJsonString(Readable));
        }
    }
}
